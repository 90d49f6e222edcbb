import { type Kysely, sql } from 'kysely'

/** The directory (通讯录): departments, emergency services and others that a caller can be put through to. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table directory_entries (
      id          uuid primary key,
      name        text not null check (name ~ '\\S'),
      kind        text not null check (kind in ('department', 'emergency', 'other')),
      -- Exactly one of the three says where the call goes.
      number      text check (number ~ '^[0-9]{3,20}$'),
      queue_id    text references queues (id),
      line_number text references lines (number),
      duty_hours  text not null default '',
      active      boolean not null default true,
      version     integer not null default 1,
      check (num_nonnulls(number, queue_id, line_number) = 1),
      check (kind <> 'emergency' or number is not null)
    );
    create unique index on directory_entries (name);
  `.execute(db)
}
