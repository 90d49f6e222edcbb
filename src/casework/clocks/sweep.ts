import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '#database/types.ts'
import type { UnitId, WorkOrderId } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'
import type { ClockKind } from '../../cases/clocks/clock.ts'
import type { ClockStage } from '../../cases/clocks/instants.ts'
import { reckoning } from './limits-store.ts'
import { digestOf, type Reckoning, stagesToCome } from './rules.ts'
import {
  addMark,
  clockKey,
  type DueOrder,
  dueClock,
  dueOrders,
  lockOrders,
  marksOf,
  ordersWithClocks,
  reckonAnew,
  setNext,
} from './store.ts'

/** A stage that a clock has come to. */
export interface StageReached {
  readonly order: WorkOrderId
  readonly kind: ClockKind
  readonly unit: UnitId | null
  readonly startedAt: Instant
  readonly stage: ClockStage
  /** When it came, however late it is told. */
  readonly at: Instant
  /** The clock was stopped since: there is nobody to urge any more. */
  readonly stopped: boolean
}

/**
 * Told of each stage once, in the transaction that marks it and with the order's row locked; it may act on that order.
 * What it throws undoes both, for the next sweep.
 */
export type OnStage = (trx: Transaction<Database>, reached: StageReached) => Promise<void>

/** Orders looked up at a time. */
const BATCH = 200
/** Worked out anew at a time: calls go through the same process, and wait for none of it longer than some milliseconds. */
const RECOMPUTED_AT_ONCE = 50
/** As many orders failing one after the other is no matter of the orders. */
const MOST_FAILURES = 10

/** What the schedule runs every minute: late, doubled or after an hour away, each stage is told once and in order. */
export async function keepClocks(db: Kysely<Database>, now: Instant, onStage: OnStage): Promise<void> {
  await recomputeWhenEdited(db)
  await sweepClocks(db, now, onStage)
}

/**
 * Marks every stage up to `now`, order by order, each in a transaction of its own.
 * @returns how many stages were marked
 * @throws AggregateError when orders failed; the others are done
 */
export async function sweepClocks(db: Kysely<Database>, now: Instant, onStage: OnStage): Promise<number> {
  const current = await reckoning(db)
  const failures: unknown[] = []
  let marked = 0
  let failedInARow = 0
  for (let page = await pageAfter(db, now, null); page.length > 0; page = await pageAfter(db, now, page)) {
    for (const order of new Set(page.map(one => one.order))) {
      try {
        marked += await db.transaction().execute(trx => sweepOrder(trx, order, now, current, onStage))
        failedInARow = 0
      } catch (error) {
        failures.push(error)
        failedInARow += 1
        if (failedInARow === MOST_FAILURES) throw new AggregateError(failures, 'the sweep of clocks gave up')
      }
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `the clocks of ${failures.length} orders failed`)
  return marked
}

function pageAfter(
  db: Kysely<Database>,
  now: Instant,
  page: readonly DueOrder[] | null,
): Promise<readonly DueOrder[]> {
  return dueOrders(db, now, page?.at(-1) ?? null, BATCH)
}

/** An order that somebody else holds now is left to them, or to the next sweep. */
async function sweepOrder(
  trx: Transaction<Database>,
  order: WorkOrderId,
  now: Instant,
  current: Reckoning,
  onStage: OnStage,
): Promise<number> {
  if ((await lockOrders(trx, [order], false)).length === 0) return 0
  let marked = 0
  // Looked up anew each time: what was told may have changed the order's clocks.
  for (let row = await dueClock(trx, order, now); row !== null; row = await dueClock(trx, order, now)) {
    const { clock } = row
    if (clock === null) throw new Error(`a clock of ${order} has a stage to come and is not there`)
    const marks = (await marksOf(trx, [order])).get(clockKey(order, clock)) ?? []
    const [stage, following] = stagesToCome(clock, current, marks)
    if (stage === undefined || stage.at > now) {
      await setNext(trx, row, stage ?? null)
      continue
    }
    await addMark(trx, row, stage)
    await setNext(trx, row, following ?? null)
    const { kind, unit, startedAt, stoppedAt } = clock
    await onStage(trx, { order, kind, unit, startedAt, ...stage, stopped: stoppedAt !== null })
    marked += 1
  }
  return marked
}

/** Works out anew, by pages, what all running clocks come to. May be run at any time, and twice at once. */
export async function recomputeClocks(db: Kysely<Database>): Promise<void> {
  const current = await reckoning(db)
  let page = await ordersWithClocks(db, null, RECOMPUTED_AT_ONCE)
  while (page.length > 0) {
    const done = await recompute(db, page, current, false)
    // Held by somebody while the page was done. One lock at a time cannot deadlock with whoever holds two orders.
    for (const order of page) if (!done.includes(order)) await recompute(db, [order], current, true)
    page = await ordersWithClocks(db, page.at(-1) ?? null, RECOMPUTED_AT_ONCE)
  }
}

async function recompute(
  db: Kysely<Database>,
  orders: readonly WorkOrderId[],
  current: Reckoning,
  wait: boolean,
): Promise<readonly WorkOrderId[]> {
  return await db.transaction().execute(async trx => {
    const locked = await lockOrders(trx, orders, wait)
    await reckonAnew(trx, locked, current)
    return locked
  })
}

/** An edit of the calendar or of the working hours, through whichever door, reaches every running clock. */
async function recomputeWhenEdited(db: Kysely<Database>): Promise<void> {
  const digest = digestOf(await reckoning(db))
  const last = await db.selectFrom('clock_reckoning').select('digest').executeTakeFirstOrThrow()
  if (last.digest === digest) return
  await recomputeClocks(db)
  await sql`update clock_reckoning set digest = ${digest}`.execute(db)
}
