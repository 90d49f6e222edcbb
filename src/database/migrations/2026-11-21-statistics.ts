import { type Kysely, sql } from 'kysely'

/** Indexes for counting a period of calls and of seats' time. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create index on calls (queued_at);
    create index on seat_changes (at);
    -- What a seat did next, or last before an instant, is the first entry found, also of several at one instant.
    create index on seat_changes (seat, at, id);
    drop index seat_changes_seat_at_idx;
  `.execute(db)
}
