import { type Kysely, sql } from 'kysely'

/** Who is on duty when (排班), and what one shift tells the next (交接班日记). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table shifts (
      id       text primary key check (id ~ '^[a-z][a-z0-9-]{0,39}$'),
      name_zh  text not null,
      name_en  text not null,
      -- HH:MM on the city's clock; ends_at not after starts_at is on the next day.
      starts_at text not null check (starts_at ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
      ends_at   text not null check (ends_at ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
      version  integer not null default 1,
      check (starts_at <> ends_at)
    );

    -- An entry keeps the times it was planned with: a shift that is moved later on changes no attendance.
    create table roster_entries (
      id        bigint generated always as identity primary key,
      staff_id  uuid not null references staff (id),
      day       text not null check (day ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
      shift_id  text not null references shifts (id),
      duty      text not null check (duty in ('agent', 'shift-lead', 'chief')),
      starts_at timestamptz not null,
      ends_at   timestamptz not null,
      planned_by uuid references staff (id),
      planned_at timestamptz not null default now(),
      check (ends_at > starts_at)
    );
    create index on roster_entries (starts_at);
    create index on roster_entries (staff_id, starts_at);

    -- One carrier technician and one member of the hotline office a day. They have no account here.
    create table day_duties (
      day   text not null check (day ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
      duty  text not null check (duty in ('carrier', 'hotline-office')),
      name  text not null check (length(name) between 1 and 40),
      phone text not null default '' check (length(phone) <= 40),
      primary key (day, duty)
    );

    -- Coming and going, found without reading every call's changes.
    create index seat_changes_presence on seat_changes (at) where state = 'signed-out' or reason = 'signed-in';

    create table handovers (
      id        bigint generated always as identity primary key,
      day       text not null check (day ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
      shift_id  text not null references shifts (id),
      starts_at timestamptz not null,
      ends_at   timestamptz not null,
      -- Null until published: a draft shows the figures of the moment.
      figures   jsonb,
      cases     text not null default '' check (length(cases) <= 4000),
      changes   text not null default '' check (length(changes) <= 4000),
      equipment text not null default '' check (length(equipment) <= 4000),
      note      text not null default '' check (length(note) <= 4000),
      written_by   uuid not null references staff (id),
      created_at   timestamptz not null default now(),
      published_at timestamptz,
      version      integer not null default 1,
      unique (day, shift_id),
      check ((published_at is null) = (figures is null))
    );
    create index on handovers (starts_at desc, id desc);
    create index on handovers (published_at);

    -- What one shift leaves to the next, until somebody has seen to it.
    create table handover_matters (
      id          bigint generated always as identity primary key,
      handover_id bigint not null references handovers (id),
      text        text not null check (length(text) between 1 and 500),
      done_at     timestamptz,
      done_by     uuid references staff (id),
      check ((done_at is null) = (done_by is null))
    );
    create index on handover_matters (handover_id);
    create index handover_matters_open on handover_matters (id) where done_at is null;

    create table handover_addenda (
      id          bigint generated always as identity primary key,
      handover_id bigint not null references handovers (id),
      at          timestamptz not null default now(),
      by_staff    uuid not null references staff (id),
      text        text not null check (length(text) between 1 and 2000)
    );
    create index on handover_addenda (handover_id);

    create table handover_signatures (
      handover_id bigint not null references handovers (id),
      staff_id    uuid not null references staff (id),
      at          timestamptz not null default now(),
      primary key (handover_id, staff_id)
    );
  `.execute(db)
}
