import { type Kysely, sql } from 'kysely'

/** What shift leads do to other people's seats (班长操作): who, to whom, when and why. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table supervision_acts (
      id            bigint generated always as identity primary key,
      at            timestamptz not null default now(),
      by_staff      uuid not null references staff (id),
      act           text not null check (act in ('ready', 'not-ready', 'sign-out', 'hang-up')),
      seat          text not null,
      subject_staff uuid not null references staff (id),
      -- The call on the seat at that moment. Its own row may not be written yet, so nothing is referenced.
      call_id       uuid,
      reason        text,
      note          text not null check (length(note) <= 200),
      -- Not null: the seat had moved on before the act could take effect, and this is why it was refused.
      refusal       text
    );
    create index on supervision_acts (seat, at desc);
    create index on supervision_acts (subject_staff, at desc);
  `.execute(db)
}
