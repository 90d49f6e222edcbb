import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import type { StaffId } from '#kernel/ids.ts'
import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import { FIRST_TABLE } from '../../cases/life/first-table.ts'
import type { LifeTable } from '../../cases/life/table.ts'

export interface PublishedTable {
  readonly version: number
  readonly table: LifeTable
}

/** All versions ever published: an order goes on by the one that it began with. The first is the house's own. */
export async function readTables(db: Kysely<Database>): Promise<readonly PublishedTable[]> {
  const rows = await db.selectFrom('life_tables').select(['version', 'body']).orderBy('version').execute()
  return rows.length > 0
    ? rows.map(({ version, body }) => ({ version, table: body }))
    : [{ version: 1, table: FIRST_TABLE }]
}

/** Stores the house's own table where none is; two services that start at once agree. */
export async function ensureFirstTable(db: Kysely<Database>): Promise<void> {
  await db
    .insertInto('life_tables')
    .values({ version: 1, body: JSON.stringify(FIRST_TABLE), published_by: null })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

/** @param over the version that was edited; somebody may have published another meanwhile */
export async function publishTable(
  db: Kysely<Database>,
  by: StaffId,
  over: number,
  table: LifeTable,
  why: string,
): Promise<Outcome<PublishedTable>> {
  const version = over + 1
  const row = await db
    .insertInto('life_tables')
    .columns(['version', 'body', 'why', 'published_by'])
    .expression(
      db
        .selectFrom('life_tables')
        .select(({ fn, val, cast }) => [
          cast<number>(val(version), 'integer').as('version'),
          cast<string>(val(JSON.stringify(table)), 'jsonb').as('body'),
          val(why).as('why'),
          cast<StaffId>(val(by), 'uuid').as('by'),
        ])
        .having(({ fn }) => fn.max('version'), '=', over),
    )
    .onConflict(conflict => conflict.doNothing())
    .returning('version')
    .executeTakeFirst()
  return row === undefined ? refuse('changed-meanwhile') : ok({ version, table })
}
