import { type Kysely, sql } from 'kysely'

/** Who asks the city for something, what was changed about them, and every look at one who asked for secrecy. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table citizens (
      id          uuid primary key,
      kind        text not null default 'person' check (kind in ('person', 'enterprise')),
      name        text not null default '' check (length(name) <= 60),
      address     text not null default '' check (length(address) <= 300),
      tags        text[] not null default '{}',
      -- As long as merged records make it; a form takes 2,000.
      remark      text not null default '',
      -- The record that this one turned out to be; never one that was merged itself.
      merged_into uuid references citizens (id) check (merged_into <> id),
      created_at  timestamptz not null default now(),
      version     integer not null default 1
    );
    create index on citizens (merged_into) where merged_into is not null;
    create index on citizens (name text_pattern_ops) where merged_into is null and name <> '';

    -- In one form, however the carrier sends it: see sameNumber in casework/citizens.
    create table citizen_numbers (
      number     text primary key,
      citizen_id uuid not null references citizens (id)
    );
    create index on citizen_numbers (citizen_id);

    create table citizen_changes (
      id         bigint generated always as identity primary key,
      citizen_id uuid not null references citizens (id),
      at         timestamptz not null default now(),
      by_staff   uuid not null references staff (id),
      change     text not null check (change in ('edited', 'merged')),
      -- As a screen shows it. A merge: the two records before, and what came of them.
      before     jsonb not null,
      after      jsonb not null
    );
    create index on citizen_changes (citizen_id, id desc);

    create table identity_looks (
      id       bigint generated always as identity primary key,
      order_id uuid not null references work_orders (id),
      staff_id uuid not null references staff (id),
      reason   text not null check (length(reason) between 4 and 500),
      at       timestamptz not null default now()
    );
    create index on identity_looks (order_id, id);
  `.execute(db)
}
