import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import pg from 'pg'
import { inject } from 'vitest'
import { openDatabase } from '#database/connection.ts'
import type { Database } from '#database/types.ts'

export interface TestDatabase {
  readonly url: string
  readonly db: Kysely<Database>
  close(): Promise<void>
}

/**
 * A fresh, migrated, empty database of the run's PostgreSQL.
 * @param template `template0`: not even migrated
 */
export async function freshDatabase(
  server = inject('postgresUrl'),
  template: 'template0' | 'template1' = 'template1',
): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await client.query(`create database ${name} template ${template}`)
  await client.end()
  const url = server.replace(/\/postgres\?/, `/${name}?`)
  return { url, ...openDatabase(url, () => {}) }
}
