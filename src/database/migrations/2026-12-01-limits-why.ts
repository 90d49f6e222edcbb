import { type Kysely, sql } from 'kysely'

/** Time limits are published with their reason, as the life table is. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table clock_limits add column why text not null default ''`.execute(db)
}
