import { type Kysely, sql } from 'kysely'

/** Callers who left the queue unanswered, to be called back (未接来电回访, 国办函〔2025〕66号). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table missed_calls (
      id            bigint generated always as identity primary key,
      caller_number text not null,
      line_number   text,
      first_at      timestamptz not null,
      last_at       timestamptz not null,
      times         integer not null default 1,
      last_call_id  uuid not null references calls (id),
      state         text not null default 'open' check (state in ('open', 'claimed', 'reached', 'given-up')),
      claimed_by    uuid references staff (id),
      claimed_at    timestamptz,
      closed_by     uuid references staff (id),
      closed_at     timestamptz,
      note          text not null default '' check (length(note) <= 500),
      check ((state = 'claimed') = (claimed_by is not null)),
      check ((state in ('reached', 'given-up')) = (closed_at is not null))
    );
    -- One entry a number while nobody has reached it, however often it called.
    create unique index missed_calls_waiting on missed_calls (caller_number) where state in ('open', 'claimed');
    create index on missed_calls (state, last_at desc, id desc);
  `.execute(db)
}
