import { type Kysely, sql } from 'kysely'

/** What shift leads tell the desks (公告), and who has read it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table announcements (
      id               bigint generated always as identity primary key,
      at               timestamptz not null default now(),
      by_staff         uuid not null references staff (id),
      text             text not null check (length(text) between 1 and 500),
      -- To one queue's agents, to one seat, or, with neither, to all.
      queue_id         text references queues (id),
      seat             text,
      -- Null: until it is withdrawn.
      until            timestamptz,
      must_acknowledge boolean not null,
      withdrawn_at     timestamptz,
      withdrawn_by     uuid references staff (id),
      check (queue_id is null or seat is null)
    );
    create index on announcements (at desc, id desc);

    create table announcement_reads (
      announcement_id bigint not null references announcements (id),
      staff_id        uuid not null references staff (id),
      seat            text,
      at              timestamptz not null default now(),
      primary key (announcement_id, staff_id)
    );
  `.execute(db)
}
