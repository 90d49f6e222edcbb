import { type Kysely, sql } from 'kysely'

/** What was attached to an order. Nothing is ever deleted; what should not be seen is withdrawn, with a reason. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table attachments (
      id               uuid primary key,
      order_id         uuid not null references work_orders (id),
      -- The file as it was sent, and without the place where it was taken; the same where it had none.
      sha256           text not null check (sha256 ~ '^[0-9a-f]{64}$'),
      placeless_sha256 text not null check (placeless_sha256 ~ '^[0-9a-f]{64}$'),
      bytes            integer not null check (bytes > 0),
      type             text not null,
      name             text not null check (length(name) between 1 and 120),
      added_by         uuid not null references staff (id),
      added_at         timestamptz not null default now(),
      withdrawn_at     timestamptz,
      withdrawn_by     uuid references staff (id),
      withdrawn_reason text check (length(withdrawn_reason) between 1 and 300),
      check ((withdrawn_at is null) = (withdrawn_by is null) and (withdrawn_at is null) = (withdrawn_reason is null))
    );
    -- Sent twice, it is there once.
    create unique index on attachments (order_id, sha256) where withdrawn_at is null;
    create index on attachments (order_id, added_at);
  `.execute(db)
}
