import { type Kysely, sql } from 'kysely'

/** Who took which list away as a file. The row is there before the first line of the file. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table exports (
      id       bigint generated always as identity primary key,
      at       timestamptz not null default now(),
      by_staff uuid not null references staff (id),
      list     text not null,
      format   text not null check (format in ('csv', 'xlsx')),
      -- Phone numbers in it are masked.
      filter   jsonb not null,
      columns  text[] not null,
      -- As far as it came.
      rows     integer not null default 0,
      complete boolean not null default false
    );
    create index on exports (by_staff, at desc);
  `.execute(db)
}
