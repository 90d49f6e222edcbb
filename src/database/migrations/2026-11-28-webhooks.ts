import { type Kysely, sql } from 'kysely'

/** Other systems of the city that are told of orders, what they are told, and how that went. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table webhooks (
      id         uuid primary key,
      url        text not null check (length(url) <= 500),
      -- Needed to sign, so kept as it is; shown once, when it is drawn.
      secret     text not null,
      -- Empty: of everything.
      events     text[] not null default '{}',
      active     boolean not null default true,
      note       text not null default '' check (length(note) <= 200),
      created_at timestamptz not null default now(),
      version    integer not null default 1
    );
    create table webhook_changes (
      id         bigint generated always as identity primary key,
      webhook_id uuid not null references webhooks (id),
      at         timestamptz not null default now(),
      by_staff   uuid not null references staff (id),
      -- As a screen shows it, without the secret.
      before     jsonb,
      after      jsonb not null
    );
    create index on webhook_changes (webhook_id, id desc);

    create table webhook_events (
      id   uuid primary key,
      type text not null,
      at   timestamptz not null default now(),
      -- The very bytes that are signed and sent, at every attempt.
      body text not null
    );
    create index on webhook_events (at);

    create table webhook_deliveries (
      event_id   uuid not null references webhook_events (id) on delete cascade,
      webhook_id uuid not null references webhooks (id),
      state      text not null default 'waiting' check (state in ('waiting', 'delivered', 'given-up')),
      attempts   integer not null default 0,
      -- When it is tried next, while it waits; else when that was settled.
      at         timestamptz not null default now(),
      -- What the other side answered last, and why that was no success.
      status     integer,
      problem    text,
      primary key (event_id, webhook_id)
    );
    create index on webhook_deliveries (webhook_id, at desc);
    create index on webhook_deliveries (at) where state = 'waiting';
  `.execute(db)
}
