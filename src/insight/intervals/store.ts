import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import { DAY_MS } from '#kernel/time.ts'
import {
  AGENT_COUNTS,
  type AgentQuestion,
  agentQuery,
  type CountedRow,
  type Place,
  QUEUE_COUNTS,
  type QuarterRow,
  type QueueQuestion,
  quarterQuery,
  queueQuery,
} from './queries.ts'
import { type AgentCount, type Counts, type Period, type QueueCount, STATISTICS, STEP_MS } from './rules.ts'

/** Rows of groups, by start and key, with their sum. */
export interface Counted<Name extends string> {
  readonly rows: readonly (Place & Counts<Name>)[]
  readonly total: Counts<Name>
}

/** @returns null when there are more than `STATISTICS.mostRows` */
export async function countQueues(
  db: Kysely<Database>,
  question: QueueQuestion,
): Promise<Counted<QueueCount> | null> {
  return await byDay(question.period, QUEUE_COUNTS, period => queueQuery({ ...question, period }).execute(db))
}

/**
 * @param now the end, so far, of the state that a seat is in
 * @returns null when there are more than `STATISTICS.mostRows`
 */
export async function countAgents(
  db: Kysely<Database>,
  question: AgentQuestion,
  now: Date,
): Promise<Counted<AgentCount> | null> {
  return await byDay(question.period, AGENT_COUNTS, period =>
    agentQuery({ ...question, period }, now).execute(db),
  )
}

/** All calls of at most a day. */
export async function countCalls(db: Kysely<Database>, period: Period): Promise<Counts<QueueCount>> {
  const { rows } = await queueQuery({ by: 'queue', period, stepMs: STATISTICS.answerRateMs }).execute(db)
  return split(rows).total
}

/** Offered and answered by the quarter hour, from 24 hours before the period on. */
export async function countQuarters(db: Kysely<Database>, { from, to }: Period): Promise<QuarterRow[]> {
  const before = new Date(from.getTime() - STATISTICS.answerRateMs)
  return (await quarterQuery({ from: before, to }, STEP_MS['15m']).execute(db)).rows
}

/**
 * One statement a day, however long the period: each keeps well within the time that a statement has, and
 * PostgreSQL serves others in between. No step crosses from one day to the next, since all begin on a step.
 */
async function byDay<Name extends string>(
  { from, to }: Period,
  names: readonly Name[],
  count: (day: Period) => Promise<{ readonly rows: readonly CountedRow<Name>[] }>,
): Promise<Counted<Name> | null> {
  const rows: (Place & Counts<Name>)[] = []
  let total: Counts<Name> | null = null
  for (let start = from; start < to; start = new Date(start.getTime() + DAY_MS)) {
    const end = new Date(Math.min(start.getTime() + DAY_MS, to.getTime()))
    const day = split((await count({ from: start, to: end })).rows)
    rows.push(...day.rows)
    if (rows.length > STATISTICS.mostRows) return null
    total = total === null ? day.total : sum(names, total, day.total)
  }
  if (total === null) throw new Error('a period has a day')
  return { rows, total }
}

function split<Name extends string>(found: readonly CountedRow<Name>[]): Counted<Name> {
  const rows: (Place & Counts<Name>)[] = []
  let total: Counts<Name> | null = null
  for (const row of found) {
    if (row.start === null) total = row
    else rows.push(row)
  }
  if (total === null) throw new Error('a sum over no rows is a row too')
  return { rows, total }
}

function sum<Name extends string>(
  names: readonly Name[],
  left: Counts<Name>,
  right: Counts<Name>,
): Counts<Name> {
  const both: Record<Name, number> = { ...left }
  for (const name of names) both[name] += right[name]
  return both
}
