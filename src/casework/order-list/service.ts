import { type Kysely, type Selectable, sql } from 'kysely'
import type { Database, WorkOrdersTable } from '#database/types.ts'
import type { UnitId, WorkOrderId } from '#kernel/ids.ts'
import { type Outcome, ok } from '#kernel/outcome.ts'
import { isProtected } from '../../cases/secrecy.ts'
import type { StaffActor } from '../../people/roles/index.ts'
import { type Veil, veilFor } from '../citizens/index.ts'
import { ordersReadBy } from '../life/index.ts'
import { conditionsOf, type OrderFilter } from './conditions.ts'
import { countMatching } from './counts.ts'
import { readCursor, type Sort, writeCursor } from './cursor.ts'
import { firstDue, newestOrders } from './find.ts'
import type { Range } from './index-terms.ts'
import type { OrderCount, OrderLine, OrderPage } from './schema.ts'

export interface Page {
  readonly sort: Sort
  /** The `next` of the page before. */
  readonly cursor?: string | undefined
  readonly limit: number
}

/** One page of the orders that somebody may see. Refused: a cursor that is none of this sort. */
export async function listOrders(
  db: Kysely<Database>,
  actor: StaffActor,
  filter: OrderFilter,
  { sort, cursor, limit }: Page,
): Promise<Outcome<OrderPage>> {
  const read = cursor === undefined ? ok(null) : readCursor(sort, cursor)
  if (!read.ok) return read
  const search = {
    conditions: conditionsOf(filter, actor),
    range: { ...daysOf(filter), after: read.value },
    // One more tells whether there is a next page.
    limit: limit + 1,
  }
  const found = await (sort === 'due' ? firstDue(db, search) : newestOrders(db, search))
  const lines = await readLines(db, actor, sort, found.slice(0, limit))
  const last = lines.at(-1)
  const next = found.length > limit && last !== undefined ? writeCursor(sort, last) : null
  return ok({ orders: lines.map(({ line }) => line), next })
}

/** How many orders a list has; exact up to 1,000. */
export function countOrders(
  db: Kysely<Database>,
  actor: StaffActor,
  filter: OrderFilter,
): Promise<OrderCount> {
  return countMatching(db, conditionsOf(filter, actor), { ...daysOf(filter), after: null })
}

export function daysOf({ openedFrom, openedTo }: OrderFilter): Omit<Range, 'after'> {
  return { from: openedFrom ?? null, to: openedTo ?? null }
}

/** A unit and all below it; itself alone when it is unknown. */
export async function unitAndBelow(db: Kysely<Database>, unit: UnitId): Promise<readonly UnitId[]> {
  const rows = await db
    .selectFrom('units')
    .select('id')
    .where(sql<boolean>`path @> array[${unit}]::text[]`)
    .execute()
  return rows.length === 0 ? [unit] : rows.map(row => row.id)
}

const COLUMNS = [
  ...(['id', 'number', 'status', 'type_code', 'category_code', 'area_code', 'priority', 'title'] as const),
  ...(['place', 'secret', 'caller_number', 'lead_unit', 'supervision', 'reworks', 'hot_topic'] as const),
  ...(['campaign', 'closing', 'grade', 'opened_at', 'due_at', 'closed_at', 'version'] as const),
] as const

/** The clock that is due first has nothing before it but that. */
const isSoon = sql<boolean>`exists (
  select from order_clocks as running
  where running.order_id = work_orders.id and running.stopped_at is null
    and running.due_at = work_orders.due_at and running.next_stage in ('due', 'red'))`.as('soon')

interface Line {
  readonly line: OrderLine
  readonly id: WorkOrderId
  readonly at: string
}

/** In the order of the list; asked once more who may see them, so that no way to find orders need be trusted with it. */
async function readLines(
  db: Kysely<Database>,
  actor: StaffActor,
  sort: Sort,
  found: readonly WorkOrderId[],
): Promise<readonly Line[]> {
  if (found.length === 0) return []
  const by = sort === 'due' ? 'due_at' : 'opened_at'
  const rows = await db
    .selectFrom('work_orders')
    .select([...COLUMNS, isSoon, sql<string>`${sql.ref(by)}::text`.as('at')])
    .where('id', 'in', found)
    .where(ordersReadBy(actor))
    .orderBy(by, sort === 'due' ? 'asc' : 'desc')
    .orderBy('id', sort === 'due' ? 'asc' : 'desc')
    .execute()
  const words = await veilFor(
    db,
    actor.staff,
    rows.map(({ id }) => id),
  )
  return rows.map(row => ({ id: row.id, at: row.at, line: present(row, words) }))
}

type LineRow = Pick<Selectable<WorkOrdersTable>, (typeof COLUMNS)[number]> & { readonly soon: boolean }

function present(row: LineRow, words: Veil): OrderLine {
  return {
    id: row.id,
    number: row.number,
    status: row.status,
    typeCode: row.type_code,
    categoryCode: row.category_code,
    areaCode: row.area_code,
    priority: row.priority,
    title: words(row.id, row.title),
    place: words(row.id, row.place),
    secret: row.secret,
    callerNumber: isProtected({ secret: row.secret, type: row.type_code }) ? null : row.caller_number,
    leadUnit: row.lead_unit,
    supervision: row.supervision,
    reworks: row.reworks,
    hotTopic: row.hot_topic,
    campaign: row.campaign,
    closing: row.closing,
    grade: row.grade,
    openedAt: row.opened_at.toISOString(),
    dueAt: row.due_at?.toISOString() ?? null,
    soon: row.soon,
    closedAt: row.closed_at?.toISOString() ?? null,
    version: row.version,
  }
}
