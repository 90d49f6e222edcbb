import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from '#database/types.ts'
import type { WorkOrderId } from '#kernel/ids.ts'
import type { Condition } from './conditions.ts'
import {
  dueAfter,
  every,
  inRange,
  newestByIndex,
  type OfUnits,
  ordersOf,
  otherTerms,
  periodsOf,
  type Question,
  type Range,
  termsOf,
  unitsOf,
  without,
} from './index-terms.ts'
import { openOrders } from './open-orders.ts'
import { firstDueOfUnits, newestOfUnits } from './unit-parts.ts'

/*
 * The newest orders that meet some conditions, out of millions, within a bounded number of rows looked at.
 *
 * 1. Walk: look at the newest `WALKED` orders one by one, or at the newest of some units. Whatever one order in thirty
 *    has (a common word, a type, a large area) fills a page here, and no index could be quicker.
 * 2. Ask the index: words and filters together are one question to `order_search_terms`, for one period after another
 *    until the page is full. A period's candidates are all looked at, which are few after a walk in vain.
 *
 * Conditions that leave few orders by themselves (a caller, what is overdue) go by their own B-trees; so does the order
 * by due instant, which only open orders have.
 */
const WALKED = 1_500
const WALKED_OF_UNITS = 300
const WALKED_DUE = 500

export interface Search {
  readonly conditions: readonly Condition[]
  readonly range: Range
  readonly limit: number
}

interface Found {
  readonly id: WorkOrderId
  /** Opened, in microseconds since 1970: what orders of the same millisecond are told apart by. */
  readonly at: number
}

/** @returns ids, newest first */
export async function newestOrders(db: Kysely<Database>, search: Search): Promise<readonly WorkOrderId[]> {
  const { conditions, range, limit } = search
  if (conditions.some(({ few }) => few === 'due')) {
    const open = await openOrders(db, conditions)
    return idsOf(await newest(db, sql`${open} and ${inRange(range, 'work_orders')}`, limit))
  }
  const terms = termsOf(conditions)
  if (terms === null || conditions.some(({ few }) => few === 'own')) return idsOf(await byRows(db, search))
  const ofUnits = unitsOf(conditions)
  const near = await (ofUnits === null ? walk(db, search) : walkOfUnits(db, search, ofUnits))
  if (near.length < limit) return idsOf(await ask(db, { conditions, range, terms }, limit))
  const others = ofUnits === null ? null : otherTerms(conditions, ofUnits)
  const last = near.at(-1)
  if (others === null || last === undefined) return idsOf(near)
  const since = { ...range, from: new Date(Math.floor(last.at / 1_000)) }
  const beside = await ask(db, { conditions, range: since, terms: others }, limit)
  return beside.length === 0 ? idsOf(near) : idsOf(merged(near, beside).slice(0, limit))
}

/** @returns ids, first due first: open orders alone have a due instant */
export async function firstDue(db: Kysely<Database>, search: Search): Promise<readonly WorkOrderId[]> {
  const { conditions, range, limit } = search
  const ofUnits = unitsOf(conditions)
  if (ofUnits !== null) {
    const all = conditions.length === 1 && range.from === null && range.to === null
    const parts = all ? firstDueOfUnits(ofUnits.units.ids, range.after, limit) : undefined
    return idsOf(await due(db, await openOrders(db, conditions, parts), range, limit))
  }
  if (conditions.some(({ words }) => words)) {
    const near = await due(db, sql`${walkedDue(range)} where ${every(conditions)}`, range, limit)
    if (near.length === limit) return idsOf(near)
  }
  return idsOf(await due(db, await openOrders(db, conditions), range, limit))
}

/** @param open as `openOrders` gives it */
function due(
  db: Kysely<Database>,
  open: RawBuilder<unknown>,
  { after, ...opened }: Range,
  limit: number,
): Promise<readonly Found[]> {
  return found(
    db,
    sql`select work_orders.id, work_orders.opened_at from ${open}
        and ${dueAfter(after, 'work_orders')} and ${inRange({ ...opened, after: null }, 'work_orders')}
        order by work_orders.due_at, work_orders.id limit ${sql.lit(limit)}`,
  )
}

function walkedDue({ after }: Range): RawBuilder<unknown> {
  return sql`(select * from work_orders where ${dueAfter(after, 'work_orders')}
              order by due_at, id limit ${sql.lit(WALKED_DUE)}) as work_orders`
}

/** PostgreSQL chooses: by the time, or by the B-tree of whatever leaves few. */
function byRows(db: Kysely<Database>, { conditions, range, limit }: Search): Promise<readonly Found[]> {
  return newest(db, sql`work_orders where ${inRange(range, 'work_orders')} and ${every(conditions)}`, limit)
}

/** Words are read where they stand, and the orders' own rows only of those that have them. */
function walk(db: Kysely<Database>, { conditions, range, limit }: Search): Promise<readonly Found[]> {
  const words = conditions.filter(condition => condition.words)
  if (words.length === 0) {
    const rows = sql`(select * from work_orders where ${inRange(range, 'work_orders')}
                      order by opened_at desc, id desc limit ${sql.lit(WALKED)}) as work_orders`
    return newest(db, sql`${rows} where ${every(conditions)}`, limit)
  }
  const others = conditions.filter(condition => !condition.words)
  return found(
    db,
    sql`select order_search.order_id as id, order_search.opened_at
        from (select * from order_search where ${inRange(range, 'order_search')}
              order by opened_at desc, order_id desc limit ${sql.lit(WALKED)}) as order_search
          ${others.length === 0 ? sql`` : ordersOf('order_search.order_id')}
        where ${sql.join(
          words.map(({ besides }) => besides),
          sql` and `,
        )} and ${every(others)}
        order by order_search.opened_at desc, order_search.order_id desc limit ${sql.lit(limit)}`,
  )
}

function walkOfUnits(db: Kysely<Database>, search: Search, ofUnits: OfUnits): Promise<readonly Found[]> {
  const { conditions, range, limit } = search
  const others = without(conditions, ofUnits)
  const looked = others.length === 0 ? limit : WALKED_OF_UNITS
  return newest(
    db,
    sql`(select * from (${newestOfUnits(ofUnits.units.ids, range, looked)}) as parts
         order by opened_at desc, order_id desc limit ${sql.lit(looked)}) as part
        ${ordersOf('part.order_id')} where ${every(others)}`,
    limit,
  )
}

async function ask(
  db: Kysely<Database>,
  question: Omit<Question, 'periods'>,
  limit: number,
): Promise<readonly Found[]> {
  const periods = await periodsOf(db, question.range)
  return await found(db, newestByIndex({ ...question, periods }, limit))
}

function newest(db: Kysely<Database>, orders: RawBuilder<unknown>, limit: number): Promise<readonly Found[]> {
  return found(
    db,
    sql`select work_orders.id, work_orders.opened_at from ${orders}
        order by work_orders.opened_at desc, work_orders.id desc limit ${sql.lit(limit)}`,
  )
}

/** @param query of `id` and `opened_at` */
async function found(db: Kysely<Database>, query: RawBuilder<unknown>): Promise<readonly Found[]> {
  const { rows } = await sql<Found>`
    select id, (extract(epoch from opened_at) * 1000000)::bigint as at from (${query}) as found`.execute(db)
  return rows
}

/** The newest first, each once. */
function merged(some: readonly Found[], others: readonly Found[]): readonly Found[] {
  const each = new Map([...some, ...others].map(found => [found.id, found]))
  return [...each.values()].toSorted((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))
}

function idsOf(found: readonly Found[]): readonly WorkOrderId[] {
  return found.map(({ id }) => id)
}
