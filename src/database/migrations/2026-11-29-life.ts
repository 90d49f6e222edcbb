import { type Kysely, sql } from 'kysely'

/** Versions of the life table, and what people wrote when they acted. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table life_tables (
      version      integer primary key,
      body         jsonb not null,
      why          text not null default '',
      published_by uuid references staff (id),
      published_at timestamptz not null default now()
    );

    -- Beside the trail, which keeps the digest of each: a text can be anonymised one day without breaking the chain.
    create table order_texts (
      order_id uuid not null references work_orders (id),
      seq      integer not null,
      field    text not null,
      text     text not null check (length(text) between 1 and 8000),
      primary key (order_id, seq, field)
    );

    create table order_links (
      order_id   uuid not null references work_orders (id),
      other_id   uuid not null references work_orders (id),
      -- part: the other is a part of this one; repeat, near: they say the same, or stand near each other.
      kind       text not null check (kind in ('part', 'repeat', 'near')),
      linked_by  uuid not null references staff (id),
      linked_at  timestamptz not null default now(),
      primary key (order_id, other_id),
      check (order_id <> other_id)
    );
    create index on order_links (other_id);

    -- What was done under a key is not done again.
    create table idempotency_keys (
      staff_id uuid not null references staff (id),
      key      text not null,
      digest   bytea not null,
      at       timestamptz not null default now(),
      primary key (staff_id, key)
    );
    create index on idempotency_keys (at);

    create index on work_orders (merged_into) where merged_into is not null;
    create index on work_orders (closed_at, id) where status in ('closed', 'emergency', 'void');
  `.execute(db)
}
