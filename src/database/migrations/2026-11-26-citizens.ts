import { type Kysely, sql } from 'kysely'

/** Who asks the city for something, and every look at one who asked for secrecy. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table citizens (
      id         uuid primary key,
      kind       text not null default 'person' check (kind in ('person', 'enterprise')),
      name       text not null default '' check (length(name) <= 60),
      address    text not null default '' check (length(address) <= 300),
      tags       text[] not null default '{}',
      remark     text not null default '' check (length(remark) <= 2000),
      created_at timestamptz not null default now(),
      version    integer not null default 1
    );
    create table citizen_numbers (
      number     text primary key,
      citizen_id uuid not null references citizens (id)
    );
    create index on citizen_numbers (citizen_id);

    create table identity_looks (
      id       bigint generated always as identity primary key,
      order_id uuid not null references work_orders (id),
      staff_id uuid not null references staff (id),
      reason   text not null check (length(reason) between 1 and 500),
      at       timestamptz not null default now()
    );
    create index on identity_looks (order_id, id);
  `.execute(db)
}
