import { type Kysely, sql } from 'kysely'
import type { Database } from '#database/types.ts'
import type { WorkOrderId } from '#kernel/ids.ts'
import type { Condition } from './conditions.ts'
import {
  allWeeks,
  duringWeeks,
  every,
  fromIndex,
  inRange,
  type Range,
  termsOf,
  type Weeks,
  weeksOf,
  within,
} from './index-terms.ts'
import { WEEK_MS } from './terms.ts'

/*
 * The newest orders that meet some conditions, out of millions, within a bounded number of rows looked at.
 *
 * 1. Walk: look at the newest `WALKED` orders one by one. Whatever one order in thirty has (a common word, a type, a
 *    large area) fills a page here, and no index could be quicker.
 * 2. Ask the index: bigrams and filters together are one question to `order_search_terms`, which gives all that there
 *    is, in no order. What is rare is few: sort it, done. No more than `CANDIDATES` are taken. Where the walk has met
 *    some, the question is first about as many weeks as should hold a page of them: weeks are among the terms.
 * 3. There were more: the same question for the newest eighth of the weeks first, and so on within that. Each step looks at no more than `CANDIDATES` orders; a single week with more is walked.
 *
 * Conditions that leave few orders by themselves (a caller, what is overdue) go by their own B-trees; so does the order
 * by due instant, which only open orders have.
 */
const WALKED = 1_500
const CANDIDATES = 2_000
/** Of the weeks in question, this part is tried first. */
const NEWEST_PART = 8
/** So many times the orders that a page needs are asked for, when the walk has shown how common they are. */
const SPARE = 4

export interface Search {
  readonly conditions: readonly Condition[]
  readonly range: Range
  readonly limit: number
}

/** @returns ids, newest first */
export async function newestOrders(db: Kysely<Database>, search: Search): Promise<readonly WorkOrderId[]> {
  const terms = termsOf(search.conditions)
  if (terms === null || search.conditions.some(condition => condition.few)) return await byRows(db, search)
  const near = await walk(db, search)
  if (near.length === search.limit) return near
  const [all, walkedTo] = [await allWeeks(db), await endOfWalk(db, search.range)]
  if (all === null || walkedTo === null) return near
  const asked = { ...search, terms }
  const weeks = weeksOf(search.range, all)
  if (near.length === 0) {
    return await inWeeks(db, asked, weeks, weeks.from === all.from && weeks.to === all.to)
  }
  // As common as it was on the walk, so much time holds what is missing, with room to spare.
  const perWalk = (weeks.to + 1) * WEEK_MS - walkedTo.getTime()
  const enough = Math.ceil((perWalk / WEEK_MS) * (search.limit / near.length) * SPARE)
  return await inTwo(db, asked, weeks, Math.max(weeks.from - 1, weeks.to - enough))
}

/** @returns ids, first due first: open orders alone have a due instant, so that they can all be looked at */
export async function firstDue(
  db: Kysely<Database>,
  { conditions, range: { after, ...opened }, limit }: Search,
): Promise<readonly WorkOrderId[]> {
  const behind =
    after === null ? sql`` : sql`and (due_at, id) > (${after.at}::timestamptz, ${after.id}::uuid)`
  return await ids(
    db,
    sql`select id from work_orders
        where due_at is not null ${behind} and ${inRange({ ...opened, after: null }, 'work_orders')}
          and ${every(conditions)}
        order by due_at, id limit ${limit}`,
  )
}

/** PostgreSQL chooses: by the time, or by the B-tree of whatever leaves few. */
function byRows(db: Kysely<Database>, { conditions, range, limit }: Search): Promise<readonly WorkOrderId[]> {
  return ids(
    db,
    sql`select id from work_orders where ${inRange(range, 'work_orders')} and ${every(conditions)}
        order by opened_at desc, id desc limit ${limit}`,
  )
}

function walk(db: Kysely<Database>, { conditions, range, limit }: Search): Promise<readonly WorkOrderId[]> {
  return ids(
    db,
    sql`select id
        from (select * from work_orders where ${inRange(range, 'work_orders')}
              order by opened_at desc, id desc limit ${WALKED}) as work_orders
        where ${every(conditions)} order by opened_at desc, id desc limit ${limit}`,
  )
}

/** When the last order that the walk looks at was opened; null: it looks at all there are. */
async function endOfWalk(db: Kysely<Database>, range: Range): Promise<Date | null> {
  const { rows } = await sql<{ opened_at: Date }>`
    select opened_at from work_orders where ${inRange(range, 'work_orders')}
    order by opened_at desc, id desc offset ${WALKED} limit 1`.execute(db)
  return rows[0]?.opened_at ?? null
}

type IndexSearch = Search & { readonly terms: string }

/** @param whole these are all the weeks there are, which need not be named */
async function inWeeks(
  db: Kysely<Database>,
  search: IndexSearch,
  weeks: Weeks,
  whole = false,
): Promise<readonly WorkOrderId[]> {
  if (weeks.from > weeks.to) return []
  const part = whole
    ? search
    : { ...search, range: within(search.range, weeks), terms: duringWeeks(search.terms, weeks) }
  const asked = await ask(db, part)
  if (asked.complete) return asked.ids
  if (weeks.from === weeks.to) return await byRows(db, { ...search, range: within(search.range, weeks) })
  const split = weeks.to - Math.ceil((weeks.to - weeks.from) / NEWEST_PART)
  return await inTwo(db, search, weeks, split)
}

/** The weeks after `split`, and as far as a page is not full then, those up to it. */
async function inTwo(
  db: Kysely<Database>,
  search: IndexSearch,
  { from, to }: Weeks,
  split: number,
): Promise<readonly WorkOrderId[]> {
  const newer = await inWeeks(db, search, { from: split + 1, to })
  const missing = search.limit - newer.length
  if (missing === 0) return newer
  return [...newer, ...(await inWeeks(db, { ...search, limit: missing }, { from, to: split }))]
}

interface Asked {
  readonly ids: readonly WorkOrderId[]
  /** False: there are more candidates than were taken, and which is the newest is not known. */
  readonly complete: boolean
}

async function ask(db: Kysely<Database>, search: IndexSearch): Promise<Asked> {
  const { rows } = await sql<{ candidates: number; ids: WorkOrderId[] }>`
    with found as materialized (
      select order_id, order_search.opened_at
      from ${fromIndex(search.conditions, search.range, search.terms)} limit ${CANDIDATES}
    )
    select (select count(*)::int from found) as candidates,
           array(select order_id::text from found order by opened_at desc, order_id desc
                 limit ${search.limit}) as ids
  `.execute(db)
  const [{ candidates, ids: found } = { candidates: 0, ids: [] }] = rows
  return { ids: found, complete: candidates < CANDIDATES }
}

async function ids(
  db: Kysely<Database>,
  query: ReturnType<typeof sql<{ id: WorkOrderId }>>,
): Promise<readonly WorkOrderId[]> {
  const { rows } = await query.execute(db)
  return rows.map(row => row.id)
}
