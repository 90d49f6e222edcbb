import { type Kysely, sql } from 'kysely'

/** Short numbers (虚拟短号): pools, the bindings that hold them, and the calls that went by them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create extension if not exists btree_gist;

    alter table calls drop constraint calls_direction_check;
    alter table calls add constraint calls_direction_check
      check (direction in ('inbound', 'outbound', 'call-back', 'masked'));

    -- What bindings that are made by themselves go by: the settings, written at each start.
    create table mask_terms (
      only_one     boolean primary key default true check (only_one),
      grace_hours  integer not null default 72,
      most_days    integer not null default 90,
      calls_a_day  integer not null default 10,
      talk_minutes integer not null default 30,
      records      boolean not null default true
    );
    insert into mask_terms default values;

    create table number_pools (
      id           uuid primary key,
      name         text not null unique check (length(name) between 1 and 60),
      use          text not null check (use in ('secret', 'by-hand')),
      first_number text collate "C" not null check (first_number ~ '^[0-9]{4,15}$'),
      last_number  text collate "C" not null check (last_number ~ '^[0-9]{4,15}$'),
      rest_hours   integer not null check (rest_hours between 0 and 8760),
      low_at       integer not null check (low_at >= 0),
      active       boolean not null default true,
      -- What was last said of it, so that each turn is told once.
      told_state   text not null default 'ok' check (told_state in ('ok', 'low', 'dry')),
      version      integer not null default 1,
      check (length(first_number) = length(last_number) and first_number <= last_number)
    );

    create table short_numbers (
      number    text collate "C" primary key,
      pool_id   uuid not null references number_pools (id),
      -- From when on it may be given out: infinity while a binding without an end has it.
      free_from timestamptz not null default '-infinity'
    );
    create index on short_numbers (pool_id, free_from, number);
    create index on short_numbers (pool_id, number);

    create table bindings (
      id            uuid primary key,
      order_id      uuid not null references work_orders (id),
      unit_id       text not null references units (id),
      use           text not null check (use in ('secret', 'by-hand')),
      -- Null: it waits for one.
      short_number  text collate "C",
      pool_id       uuid references number_pools (id),
      direction     text not null check (direction in ('both', 'to-citizen', 'to-unit')),
      most_calls_a_day  integer not null check (most_calls_a_day >= 1),
      most_talk_minutes integer not null check (most_talk_minutes >= 1),
      records       boolean not null,
      -- Keyed with a secret that is not in here.
      pin_digest    bytea check (length(pin_digest) = 32),
      made_by       uuid references staff (id),
      valid_from    timestamptz not null,
      -- Null: as long as its order is open.
      valid_until   timestamptz,
      ended_at      timestamptz,
      end_reason    text check (end_reason in ('by-hand', 'unit-out', 'order-over')),
      -- Null while its end is not known; nobody else has its number before.
      rests_until   timestamptz,
      version       integer not null default 1,
      changed_at    timestamptz not null default clock_timestamp(),
      check (valid_until > valid_from and ended_at >= valid_from),
      check ((ended_at is null) = (end_reason is null)),
      check ((short_number is null) = (pool_id is null)),
      check (rests_until is null or (short_number is not null and rests_until >= least(valid_until, ended_at))),
      check ((rests_until is null) = (least(valid_until, ended_at) is null) or short_number is null),
      -- Nobody is ambiguous: one binding at a time has a number, and one at a time ties a unit to an order.
      constraint bindings_one_a_number exclude using gist
        (short_number with =, tstzrange(valid_from, rests_until) with &&),
      constraint bindings_one_a_unit exclude using gist
        (order_id with =, unit_id with =, tstzrange(valid_from, least(valid_until, ended_at)) with &&)
    );
    create index on bindings (order_id, valid_from desc);
    create index on bindings (changed_at);
    create index bindings_waiting on bindings (use, valid_from) where short_number is null and ended_at is null;

    -- A number is its binding's, and rests after it, as the binding's own row says.
    create function hold_short_number() returns trigger language plpgsql as $$
    begin
      update short_numbers set free_from = coalesce(new.rests_until, 'infinity') where number = new.short_number;
      return null;
    end $$;
    create trigger hold_number after insert on bindings
      for each row when (new.short_number is not null) execute function hold_short_number();
    create trigger hold_number_on after update on bindings
      for each row when (new.short_number is not null and (old.short_number is distinct from new.short_number
        or old.rests_until is distinct from new.rests_until)) execute function hold_short_number();

    create table binding_calls (
      call_id      uuid primary key references calls (id),
      binding_id   uuid not null references bindings (id),
      order_id     uuid not null references work_orders (id),
      -- Null: a stranger.
      from_side    text check (from_side in ('unit', 'citizen')),
      -- Who asked for it from a page.
      staff_id     uuid references staff (id),
      at           timestamptz not null,
      connected_at timestamptz,
      ended_at     timestamptz,
      talk_ms      integer,
      result       text not null check (result in ('running', 'talked', 'not-reached', 'gave-up', 'refused')),
      reason       text
    );
    create index on binding_calls (binding_id, at desc);
    create index on binding_calls (order_id, at);
    create index on binding_calls (at);
  `.execute(db)
}
