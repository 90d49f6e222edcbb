import { type Kysely, type SqlBool, sql, type Transaction } from 'kysely'
import type { Database } from '#database/types.ts'
import type { AreaCode, StaffId, WorkOrderId } from '#kernel/ids.ts'
import { mayBeTied, type Veil, veilFor } from '../citizens/index.ts'
import type { LinkKind, PartsOf } from './rules.ts'
import type { RelatedOrder } from './schema.ts'

/** As many of a citizen's orders as a page beside an order shows. */
const MOST_OF_CITIZEN = 50

/** Those of a list of orders that show beside another. */
export function relatedOrders(db: Kysely<Database>) {
  return db
    .selectFrom('work_orders')
    .leftJoin('units', 'units.id', 'work_orders.lead_unit')
    .select([
      ...(['work_orders.id', 'number', 'status', 'priority', 'title', 'place', 'closing', 'grade'] as const),
      ...(['type_code', 'category_code', 'lead_unit', 'opened_at', 'due_at', 'merged_into'] as const),
      'units.name_zh',
    ])
}

type RelatedRow = Awaited<ReturnType<ReturnType<typeof relatedOrders>['execute']>>[number]

/** In the order given, as this person may read them. */
export async function presentRelated(
  db: Kysely<Database>,
  reader: StaffId,
  rows: readonly RelatedRow[],
): Promise<RelatedOrder[]> {
  const words = await veilFor(
    db,
    reader,
    rows.map(({ id }) => id),
  )
  return rows.map(row => present(row, words))
}

function present(row: RelatedRow, words: Veil): RelatedOrder {
  return {
    id: row.id,
    number: row.number,
    status: row.status,
    priority: row.priority,
    title: words(row.id, row.title),
    place: words(row.id, row.place),
    typeCode: row.type_code,
    categoryCode: row.category_code,
    leadUnit: row.lead_unit,
    leadUnitName: row.name_zh,
    openedAt: row.opened_at.toISOString(),
    dueAt: row.due_at?.toISOString() ?? null,
    closing: row.closing,
    grade: row.grade,
  }
}

/** The order itself, and whether the condition lets it be read; null when there is none. */
export async function readOrder(db: Kysely<Database>, id: WorkOrderId, readable: SqlCondition) {
  const row = await db
    .selectFrom('work_orders')
    .select(['id', 'number', 'status', 'title', 'text', 'area_code', 'longitude', 'latitude'])
    .select(['caller_number', 'citizen_id', 'merged_into', 'secret', 'opened_by', 'call_id'])
    .select(readable.as('readable'))
    .where('id', '=', id)
    .executeTakeFirst()
  return row ?? null
}

type SqlCondition = ReturnType<typeof sql<SqlBool>>
export type OrderRow = NonNullable<Awaited<ReturnType<typeof readOrder>>>

/**
 * The citizen's other orders: by the citizen's record, or before there is one by the number. Neither a protected order
 * beside others nor others beside a protected one, except for whoever knows the caller anyway.
 */
export async function ordersOfCitizen(
  db: Kysely<Database>,
  { id, citizen_id: citizen, caller_number: number }: OrderRow,
  reader: StaffId,
  readable: SqlCondition,
): Promise<RelatedOrder[]> {
  if (citizen === null && number === '') return []
  const same =
    citizen === null
      ? sql<SqlBool>`work_orders.caller_number = ${number}`
      : sql<SqlBool>`work_orders.citizen_id in (
          select one.id from citizens one, citizens asked where asked.id = ${citizen}
            and coalesce(one.merged_into, one.id) = coalesce(asked.merged_into, asked.id))`
  const rows = await relatedOrders(db)
    .where(same)
    .where('work_orders.id', '<>', id)
    .where(readable)
    .where(mayBeTied(reader, 'work_orders'))
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('work_orders as wo').select('wo.id').where('wo.id', '=', id).where(mayBeTied(reader)),
      ),
    )
    .orderBy('opened_at', 'desc')
    .limit(MOST_OF_CITIZEN)
    .execute()
  return await presentRelated(db, reader, rows)
}

/** The area and all in it: a code begins with that of the area around it. */
export async function areasWithin(db: Kysely<Database>, area: AreaCode | null): Promise<AreaCode[]> {
  if (area === null) return []
  const rows = await db
    .selectFrom('areas')
    .select('code')
    .where(sql<boolean>`starts_with(code, ${area})`)
    .execute()
  return rows.map(({ code }) => code)
}

export interface LinkRow {
  readonly other: WorkOrderId
  readonly link: 'parent' | LinkKind
}

export async function linksOf(db: Kysely<Database>, id: WorkOrderId): Promise<readonly LinkRow[]> {
  const rows = await db
    .selectFrom('order_links')
    .select(['order_id', 'other_id', 'kind'])
    .where(({ eb, or }) => or([eb('order_id', '=', id), eb('other_id', '=', id)]))
    .orderBy('linked_at')
    .execute()
  return rows.map(row =>
    row.order_id === id
      ? { other: row.other_id, link: row.kind }
      : { other: row.order_id, link: row.kind === 'part' ? 'parent' : row.kind },
  )
}

/** Both rows, always in the same order, so that two who tie them the other way round do not wait for each other. */
export async function lockBoth(trx: Transaction<Database>, ids: readonly WorkOrderId[]) {
  return await trx
    .selectFrom('work_orders')
    .select(['id', 'status'])
    .where('id', 'in', ids)
    .orderBy('id')
    .forUpdate()
    .execute()
}

export async function partsOf(db: Kysely<Database>, id: WorkOrderId): Promise<PartsOf> {
  const links = await linksOf(db, id)
  return {
    parent: links.find(({ link }) => link === 'parent')?.other ?? null,
    hasParts: links.some(({ link }) => link === 'part'),
  }
}

/** Two orders have one link at most, in whichever direction. @returns whether there was one */
export async function removeLink(
  trx: Transaction<Database>,
  one: WorkOrderId,
  other: WorkOrderId,
): Promise<boolean> {
  const gone = await trx
    .deleteFrom('order_links')
    .where('order_id', 'in', [one, other])
    .where('other_id', 'in', [one, other])
    .returning('kind')
    .execute()
  return gone.length > 0
}

export async function insertLink(
  trx: Transaction<Database>,
  id: WorkOrderId,
  other: WorkOrderId,
  kind: LinkKind,
  by: StaffId,
): Promise<void> {
  await trx.insertInto('order_links').values({ order_id: id, other_id: other, kind, linked_by: by }).execute()
}
