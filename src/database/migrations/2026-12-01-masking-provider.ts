import { type Kysely, sql } from 'kysely'

/** Numbers of a carrier's that stand for two people's, what it is asked about them, and what it tells of the calls. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table carrier_bindings (
      -- The binding's id; the carrier has it as the subscription's outer id.
      key          uuid primary key,
      provider     text not null,
      state        text not null default 'binding'
                   check (state in ('binding', 'bound', 'ending', 'gone', 'failed')),
      -- Needed to ask again, so kept as they are; erased once that is over.
      citizen      text,
      unit         text,
      direction    text not null check (direction in ('both', 'to-citizen', 'to-unit')),
      records      boolean not null,
      valid_until  timestamptz not null,
      number       text,
      subs_id      text,
      -- What the carrier was told last.
      told_until   timestamptz,
      told_unit    text,
      -- An answer was lost: looked up before anything else is asked.
      unsure       boolean not null default false,
      attempts     integer not null default 0,
      -- When it is looked at next; null: never again.
      next_at      timestamptz,
      -- Somebody asks the carrier until then at the latest.
      taken_until  timestamptz,
      -- The last trouble, as a code.
      problem      text,
      created_at   timestamptz not null default now(),
      check ((state in ('gone', 'failed')) = (citizen is null and unit is null and told_unit is null)),
      check ((state in ('gone', 'failed')) = (next_at is null))
    );
    create index on carrier_bindings (next_at) where next_at is not null;
    create unique index on carrier_bindings (provider, subs_id) where subs_id is not null;

    create table carrier_numbers (
      number     text primary key,
      provider   text not null,
      -- No longer among those that the city has: gets no new binding.
      active     boolean not null default true,
      -- One binding at a time has the number alone …
      held_by    uuid unique references carrier_bindings (key),
      -- … and the next one not before it has rested.
      free_from  timestamptz not null default 'epoch',
      checked_at timestamptz not null default now()
    );
    create index on carrier_numbers (provider, free_from) where active and held_by is null;

    -- Each event once, however often it is delivered.
    create table carrier_events (
      provider    text not null,
      id          text not null,
      kind        text not null check (kind in ('begun', 'ringing', 'answered', 'ended', 'recording-ready')),
      -- Null: of no binding of ours.
      binding_key uuid references carrier_bindings (key),
      received_at timestamptz not null default now(),
      primary key (provider, id)
    );
    create index on carrier_events (received_at);

    -- What the events come to, in whatever order they came.
    create table carrier_calls (
      provider       text not null,
      call_id        text not null,
      binding_key    uuid not null references carrier_bindings (key),
      from_side      text check (from_side in ('unit', 'citizen')),
      begun_at       timestamptz,
      ringing_at     timestamptz,
      answered_at    timestamptz,
      ended_at       timestamptz,
      -- Q.850.
      cause          integer,
      recording_at   timestamptz,
      primary key (provider, call_id)
    );
    create index on carrier_calls (binding_key);
  `.execute(db)
}
