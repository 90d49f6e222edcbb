import { type Kysely, sql } from 'kysely'

/** People, lines, seats, calls, screen-pops, recordings and the first shape of a work order. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table staff (
      id            uuid primary key,
      login         text not null unique,
      name          text not null,
      password_hash text not null,
      role          text not null check (role in ('agent', 'shift-lead', 'quality', 'admin')),
      agent_number  text unique check (agent_number ~ '^[0-9]{3,6}$'),
      active        boolean not null default true,
      created_at    timestamptz not null default now()
    );

    -- The cookie holds the token; only its hash is kept, so a copy of this table opens nothing.
    create table sessions (
      token_hash bytea primary key,
      staff_id   uuid not null references staff (id),
      created_at timestamptz not null default now(),
      expires_at timestamptz not null
    );
    create index on sessions (staff_id);

    create table sign_in_failures (
      login text not null,
      at    timestamptz not null default now()
    );
    create index on sign_in_failures (login, at);

    create table queues (
      id      text primary key,
      name_zh text not null,
      name_en text not null
    );

    create table lines (
      number     text primary key check (number ~ '^[0-9+*#]{2,20}$'),
      name       text not null,
      merge_mode text not null check (merge_mode in ('merged', 'parallel', 'sub-centre')),
      queue_id   text not null references queues (id),
      greets     boolean not null default true,
      active     boolean not null default true
    );

    create table seats (
      number text primary key check (number ~ '^[0-9]{4}$')
    );

    -- SIP digest needs the password or something as good as it, so it is kept readable, apart from all else.
    create table seat_credentials (
      seat     text not null references seats (number),
      phone    text not null check (phone in ('browser', 'sip')),
      username text not null unique,
      password text not null,
      primary key (seat, phone)
    );

    create table not_ready_reasons (
      code     text primary key,
      name_zh  text not null,
      name_en  text not null,
      position integer not null,
      -- False: only the system sets it (no answer, phone lost).
      choosable boolean not null default true
    );

    create table seat_changes (
      id     bigint generated always as identity primary key,
      seat   text not null,
      at     timestamptz not null,
      staff_id uuid,
      state  text not null,
      reason text,
      call_id uuid
    );
    create index on seat_changes (seat, at);

    create table calls (
      id            uuid primary key,
      leg           text not null,
      caller_number text not null,
      dialled       text not null,
      line_number   text,
      line_name     text,
      queue_id      text,
      arrived_at    timestamptz not null,
      queued_at     timestamptz,
      answered_at   timestamptz,
      bridged_at    timestamptz,
      ended_at      timestamptz,
      seat          text,
      staff_id      uuid references staff (id),
      offers        integer not null default 0,
      result        text check (result in ('completed', 'abandoned', 'caller-side', 'our-fault', 'carrier-fault')),
      reason        text,
      ended_by      text check (ended_by in ('caller', 'agent', 'system', 'carrier')),
      check ((ended_at is null) = (result is null))
    );
    create index on calls (caller_number, arrived_at desc);
    create index on calls (staff_id, arrived_at desc);
    create index on calls (arrived_at desc);

    create table call_notes (
      call_id  uuid not null references calls (id),
      position integer not null,
      at       timestamptz not null,
      kind     text not null,
      detail   jsonb not null default '{}',
      primary key (call_id, position)
    );

    -- Each row is shown to one seat; the id is the cursor a desk resumes from.
    create table screen_pops (
      id              bigint generated always as identity primary key,
      call_id         uuid not null,
      attempt         integer not null,
      seat            text not null,
      staff_id        uuid not null references staff (id),
      payload         jsonb not null,
      stored_at       timestamptz not null default now(),
      acknowledged_at timestamptz,
      unique (call_id, attempt)
    );
    create index on screen_pops (staff_id, id);

    create table order_types (
      code     text primary key,
      name_zh  text not null,
      name_en  text not null,
      position integer not null
    );

    create table categories (
      code        text primary key,
      parent_code text references categories (code),
      name_zh     text not null,
      position    integer not null
    );

    create sequence work_order_sequence maxvalue 999999 cycle;

    create table work_orders (
      id            uuid primary key,
      number        text not null unique,
      call_id       uuid unique references calls (id),
      status        text not null check (status in ('draft', 'registered')),
      caller_number text not null,
      line_number   text,
      type_code     text references order_types (code),
      category_code text references categories (code),
      title         text not null default '' check (length(title) <= 100),
      text          text not null default '' check (length(text) <= 8000),
      place         text not null default '' check (length(place) <= 300),
      secret        boolean not null default false,
      opened_by     uuid not null references staff (id),
      opened_at     timestamptz not null,
      saved_at      timestamptz,
      version       integer not null default 1
    );
    create index on work_orders (caller_number, opened_at desc);

    create table recordings (
      call_id       uuid primary key references calls (id),
      raw_name      text not null,
      state         text not null check (state in ('waiting', 'encoded', 'kept', 'missing')),
      file_name     text,
      sha256        text,
      bytes         bigint,
      duration_ms   integer,
      talk_ms       integer not null,
      -- The recording is shorter or longer than the talk by more than the allowance: a person must look.
      length_differs boolean not null default false,
      problem       text,
      updated_at    timestamptz not null default now()
    );
    create index on recordings (state);

    -- How far each journal has been written here: facts up to and including the sequence are in the tables.
    create table fact_positions (
      journal  uuid primary key,
      sequence bigint not null
    );

    -- Facts that the tables refused (a bug, a broken reference): kept for a person instead of blocking the rest.
    create table unwritten_facts (
      journal  uuid not null,
      sequence bigint not null,
      facts    text not null,
      problem  text not null,
      at       timestamptz not null default now(),
      primary key (journal, sequence)
    );
  `.execute(db)
}
