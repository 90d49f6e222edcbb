import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Database } from '#database/types.ts'
import type { Condition } from './conditions.ts'
import type { Position } from './cursor.ts'
import { allOf, anyOf, term, WEEK_MS, weekOf } from './terms.ts'

/** Part of the time in which orders were opened. */
export interface Range {
  readonly from: Date | null
  /** Not included. */
  readonly to: Date | null
  /** Where the page before ended: what is newer has been seen. */
  readonly after: Position | null
}

/** Orders of this part of the time. @param table one with `opened_at`; `id` names the order there */
export function inRange(
  { from, to, after }: Range,
  table: 'work_orders' | 'order_search',
): RawBuilder<SqlBool> {
  const opened = sql.ref(`${table}.opened_at`)
  const id = sql.ref(table === 'work_orders' ? 'work_orders.id' : 'order_search.order_id')
  const parts = [sql<SqlBool>`true`]
  if (from !== null) parts.push(sql`${opened} >= ${from}`)
  if (to !== null) parts.push(sql`${opened} < ${to}`)
  if (after !== null) parts.push(sql`(${opened}, ${id}) < (${after.at}::timestamptz, ${after.id}::uuid)`)
  return sql`${sql.join(parts, sql` and `)}`
}

/** @returns what the index is asked; null when it knows nothing of these conditions */
export function termsOf(conditions: readonly Condition[]): string | null {
  const terms = conditions.flatMap(condition => condition.terms ?? [])
  return terms.length === 0 ? null : allOf(terms)
}

/** Weeks counted from 1970, both included. */
export interface Weeks {
  readonly from: number
  readonly to: number
}

/** @returns the weeks from the first order to the last; null when there are none */
export async function allWeeks(db: Kysely<Database>): Promise<Weeks | null> {
  const { rows } = await sql<{ first: Date | null; last: Date | null }>`
    select min(opened_at) as first, max(opened_at) as last from work_orders`.execute(db)
  const { first = null, last = null } = rows[0] ?? {}
  return first === null || last === null ? null : { from: weekOf(first), to: weekOf(last) }
}

/** The weeks of a range, within those that there are; `from` is after `to` when none is left. */
export function weeksOf({ from, to, after }: Range, all: Weeks): Weeks {
  const ends = [to, after === null ? null : new Date(after.at)].flatMap(end =>
    end === null ? [] : weekOf(end),
  )
  return { from: Math.max(all.from, from === null ? all.from : weekOf(from)), to: Math.min(all.to, ...ends) }
}

/** Tags name weeks by 1, 4, 16 and 64; the last can be any number of them. */
const WEEKS_IN_TAG = [1, 4, 16, 64]
/** Each term more is looked at for each candidate: more than a few cost far more than some weeks too many. */
const MOST_TAGS = 4

/** @returns the same question, of these weeks and some beside them, which `within` leaves out */
export function duringWeeks(terms: string, { from, to }: Weeks): string {
  const blocks = WEEKS_IN_TAG.map(size => ({ first: Math.floor(from / size), last: Math.floor(to / size) }))
  const few = blocks.findIndex(({ first, last }) => last - first < MOST_TAGS)
  const level = few === -1 ? blocks.length - 1 : few
  const { first, last } = blocks[level] ?? { first: from, last: to }
  const tags = Array.from({ length: last - first + 1 }, (_, i) => term(`@w${level}.${first + i}`))
  return allOf([terms, anyOf(tags)])
}

/** The part of a range that lies in these weeks. */
export function within({ from, to, after }: Range, weeks: Weeks): Range {
  const start = new Date(weeks.from * WEEK_MS)
  const end = new Date((weeks.to + 1) * WEEK_MS)
  return {
    from: from === null || from < start ? start : from,
    to: to === null || to > end ? end : to,
    after,
  }
}

/** Orders of `order_search` that the index gives; `work_orders` is joined only where the index does not say it all. */
export function fromIndex(
  conditions: readonly Condition[],
  range: Range,
  terms: string,
): RawBuilder<unknown> {
  const found = sql`order_terms(order_search.body, order_search.tags) @@ ${terms}::tsquery
    and ${inRange(range, 'order_search')}`
  const besides = conditions.flatMap(condition => condition.besides ?? [])
  if (besides.length === conditions.length)
    return sql`order_search where ${found} and ${sql.join(besides, sql` and `)}`
  return sql`order_search join work_orders on work_orders.id = order_search.order_id
    where ${found} and ${every(conditions)}`
}

/** All of them, asked of the rows of `work_orders`. */
export function every(conditions: readonly Condition[]): RawBuilder<SqlBool> {
  const parts = conditions.map(condition => condition.holds)
  return parts.length === 0 ? sql<SqlBool>`true` : sql<SqlBool>`${sql.join(parts, sql` and `)}`
}
