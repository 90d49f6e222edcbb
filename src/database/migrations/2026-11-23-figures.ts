import { type Kysely, sql } from 'kysely'

/** Indexes for the seats' history and for what the timeline tells the statistics: holds and overflows are few. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create index on seat_changes (staff_id, at);
    create index call_notes_overflowed on call_notes (call_id)
      where kind = 'escalated' and detail->>'step' = 'overflow';
    create index call_notes_held on call_notes (call_id, position) where kind in ('held', 'unheld');
  `.execute(db)
}
