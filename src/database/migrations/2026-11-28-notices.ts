import { type Kysely, sql } from 'kysely'

/** What people are told about orders (通知): one person, or whoever handles orders for a unit. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table notices (
      id       bigint generated always as identity primary key,
      order_id uuid references work_orders (id),
      to_staff uuid references staff (id),
      to_unit  text references units (id),
      kind     text not null check (kind ~ '^[a-z][a-z-]{1,40}$'),
      detail   jsonb not null default '{}',
      -- Of the writing, not of the transaction's start: see what counts as settled.
      at       timestamptz not null default clock_timestamp(),
      check (num_nonnulls(to_staff, to_unit) = 1)
    );
    create index on notices (to_staff, id desc) where to_staff is not null;
    create index on notices (to_unit, id desc) where to_unit is not null;
    create index on notices (order_id);

    create table notice_reads (
      staff_id  uuid not null references staff (id),
      notice_id bigint not null references notices (id) on delete cascade,
      at        timestamptz not null default now(),
      primary key (staff_id, notice_id)
    );
    create index on notice_reads (notice_id);
  `.execute(db)
}
