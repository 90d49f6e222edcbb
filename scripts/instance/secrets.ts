import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The secret kept under this name, drawn the first time: 192 bits, readable by its owner only. */
export function keptSecret(secretsFolder: string, name: string): string {
  const file = join(secretsFolder, name)
  if (!existsSync(file)) {
    writeFileSync(file, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' })
  }
  return readFileSync(file, 'utf8').trim()
}
