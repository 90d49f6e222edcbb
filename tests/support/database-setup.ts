import type { TestProject } from 'vitest/node'
import { openDatabase } from '#database/connection.ts'
import { migrate } from '#database/migrate.ts'
import { Postgres } from './postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A database of the run's PostgreSQL, to create others from; its tables are migrated in `template`. */
    postgresUrl: string
  }
}

/** One PostgreSQL for the whole run, with a migrated template that every test file copies. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await Postgres.start()
  await createTemplate(postgres)
  project.provide('postgresUrl', postgres.url('postgres'))
  return () => postgres.remove()
}

export async function createTemplate(postgres: Postgres): Promise<void> {
  const { db, close } = openDatabase(postgres.url('template1'), () => {})
  await migrate(db)
  await close()
}
