import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../../src/config.ts'

/** A PostgreSQL of one's own, or the instance's, which must be running. */
export function databaseUrl({ databaseUrl: own, databasePort, dataDir }: Config): string {
  if (own !== null) return own
  const password = readFileSync(join(dataDir, 'secrets', 'database-password'), 'utf8').trim()
  return `postgres://hotline:${password}@127.0.0.1:${databasePort}/hotline`
}
