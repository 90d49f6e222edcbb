import { type Kysely, sql } from 'kysely'

/** Who changed what the floor is run by, when, and from what to what. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table config_changes (
      id       bigint generated always as identity primary key,
      at       timestamptz not null default now(),
      by_staff uuid not null references staff (id),
      subject  text not null check (subject in ('queue', 'line', 'skill', 'staff-skills', 'blocked-number')),
      -- What it is known by: the queue's or the skill's id, the line's or the blocked number, the person's id.
      key      text not null,
      -- Null: it was added.
      before   jsonb,
      -- Null: it was removed.
      after    jsonb,
      check (before is not null or after is not null)
    );
    create index on config_changes (subject, key, id desc);
  `.execute(db)
}
