import { type Kysely, sql } from 'kysely'

/** Each order is a part of one other at most; and the citizens of merged orders, who are told its answer. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create unique index order_links_parent on order_links (other_id) where kind = 'part';

    create table answers_owed (
      id         bigint generated always as identity primary key,
      -- The merged order, whose citizen waits.
      order_id   uuid not null references work_orders (id),
      -- The order whose end is the answer; not always the one that it was merged into, which may be merged itself.
      into_id    uuid not null references work_orders (id),
      citizen_id uuid references citizens (id),
      closing    text not null check (closing in ('solved', 'not-solved', 'answered', 'legal-route', 'unreachable')),
      closed_at  timestamptz not null,
      told_at    timestamptz,
      told_by    uuid references staff (id),
      note       text check (length(note) between 1 and 500),
      check ((told_at is null) = (told_by is null) and (told_at is null) = (note is null)),
      unique (order_id, into_id, closed_at)
    );
    -- The newest answer is what somebody is told.
    create unique index answers_owed_open on answers_owed (order_id) where told_at is null;
    create index on answers_owed (citizen_id, closed_at desc);
  `.execute(db)
}
