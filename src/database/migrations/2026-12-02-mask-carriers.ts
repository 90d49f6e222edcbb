import { type Kysely, sql } from 'kysely'

/** By whose numbers the city masks beside its own, and what was last said of how many are free. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table mask_carriers (
      provider   text primary key,
      -- The carrier of the settings, written at each start; none: the city masks with this PBX alone.
      active     boolean not null default true,
      low_at     integer not null check (low_at >= 0),
      -- So that each turn is told once.
      told_state text not null default 'ok' check (told_state in ('ok', 'low', 'dry'))
    );
    create unique index on mask_carriers (active) where active;
  `.execute(db)
}
