import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const BYTES = 32

/** A key that is drawn once and kept in a file of the folder, readable by its owner only. */
export async function keptKey(folder: string, name: string): Promise<Buffer> {
  const path = join(folder, name)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const drawn = `${randomBytes(BYTES).toString('base64url')}\n`
  await writeFile(path, drawn, { mode: 0o600, flag: 'wx' }).catch(error => {
    if (error.code !== 'EEXIST') throw error
  })
  const key = Buffer.from((await readFile(path, 'utf8')).trim(), 'base64url')
  if (key.length !== BYTES) throw new Error(`${name} in the secrets folder is no key`)
  return key
}
