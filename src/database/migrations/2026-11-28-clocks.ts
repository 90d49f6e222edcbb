import { type Kysely, sql } from 'kysely'

/** The time limits of cases (时限), by version; the clocks that run on them; and what each of these has come to. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- A version is never changed: orders keep the one that they began with.
    create table clock_limits (
      version      integer primary key check (version > 0),
      limits       jsonb not null,
      -- null: what a city begins with.
      published_by uuid references staff (id),
      at           timestamptz not null default now()
    );

    -- A projection of the clocks in an order's life, for lists and for the sweep.
    create table order_clocks (
      order_id   uuid not null references work_orders (id),
      kind       text not null check (kind in ('dispatch', 'sign', 'contact', 'handle', 'call-back', 'rework')),
      -- null: the order's own.
      unit_id    text references units (id),
      started_at timestamptz not null,
      -- null: it is paused before it is due.
      due_at     timestamptz,
      stopped_at timestamptz,
      paused     boolean not null default false,
      -- The clock itself, as long as a stage of it may still come.
      clock      jsonb,
      next_stage text,
      next_at    timestamptz,
      unique nulls not distinct (order_id, kind, unit_id, started_at),
      check ((next_stage is null) = (next_at is null)),
      check (clock is not null or next_at is null)
    );
    create index order_clocks_next on order_clocks (next_at, order_id) where next_at is not null;
    create index order_clocks_running on order_clocks (order_id) where stopped_at is null;

    -- Each stage that was come to, once for each instant: an extension lets it come again, later.
    create table clock_marks (
      order_id   uuid not null references work_orders (id),
      kind       text not null,
      unit_id    text references units (id),
      started_at timestamptz not null,
      stage      text not null check (stage in ('half', 'most', 'yellow', 'due', 'red', 'escalate-1', 'escalate-2')),
      at         timestamptz not null,
      -- When the sweep came by.
      marked_at  timestamptz not null default now(),
      unique nulls not distinct (order_id, kind, unit_id, started_at, stage, at)
    );
    create index clock_marks_at on clock_marks (at, stage);

    -- What the clocks that run were last reckoned with: the city's calendar and working hours, as a digest.
    create table clock_reckoning (
      id     boolean primary key default true check (id),
      digest text not null
    );
    insert into clock_reckoning (digest) values ('');

    alter table config_changes
      drop constraint config_changes_subject_check,
      add constraint config_changes_subject_check check (subject ~ '^[a-z][a-z-]{1,40}$');
  `.execute(db)
  await sql`insert into clock_limits (version, limits) values (1, ${FIRST}::jsonb)`.execute(db)
}

const FIRST = `
{
  "hours": [{"from": "08:30", "to": "12:00"}, {"from": "14:30", "to": "17:30"}],
  "limits": {
    "dispatch": {
      "P1": {"unit": "wall", "ms": 120000},
      "P2": {"unit": "wall", "ms": 300000},
      "P3": {
        "CONSULT": {"unit": "wall", "ms": 600000},
        "COMPLAINT": {"unit": "wall", "ms": 600000},
        "REPORT": {"unit": "wall", "ms": 600000},
        "SUGGEST": {"unit": "wall", "ms": 1800000},
        "*": {"unit": "wall", "ms": 600000}
      }
    },
    "sign": {
      "P1": {"unit": "wall", "ms": 900000},
      "P2": {"unit": "wall", "ms": 1800000},
      "P3": {"*": {"unit": "wall", "ms": 1800000}}
    },
    "contact": {
      "P1": {"unit": "wall", "ms": 1800000},
      "P2": {"unit": "wall", "ms": 14400000},
      "P3": {
        "CONSULT": {"unit": "working-days", "days": 1},
        "COMPLAINT": {"unit": "working-days", "days": 2},
        "REPORT": {"unit": "working-days", "days": 2},
        "SUGGEST": {"unit": "working-days", "days": 3},
        "*": {"unit": "working-days", "days": 1}
      }
    },
    "handle": {
      "P1": {"unit": "wall", "ms": 86400000},
      "P2": {"unit": "working-days", "days": 3},
      "P3": {
        "CONSULT": {"unit": "working-days", "days": 1},
        "COMPLAINT": {"unit": "working-days", "days": 10},
        "REPORT": {"unit": "working-days", "days": 10},
        "SUGGEST": {"unit": "working-days", "days": 10},
        "*": {"unit": "working-days", "days": 5}
      }
    },
    "call-back": {
      "P1": {"unit": "wall", "ms": 86400000},
      "P2": {"unit": "working-days", "days": 1},
      "P3": {
        "CONSULT": {"unit": "working-days", "days": 1},
        "COMPLAINT": {"unit": "working-days", "days": 2},
        "REPORT": {"unit": "working-days", "days": 2},
        "SUGGEST": {"unit": "working-days", "days": 3},
        "*": {"unit": "working-days", "days": 2}
      }
    },
    "rework": {
      "P1": {"unit": "wall", "ms": 43200000},
      "P2": {"unit": "working-days", "days": 1},
      "P3": {
        "CONSULT": {"unit": "working-days", "days": 1},
        "COMPLAINT": {"unit": "working-days", "days": 5},
        "REPORT": {"unit": "working-days", "days": 5},
        "SUGGEST": null,
        "*": {"unit": "working-days", "days": 3}
      }
    }
  },
  "extensions": {
    "handle": {
      "P1": {"times": 1, "most": {"unit": "wall", "ms": 86400000}, "leaderFrom": null},
      "P2": {"times": 1, "most": {"unit": "working-days", "days": 3}, "leaderFrom": null},
      "P3": {
        "CONSULT": {"times": 1, "most": {"unit": "working-days", "days": 2}, "leaderFrom": null},
        "COMPLAINT": {"times": 2, "most": {"unit": "working-days", "days": 7}, "leaderFrom": 2},
        "REPORT": {"times": 2, "most": {"unit": "working-days", "days": 7}, "leaderFrom": 2},
        "SUGGEST": {"times": 1, "most": {"unit": "working-days", "days": 10}, "leaderFrom": null},
        "*": {"times": 1, "most": {"unit": "working-days", "days": 5}, "leaderFrom": null}
      }
    }
  },
  "dispatch": {"capMs": 1800000, "floorMs": 300000},
  "escalateSignAfterMs": [1800000,3600000]
}
`
