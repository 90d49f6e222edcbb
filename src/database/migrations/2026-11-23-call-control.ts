import { type Kysely, sql } from 'kysely'

/** Calls that we make, what comes after the talk, and queues that call back. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table calls
      add column direction text not null default 'inbound'
        check (direction in ('inbound', 'outbound', 'call-back')),
      add column call_back_of uuid references calls (id),
      add column missed_call bigint references missed_calls (id),
      -- A citizen who is to be called has no leg yet.
      alter column leg drop not null,
      -- How long the citizen was in a talk, on hold included; not a span, since one who is put through waits between.
      add column talk_ms integer check (talk_ms >= 0),
      drop constraint calls_ended_by_check,
      add constraint calls_ended_by_check
        check (ended_by in ('caller', 'agent', 'third-party', 'system', 'carrier'));

    update calls set talk_ms = greatest(0, extract(epoch from ended_at - bridged_at) * 1000)
    where bridged_at is not null and ended_at is not null;

    create index on calls (call_back_of) where call_back_of is not null;
    -- Who took part in a call: agents whom it was handed to, and those asked about it.
    create index on seat_changes (call_id, staff_id) where call_id is not null;

    create table call_ratings (
      call_id  uuid primary key references calls (id),
      grade    integer not null check (grade between 1 and 5),
      seat     text not null,
      staff_id uuid not null references staff (id),
      at       timestamptz not null
    );
    create index on call_ratings (staff_id, at);

    alter table queues
      drop constraint queues_strategy_check,
      add constraint queues_strategy_check check (strategy in
        ('longest-idle', 'least-recent', 'fewest-calls', 'rr-memory', 'linear', 'random', 'ring-all')),
      -- Position and expected wait are told this often; null: never.
      add column announce_every_ms integer check (announce_every_ms >= 5000),
      -- {first, tries, retryAfterMs, withinMs}; null: no call-back is offered.
      add column call_back jsonb,
      add column when_unstaffed text not null default 'wait' check (when_unstaffed in ('wait', 'turn-away'));
  `.execute(db)
}
