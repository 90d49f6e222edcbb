import { type Kysely, sql } from 'kysely'

/** The areas of the city, the units that handle orders, and who in a unit may be spoken to. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table areas (
      -- 460100 市, 460107 区, 460107001 街道, 460107001001 社区: a code begins with that of the area around it.
      code        text primary key check (code ~ '^[0-9]{6,15}$'),
      parent_code text references areas (code),
      name_zh     text not null,
      -- Other names that people use for it: roads, estates, landmarks.
      aliases     text[] not null default '{}'
    );

    create table units (
      id           text primary key check (id ~ '^[a-z0-9][a-z0-9-]{0,40}$'),
      parent_id    text references units (id),
      -- From the root to the unit itself, so that "this unit and all below it" is one comparison.
      path         text[] not null unique,
      name_zh      text not null check (length(name_zh) between 1 and 60),
      -- What people call it, for searching: 住建局, 物业.
      aliases      text[] not null default '{}',
      kind         text not null check (kind in ('city', 'district', 'street', 'community', 'bureau', 'office', 'utility', 'hub')),
      area_code    text references areas (code),
      -- Numbers that handlers call from and are called at.
      phones       text[] not null default '{}',
      -- Null: round the clock.
      duty_hours   jsonb,
      takes_orders boolean not null default true,
      closed_at    timestamptz,
      version      integer not null default 1
    );
    create index on units using gin (path);

    create table unit_contacts (
      id       uuid primary key,
      unit_id  text not null references units (id),
      duty     text not null check (duty in ('liaison', 'handler', 'leader', 'expert', 'mediator')),
      name     text not null,
      phone    text,
      staff_id uuid references staff (id),
      -- 专长, for experts and mediators.
      field    text,
      -- When this one is at hand; null: whenever the unit is.
      hours    jsonb,
      position integer not null default 0
    );
    create index on unit_contacts (unit_id, position);

    -- More subjects come with each room that keeps such a record; their names are the code's.
    alter table config_changes
      drop constraint config_changes_subject_check,
      add constraint config_changes_subject_check check (subject ~ '^[a-z][a-z-]{1,40}$');
  `.execute(db)
}
