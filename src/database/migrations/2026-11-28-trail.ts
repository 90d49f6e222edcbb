import { type Kysely, sql } from 'kysely'

/**
 * What was done to each order (留痕) and beside the orders (审计), in chains of hashes, and a daily anchor over the
 * chains' heads. Rows are added and never changed: what the triggers cannot keep a superuser from, the hashes show.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table order_trail (
      order_id    uuid not null references work_orders (id),
      seq         integer not null check (seq >= 1),
      at          timestamptz not null,
      -- The city's calendar day that the entry is anchored with; it never goes back within a chain.
      day         text collate "C" not null check (day ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
      actor_kind  text not null check (actor_kind in ('staff', 'service')),
      staff_id    uuid references staff (id),
      actor_name  text not null,
      act         text not null,
      from_status text,
      to_status   text,
      why         text not null,
      detail      jsonb not null,
      prev_hash   bytea check (length(prev_hash) = 32),
      hash        bytea not null check (length(hash) = 32),
      primary key (order_id, seq),
      check ((staff_id is not null) = (actor_kind = 'staff')),
      check ((prev_hash is null) = (seq = 1))
    );
    create index on order_trail (day, order_id, seq desc);

    create table audit_log (
      subject    text collate "C" not null check (subject in ('staff', 'roles', 'exports', 'identity')),
      seq        integer not null check (seq >= 1),
      at         timestamptz not null,
      day        text collate "C" not null check (day ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
      actor_kind text not null check (actor_kind in ('staff', 'service')),
      staff_id   uuid references staff (id),
      actor_name text not null,
      act        text not null,
      -- Whom or what it was done to: a login, a role, an order.
      key        text not null,
      why        text not null,
      detail     jsonb not null,
      prev_hash  bytea check (length(prev_hash) = 32),
      hash       bytea not null check (length(hash) = 32),
      primary key (subject, seq),
      check ((staff_id is not null) = (actor_kind = 'staff')),
      check ((prev_hash is null) = (seq = 1))
    );
    create index on audit_log (day, subject, seq desc);

    -- The last entry of each chain that grew on a day: what that day's anchor is a digest of.
    create table trail_heads (
      day   text collate "C" not null,
      book  text collate "C" not null check (book in ('audit', 'orders')),
      chain text collate "C" not null,
      seq   integer not null,
      hash  bytea not null,
      primary key (day, book, chain)
    );
    create index on trail_heads (book, chain, seq);

    create table trail_anchors (
      day         text collate "C" primary key,
      heads       integer not null,
      digest      bytea not null check (length(digest) = 32),
      prev_digest bytea,
      at          timestamptz not null
    );

    create function refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
    end $$;
    create trigger append_only before update or delete or truncate on order_trail
      for each statement execute function refuse_change();
    create trigger append_only before update or delete or truncate on audit_log
      for each statement execute function refuse_change();
    create trigger append_only before update or delete or truncate on trail_heads
      for each statement execute function refuse_change();
    create trigger append_only before update or delete or truncate on trail_anchors
      for each statement execute function refuse_change();
  `.execute(db)
}
