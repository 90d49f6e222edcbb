import { type Kysely, sql } from 'kysely'
import type { Database } from '#database/types.ts'
import type { StaffId } from '#kernel/ids.ts'
import { FIRST_TABLE } from '../../cases/life/first-table.ts'
import type { LifeTable } from '../../cases/life/table.ts'

export interface PublishedTable {
  readonly version: number
  readonly table: LifeTable
}

/** The table that orders begin with now; the house's own is stored when it is first asked for. */
export async function currentTable(db: Kysely<Database>): Promise<PublishedTable> {
  const row = await db
    .selectFrom('life_tables')
    .select(['version', 'body as table'])
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (row !== undefined) return row
  await db
    .insertInto('life_tables')
    .values({ version: 1, body: JSON.stringify(FIRST_TABLE), published_by: null })
    .onConflict(conflict => conflict.doNothing())
    .execute()
  return { version: 1, table: FIRST_TABLE }
}

/** @returns null when there is no such version */
export async function findTable(db: Kysely<Database>, version: number): Promise<LifeTable | null> {
  const row = await db
    .selectFrom('life_tables')
    .select('body')
    .where('version', '=', version)
    .executeTakeFirst()
  return row?.body ?? null
}

/** @throws when no order can have begun with it */
export async function tableOfVersion(db: Kysely<Database>, version: number): Promise<LifeTable> {
  const table = await findTable(db, version)
  if (table === null) throw new Error(`no version ${version} of the life table`)
  return table
}

/** @returns the new version, or null when the one that was edited is no longer the newest */
export async function publishTable(
  db: Kysely<Database>,
  by: StaffId,
  edited: number,
  table: LifeTable,
  why: string,
): Promise<number | null> {
  const { rows } = await sql<{ version: number }>`
    insert into life_tables (version, body, why, published_by)
    select max(version) + 1, ${JSON.stringify(table)}::jsonb, ${why}, ${by}
    from life_tables having max(version) = ${edited}
    on conflict do nothing
    returning version`.execute(db)
  return rows[0]?.version ?? null
}

export interface TablePublication {
  readonly version: number
  readonly why: string
  /** null: what a city begins with. */
  readonly publishedBy: string | null
  readonly at: Date
}

/** Every version, the newest first. */
export function tablePublications(db: Kysely<Database>): Promise<TablePublication[]> {
  return db
    .selectFrom('life_tables as t')
    .leftJoin('staff', 'staff.id', 't.published_by')
    .select(['t.version', 't.why', 'staff.name as publishedBy', 't.published_at as at'])
    .orderBy('t.version', 'desc')
    .execute()
}
