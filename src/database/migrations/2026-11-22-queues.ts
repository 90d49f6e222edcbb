import { type Kysely, sql } from 'kysely'

/** Queues, skills, opening hours and blocked numbers as data. What was there goes on as before. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table skills (
      id      text primary key check (id ~ '^[a-z][a-z0-9-]{0,39}$'),
      name_zh text not null,
      name_en text not null
    );

    create table staff_skills (
      staff_id uuid not null references staff (id),
      skill_id text not null references skills (id),
      level    integer not null check (level between 1 and 9),
      primary key (staff_id, skill_id)
    );

    alter table queues
      add column strategy text not null default 'longest-idle' check (strategy in
        ('longest-idle', 'least-recent', 'fewest-calls', 'rr-memory', 'linear', 'random')),
      -- [{skill, level}]: what an agent must have to be offered its callers.
      add column needs jsonb not null default '[]',
      add column priority integer not null default 0,
      add column ageing_per_minute integer not null default 1 check (ageing_per_minute >= 0),
      -- [{afterMs, do, …}], by afterMs ascending.
      add column steps jsonb not null default '[]',
      -- Null: no limit.
      add column most_waiting integer check (most_waiting >= 0),
      add column version integer not null default 1;

    alter table lines
      -- [{days, from, to}] on the city's clock; null: round the clock.
      add column hours jsonb,
      add column version integer not null default 1;

    create table blocked_numbers (
      id          uuid primary key,
      number      text not null unique,
      reason      text not null,
      created_by  uuid not null references staff (id),
      approved_by uuid not null references staff (id),
      created_at  timestamptz not null default now(),
      expires_at  timestamptz not null,
      check (created_by <> approved_by),
      check (expires_at > created_at)
    );
  `.execute(db)
}
