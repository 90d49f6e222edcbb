import { type Kysely, sql } from 'kysely'
import type { Database } from '#database/types.ts'
import type { WorkOrderId } from '#kernel/ids.ts'
import type { OrderStatus, Priority } from '../../cases/life/order.ts'
import type { StaffActor } from '../../people/roles/index.ts'
import { ordersReadBy } from '../life/index.ts'
import type { Condition } from './conditions.ts'
import {
  allWeeks,
  duringWeeks,
  every,
  fromIndex,
  inRange,
  type Range,
  termsOf,
  weeksOf,
  within,
} from './index-terms.ts'
import type { OpenCounts, OrderCount } from './schema.ts'

/** Nobody reads further; beyond it a list says "10,000+". */
export const MOST_COUNTED = 10_000

/** Orders looked at for a guess at how common something is. */
const SAMPLE = 2_000
/** What is more common than this is counted by walking from the newest back, which then ends soon. */
const COMMON = 0.4
const WALKED = 40_000
/** The index is asked for one such part of the time after another, the newest first. */
const PARTS = 8

/** Exact up to `MOST_COUNTED`. */
export async function countMatching(
  db: Kysely<Database>,
  conditions: readonly Condition[],
  range: Range,
): Promise<OrderCount> {
  const terms = termsOf(conditions)
  if (terms === null || conditions.some(condition => condition.few))
    return counted(await countRows(db, conditions, range, null))
  if ((await countRows(db, conditions, range, SAMPLE)) > SAMPLE * COMMON) {
    const walked = await countRows(db, conditions, range, WALKED)
    if (walked > MOST_COUNTED) return counted(walked)
  }
  return counted(await countByIndex(db, conditions, range, terms))
}

/** Exact up to `most`, which is far beyond `MOST_COUNTED`: for whoever takes the whole list away. */
export async function countUpTo(
  db: Kysely<Database>,
  conditions: readonly Condition[],
  range: Range,
  most: number,
): Promise<number> {
  const { count, more } = await countMatching(db, conditions, range)
  return more ? await countRows(db, conditions, range, null, most) : count
}

function counted(count: number): OrderCount {
  return { count: Math.min(count, MOST_COUNTED), more: count > MOST_COUNTED }
}

/** @param newest look at so many rows only; null: at all */
async function countRows(
  db: Kysely<Database>,
  conditions: readonly Condition[],
  range: Range,
  newest: number | null,
  most = MOST_COUNTED,
): Promise<number> {
  const orders =
    newest === null
      ? sql`work_orders where ${inRange(range, 'work_orders')} and`
      : sql`(select * from work_orders where ${inRange(range, 'work_orders')}
             order by opened_at desc, id desc limit ${newest}) as work_orders where`
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count
    from (select from ${orders} ${every(conditions)} limit ${most + 1}) as found`.execute(db)
  return rows[0]?.count ?? 0
}

async function countByIndex(
  db: Kysely<Database>,
  conditions: readonly Condition[],
  range: Range,
  terms: string,
): Promise<number> {
  const all = await allWeeks(db)
  if (all === null) return 0
  const { from, to } = weeksOf(range, all)
  const step = Math.ceil((to - from + 1) / PARTS)
  let count = 0
  for (let end = to; end >= from && count <= MOST_COUNTED; end -= step) {
    const part = { from: Math.max(from, end - step + 1), to: end }
    const found = fromIndex(conditions, within(range, part), duringWeeks(terms, part))
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count
      from (select from ${found} limit ${MOST_COUNTED + 1 - count}) as found
    `.execute(db)
    count += rows[0]?.count ?? 0
  }
  return count
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

/** Orders that are not over, by status, priority and lead unit: read from the index of open orders. */
export async function countOpen(db: Kysely<Database>, actor: StaffActor, now: Date): Promise<OpenCounts> {
  const { rows } = await sql<OpenRow>`
    select status, priority, lead_unit, count(*)::int as orders,
           (count(*) filter (where due_at < ${now}))::int as overdue
    from work_orders
    where status in (${sql.join(OPEN.map(status => sql.lit(status)))}) and ${ordersReadBy(actor)}
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
