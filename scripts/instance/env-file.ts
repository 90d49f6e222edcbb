import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { PROJECT } from './folders.ts'

/** Reads `.env` into the environment when there is one; what is set already wins. */
export function readEnvFile(): void {
  const file = join(PROJECT, '.env')
  if (existsSync(file)) process.loadEnvFile(file)
}
