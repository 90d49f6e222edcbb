import { readdir } from 'node:fs/promises'
import { type Kysely, type Migration, Migrator } from 'kysely'
import type { Database } from './types.ts'

const FOLDER = new URL('./migrations/', import.meta.url)

/**
 * Brings the tables up to date: every dated file that has not run yet, in order, all in one transaction.
 * Kysely holds an advisory lock meanwhile, so two starting services do not both try.
 * @returns the names of what ran now
 * @throws the first problem; the database is then as it was before
 */
export async function migrate(db: Kysely<Database>): Promise<readonly string[]> {
  const migrator = new Migrator({ db, provider: { getMigrations: readMigrations } })
  const { error, results = [] } = await migrator.migrateToLatest()
  if (error !== undefined) throw error
  return results.map(result => result.migrationName)
}

async function readMigrations(): Promise<Record<string, Migration>> {
  const names = (await readdir(FOLDER)).filter(name => /^\d{4}-\d\d-\d\d-.+\.ts$/.test(name)).sort()
  const found: Record<string, Migration> = {}
  for (const name of names) found[name.replace(/\.ts$/, '')] = await import(new URL(name, FOLDER).href)
  return found
}
