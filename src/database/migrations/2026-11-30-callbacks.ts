import { type Kysely, sql } from 'kysely'

/** The leader's day (值班领导): who comes when for which unit, and whom they call back. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table leader_days (
      id          uuid primary key,
      day         text collate "C" not null check (day ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
      unit_id     text not null references units (id),
      leader      text not null check (length(leader) between 1 and 40),
      -- Null: somebody without an account; an assistant writes for them.
      staff_id    uuid references staff (id),
      -- Call-backs to make.
      quota       integer not null default 30 check (quota between 1 and 200),
      prepared_at timestamptz,
      -- 签到 → 查阅交接班日记 → 审核工单; the call-backs follow.
      signed_in_at        timestamptz,
      read_handovers_at   timestamptz,
      reviewed_orders_at  timestamptz,
      version     integer not null default 1,
      unique (day, unit_id),
      check (read_handovers_at is null or signed_in_at is not null),
      check (reviewed_orders_at is null or read_handovers_at is not null)
    );

    create table leader_day_items (
      day_id   uuid not null references leader_days (id) on delete cascade,
      order_id uuid not null references work_orders (id),
      position integer not null check (position >= 1),
      -- Why it stands so high: supervised, overdue, reworked, repeated.
      reasons  text[] not null default '{}',
      -- Talks that did not come about.
      misses   integer not null default 0,
      -- reached: spoken with, but not rated yet.
      result   text check (result in ('missed', 'reached', 'rated')),
      grade    text check (grade in ('very-good', 'good', 'fair', 'bad', 'very-bad')),
      solved   boolean,
      done_at  timestamptz,
      done_by  uuid references staff (id),
      primary key (day_id, order_id),
      unique (day_id, position),
      check ((result is null) = (done_at is null) and (result is null) = (done_by is null)),
      check ((grade is not null) = (result is not distinct from 'rated') and (grade is null) = (solved is null))
    );
    create index on leader_day_items (order_id);

    create index work_orders_to_call_back on work_orders (due_at, id) where status = 'to-call-back';
  `.execute(db)
}
