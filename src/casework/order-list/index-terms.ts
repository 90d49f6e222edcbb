import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Database } from '#database/types.ts'
import type { Condition, UnitsPart } from './conditions.ts'
import type { Position } from './cursor.ts'
import { allOf, periodOf, type Terms } from './terms.ts'

/** Part of the time in which orders were opened. */
export interface Range {
  readonly from: Date | null
  /** Not included. */
  readonly to: Date | null
  /** Where the page before ended: what is newer has been seen. */
  readonly after: Position | null
}

export const ALL_TIME: Range = { from: null, to: null, after: null }

/** Orders of this part of the time. @param table one with `opened_at`, and `order_id` if it is not `work_orders` */
export function inRange(
  { from, to, after }: Range,
  table: 'work_orders' | 'order_search' | 'order_assignments',
): RawBuilder<SqlBool> {
  const opened = sql.ref(`${table}.opened_at`)
  const id = sql.ref(table === 'work_orders' ? 'work_orders.id' : `${table}.order_id`)
  const parts = [sql<SqlBool>`true`]
  if (from !== null) parts.push(sql`${opened} >= ${from}`)
  if (to !== null) parts.push(sql`${opened} < ${to}`)
  if (after !== null) parts.push(sql`(${opened}, ${id}) < (${after.at}::timestamptz, ${after.id}::uuid)`)
  return sql`${sql.join(parts, sql` and `)}`
}

/** Orders with a due instant, behind this position in the order of these. */
export function dueAfter(
  after: Position | null,
  table: 'work_orders' | 'order_assignments',
): RawBuilder<SqlBool> {
  const due = sql.ref(`${table}.due_at`)
  const id = sql.ref(table === 'work_orders' ? 'work_orders.id' : 'order_assignments.order_id')
  if (after === null) return sql<SqlBool>`${due} is not null`
  return sql<SqlBool>`(${due}, ${id}) > (${after.at}::timestamptz, ${after.id}::uuid)`
}

/** All of them, asked of the rows of `work_orders`. */
export function every(conditions: readonly Condition[]): RawBuilder<SqlBool> {
  const parts = conditions.map(condition => condition.holds)
  return parts.length === 0 ? sql<SqlBool>`true` : sql<SqlBool>`${sql.join(parts, sql` and `)}`
}

/** Some rows of `work_orders`, each looked up by its key: never, as it may seem cheaper, all of them read for a few. */
export function ordersOf(id: string): RawBuilder<unknown> {
  return sql`cross join lateral (
    select * from work_orders where work_orders.id = ${sql.ref(id)} offset 0) as work_orders`
}

/** @returns what the index is asked; null when it knows nothing of these conditions */
export function termsOf(conditions: readonly Condition[]): Terms | null {
  const terms = conditions.flatMap(condition => condition.terms ?? [])
  return terms.length === 0 ? null : allOf(terms)
}

/** A condition that the orders are of some units. */
export type OfUnits = Condition & { readonly units: UnitsPart }

/** Where two say so, the narrower: what is asked for, not what is read. */
export function unitsOf(conditions: readonly Condition[]): OfUnits | null {
  return conditions.findLast(isOfUnits) ?? null
}

function isOfUnits(condition: Condition): condition is OfUnits {
  return condition.units !== undefined
}

/** What is left to be asked of orders for which this holds. */
export function without(conditions: readonly Condition[], held: Condition): readonly Condition[] {
  return conditions.filter(condition => condition !== held)
}

/** What the index is asked for the orders that are not of the units; null: there are none. */
export function otherTerms(conditions: readonly Condition[], ofUnits: OfUnits): Terms | null {
  const { others } = ofUnits.units
  if (others === null) return null
  return allOf([others, ...without(conditions, ofUnits).flatMap(({ terms }) => terms ?? [])])
}

/** @returns the periods of a range in which there are orders, the newest first */
export async function periodsOf(
  db: Kysely<Database>,
  { from, to, after }: Range,
): Promise<readonly number[]> {
  const { rows } = await sql<{ first: Date | null; last: Date | null }>`
    select min(opened_at) as first, max(opened_at) as last from work_orders`.execute(db)
  const { first = null, last = null } = rows[0] ?? {}
  if (first === null || last === null) return []
  const ends = [last, to, after === null ? null : new Date(after.at)].flatMap(end => end ?? [])
  const newest = Math.min(...ends.map(periodOf))
  const oldest = periodOf(from === null || from < first ? first : from)
  return Array.from({ length: Math.max(newest - oldest + 1, 0) }, (_, i) => newest - i)
}

export interface Question {
  readonly conditions: readonly Condition[]
  readonly range: Range
  readonly terms: Terms
  /** Of `periodsOf`. */
  readonly periods: readonly number[]
}

/**
 * A query of the newest orders (`id`, `opened_at`) that the index gives. Each period is asked for by itself, and
 * no more of them than fill the limit: the order by `nth` is that in which they are asked.
 */
export function newestByIndex(question: Question, limit: number): RawBuilder<unknown> {
  return sql`
    select found.order_id as id, found.opened_at
    from ${asked(question)} cross join lateral (
      select order_search.order_id, order_search.opened_at ${inPeriod(question)}
      order by order_search.opened_at desc, order_search.order_id desc limit ${sql.lit(limit)}) as found
    order by asked.nth, found.opened_at desc, found.order_id desc limit ${sql.lit(limit)}`
}

/** A query of so many orders (`order_id`) that the index gives, whichever. @param limit null: all */
export function someByIndex(question: Question, limit: number | null): RawBuilder<unknown> {
  return sql`
    select found.order_id
    from ${asked(question)} cross join lateral (
      select order_search.order_id ${inPeriod(question)} limit ${sql.lit(limit)}) as found
    limit ${sql.lit(limit)}`
}

function asked({ terms, periods }: Question): RawBuilder<unknown> {
  return sql`unnest(${periods.map(terms)}::text[]) with ordinality as asked (query, nth)`
}

/**
 * `work_orders` is joined only where the index does not say it all. `offset 0`: first what the index finds, then the
 * rest, whatever PostgreSQL makes of the numbers: it knows them for no terms of one period.
 */
function inPeriod({ conditions, range }: Question): RawBuilder<unknown> {
  const besides = conditions.flatMap(condition => condition.besides ?? [])
  const complete = besides.length === conditions.length
  return sql`
    from (select * from order_search
          where order_terms(order_search.period, order_search.body, order_search.tags) @@ asked.query::tsquery
          offset 0) as order_search
      ${complete ? sql`` : ordersOf('order_search.order_id')}
    where ${inRange(range, 'order_search')} and ${complete ? sql.join(besides, sql` and `) : every(conditions)}`
}
