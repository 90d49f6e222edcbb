import { type Kysely, sql } from 'kysely'

/** Who was asked for a grade, and when, is on the timeline only. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index call_notes_rating_asked on call_notes (at) where kind = 'rating-asked'`.execute(db)
}
