import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from '#database/types.ts'
import type { WorkOrderId } from '#kernel/ids.ts'
import type { OrderStatus, Priority } from '../../cases/life/order.ts'
import type { StaffActor } from '../../people/roles/index.ts'
import { type Condition, conditionsOf } from './conditions.ts'
import {
  every,
  inRange,
  otherTerms,
  periodsOf,
  type Range,
  someByIndex,
  termsOf,
  unitsOf,
} from './index-terms.ts'
import { openOrders } from './open-orders.ts'
import type { OpenCounts, OrderCount } from './schema.ts'
import { newestOfUnits } from './unit-parts.ts'

/** Nobody reads further: beyond it a list says "1,000+", whose last digits would cost far more than they tell. */
export const MOST_COUNTED = 1_000

/** Exact up to `MOST_COUNTED`. */
export async function countMatching(
  db: Kysely<Database>,
  conditions: readonly Condition[],
  range: Range,
): Promise<OrderCount> {
  const count = await countUpTo(db, conditions, range, MOST_COUNTED)
  return { count: Math.min(count, MOST_COUNTED), more: count > MOST_COUNTED }
}

/** @returns at most one more than `most` */
export async function countUpTo(
  db: Kysely<Database>,
  conditions: readonly Condition[],
  range: Range,
  most: number,
): Promise<number> {
  const some = await matching(db, conditions, range, most + 1)
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (select from (${some}) as matching limit ${sql.lit(most + 1)}) as counted
  `.execute(db)
  return rows[0]?.count ?? 0
}

/** A query of so many orders that meet the conditions, or of all that do. */
async function matching(
  db: Kysely<Database>,
  conditions: readonly Condition[],
  range: Range,
  limit: number,
): Promise<RawBuilder<unknown>> {
  if (conditions.some(({ few }) => few === 'due'))
    return sql`select from ${await openOrders(db, conditions)} and ${inRange(range, 'work_orders')}`
  const terms = termsOf(conditions)
  if (terms === null || conditions.some(({ few }) => few === 'own'))
    return sql`select from work_orders where ${inRange(range, 'work_orders')} and ${every(conditions)}`
  const periods = await periodsOf(db, range)
  const ofUnits = unitsOf(conditions)
  if (ofUnits === null || conditions.length > 1)
    return someByIndex({ conditions, range, terms, periods }, limit)
  const own = sql`select order_id from (${newestOfUnits(ofUnits.units.ids, range, limit)}) as own`
  const others = otherTerms(conditions, ofUnits)
  return others === null
    ? own
    : sql`${own} union (${someByIndex({ conditions, range, terms: others, periods }, limit)})`
}

const OPEN: readonly OrderStatus[] = [
  'draft',
  'to-dispatch',
  'to-sign',
  'in-hand',
  'to-review',
  'to-call-back',
]

interface OpenRow {
  readonly status: OrderStatus
  readonly priority: Priority
  readonly lead_unit: string | null
  readonly orders: number
  readonly overdue: number
}

/** Orders that are not over, by status, priority and lead unit: whoever reads all has them from an index of open ones. */
export async function countOpen(db: Kysely<Database>, actor: StaffActor, now: Date): Promise<OpenCounts> {
  const open = await openOrders(db, conditionsOf({}, actor))
  const { rows } = await sql<OpenRow>`
    select status, priority, lead_unit, count(*)::int as orders,
           (count(*) filter (where due_at < ${now}))::int as overdue
    from ${open} and status in (${sql.join(OPEN.map(status => sql.lit(status)))})
    group by status, priority, lead_unit
  `.execute(db)
  return {
    total: sum(rows, row => row.orders),
    overdue: sum(rows, row => row.overdue),
    byStatus: sums(rows, row => row.status),
    byPriority: sums(rows, row => row.priority),
    byUnit: sums(rows, row => row.lead_unit),
  }
}

function sum(rows: readonly OpenRow[], figure: (row: OpenRow) => number): number {
  return rows.reduce((total, row) => total + figure(row), 0)
}

function sums(rows: readonly OpenRow[], key: (row: OpenRow) => string | null): Record<string, number> {
  const found: Record<string, number> = {}
  for (const row of rows) {
    const name = key(row)
    if (name !== null) found[name] = (found[name] ?? 0) + row.orders
  }
  return found
}

/**
 * Orders whose running clock is due by then, the first due first: what a sweep takes up next.
 * @param limit rows; a sweep asks again until it gets fewer
 */
export async function nextDue(
  db: Kysely<Database>,
  by: Date,
  limit: number,
): Promise<readonly { readonly id: WorkOrderId; readonly dueAt: Date }[]> {
  return await db
    .selectFrom('work_orders')
    .select(['id', sql<Date>`due_at`.as('dueAt')])
    .where('due_at', '<=', by)
    .orderBy('due_at')
    .orderBy('id')
    .limit(limit)
    .execute()
}
