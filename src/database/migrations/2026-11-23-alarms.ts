import { type Kysely, sql } from 'kysely'

/** Limits of the floor as data, and each alarm from raising to clearing (告警). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table alarm_limits (
      id          bigint generated always as identity primary key,
      kind        text not null,
      -- Null: all queues, all reasons that have no limit of their own.
      queue_id    text references queues (id),
      reason      text references not_ready_reasons (code),
      -- Milliseconds, a count, or percent, as the kind says; null: never at this level.
      notice      integer check (notice >= 0),
      warning     integer check (warning >= 0),
      serious     integer check (serious >= 0),
      -- Shares of fewer calls say nothing; null for what is no share.
      least_calls integer check (least_calls >= 0),
      active      boolean not null default true,
      -- All rows are saved together and have one version.
      version     integer not null default 1,
      unique nulls not distinct (kind, queue_id, reason)
    );

    insert into alarm_limits (kind, notice, warning, serious, least_calls) values
      ('caller-waits',         null,    60000,   180000,  null),
      ('longest-wait',         null,    120000,  300000,  null),
      ('callers-waiting',      null,    10,      30,      null),
      ('nobody-ready',         null,    60000,   180000,  null),
      ('service-level-15-min', 95,      90,      80,      20),
      ('service-level-30-min', 95,      90,      80,      20),
      ('service-level-today',  95,      90,      80,      20),
      ('answer-rate-24-h',     null,    95,      90,      20),
      ('long-talk',            null,    1200000, 2400000, null),
      ('long-hold',            null,    120000,  300000,  null),
      ('long-wrap-up',         null,    300000,  600000,  null),
      ('long-not-ready',       null,    1800000, 3600000, null),
      ('no-answers',           null,    2,       3,       null),
      ('not-offered',          null,    10000,   60000,   null);

    create table alarms (
      id              text primary key,
      kind            text not null,
      -- The highest it came to.
      level           text not null check (level in ('notice', 'warning', 'serious')),
      queue_id        text,
      seat            text,
      staff_id        uuid references staff (id),
      -- Its own row may not be written yet, so nothing is referenced.
      call_id         uuid,
      reason          text,
      -- When what it is about began; null for a count or a share.
      began_at        timestamptz,
      raised_at       timestamptz not null,
      cleared_at      timestamptz,
      threshold       integer not null,
      -- The worst value, in the kind's unit.
      peak            double precision not null,
      acknowledged_at timestamptz,
      acknowledged_by uuid references staff (id),
      note            text not null default '' check (length(note) <= 200)
    );
    create index on alarms (raised_at desc, id desc);
    create index on alarms (id) where cleared_at is null;
  `.execute(db)
}
