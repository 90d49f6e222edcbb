import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { Database, OrderClocksTable } from '#database/types.ts'
import type { WorkOrderId } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'
import type { Clock } from '../../cases/clocks/clock.ts'
import { earliestDue, instantsOf, type StageAt } from '../../cases/clocks/instants.ts'
import { isPaused } from '../../cases/clocks/operations.ts'
import { type Reckoning, stagesToCome } from './rules.ts'

export type ClockRow = Selectable<OrderClocksTable>

/**
 * Makes the projection of one order what its clocks are. Belongs in the transaction that writes the order's life, with
 * the order's row locked.
 * @returns when the first of its clocks is due, for `work_orders.due_at`; null while none runs
 */
export async function writeClocks(
  trx: Transaction<Database>,
  order: WorkOrderId,
  clocks: readonly Clock[],
  reckoning: Reckoning,
): Promise<Instant | null> {
  const marks = await marksOf(trx, [order])
  await dropOthers(trx, order, clocks)
  await putRows(
    trx,
    clocks.map(clock => rowOf(order, clock, reckoning, marks)),
  )
  return earliestDue(clocks, reckoning)
}

/** What the sweep has marked, by clock: see `clockKey`. */
export type Marks = ReadonlyMap<string, readonly StageAt[]>

export async function marksOf(db: Kysely<Database>, orders: readonly WorkOrderId[]): Promise<Marks> {
  if (orders.length === 0) return new Map()
  const rows = await db.selectFrom('clock_marks').selectAll().where('order_id', 'in', orders).execute()
  const marks = new Map<string, StageAt[]>()
  for (const { order_id, kind, unit_id: unit, started_at, stage, at } of rows) {
    const key = clockKey(order_id, { kind, unit, startedAt: started_at.getTime() })
    marks.set(key, [...(marks.get(key) ?? []), { stage, at: at.getTime() }])
  }
  return marks
}

/** Orders with a stage at or before an instant, by their earliest; after another of them, by pages. */
export interface DueOrder {
  readonly order: WorkOrderId
  readonly at: Date
}

export async function dueOrders(
  db: Kysely<Database>,
  until: Instant,
  after: DueOrder | null,
  most: number,
): Promise<DueOrder[]> {
  // Read from the index alone: see order_clocks_next.
  let query = db
    .selectFrom('order_clocks')
    .select('order_id as order')
    .select(sql<Date>`next_at`.as('at'))
    .where('next_at', '<=', new Date(until))
    .orderBy('next_at')
    .orderBy('order_id')
    .limit(most)
  if (after !== null) query = query.where(sql<boolean>`(next_at, order_id) > (${after.at}, ${after.order})`)
  return await query.execute()
}

/** @param wait false: passes over those that somebody else holds */
export async function lockOrders(
  trx: Transaction<Database>,
  orders: readonly WorkOrderId[],
  wait: boolean,
): Promise<WorkOrderId[]> {
  const query = trx
    .selectFrom('work_orders')
    .select('id')
    .where('id', 'in', orders)
    .orderBy('id')
    .forNoKeyUpdate()
  return (await (wait ? query : query.skipLocked()).execute()).map(({ id }) => id)
}

/** The clock of a locked order whose stage comes first. */
export async function dueClock(
  trx: Transaction<Database>,
  order: WorkOrderId,
  until: Instant,
): Promise<ClockRow | null> {
  const row = await trx
    .selectFrom('order_clocks')
    .selectAll()
    .where('order_id', '=', order)
    .where('next_at', '<=', new Date(until))
    .orderBy('next_at')
    .orderBy('kind')
    .orderBy('unit_id')
    .limit(1)
    .executeTakeFirst()
  return row ?? null
}

export async function addMark(
  trx: Transaction<Database>,
  row: ClockRow,
  { stage, at }: StageAt,
): Promise<void> {
  const { order_id, kind, unit_id, started_at } = row
  await trx
    .insertInto('clock_marks')
    .values({ order_id, kind, unit_id, started_at, stage, at: new Date(at) })
    .execute()
}

/** @param next null: nothing more comes until the order's clocks are written again */
export async function setNext(
  trx: Transaction<Database>,
  row: ClockRow,
  next: StageAt | null,
): Promise<void> {
  const { order_id, kind, unit_id, started_at, stopped_at } = row
  await trx
    .updateTable('order_clocks')
    .set({
      next_stage: next?.stage ?? null,
      next_at: next === null ? null : new Date(next.at),
      ...(next === null && stopped_at !== null ? { clock: null } : {}),
    })
    .where('order_id', '=', order_id)
    .where('kind', '=', kind)
    .where('unit_id', 'is not distinct from', unit_id)
    .where('started_at', '=', started_at)
    .execute()
}

/** Orders with a clock that runs, in the order of their ids. */
export async function ordersWithClocks(
  db: Kysely<Database>,
  after: WorkOrderId | null,
  most: number,
): Promise<WorkOrderId[]> {
  let query = db
    .selectFrom('order_clocks')
    .select('order_id')
    .distinct()
    .where('stopped_at', 'is', null)
    .orderBy('order_id')
    .limit(most)
  if (after !== null) query = query.where('order_id', '>', after)
  return (await query.execute()).map(({ order_id }) => order_id)
}

/** Works out anew what the clocks of locked orders come to; those that were stopped keep what they came to. */
export async function reckonAnew(
  trx: Transaction<Database>,
  orders: readonly WorkOrderId[],
  reckoning: Reckoning,
): Promise<void> {
  if (orders.length === 0) return
  const rows = await trx
    .selectFrom('order_clocks')
    .select(['order_id', 'clock'])
    .where('order_id', 'in', orders)
    .where('stopped_at', 'is', null)
    .execute()
  const marks = await marksOf(trx, orders)
  const running = rows.flatMap(({ order_id: order, clock }) => (clock === null ? [] : [{ order, clock }]))
  await putRows(
    trx,
    running.map(({ order, clock }) => rowOf(order, clock, reckoning, marks)),
  )
  const dues = Map.groupBy(running, ({ order }) => order)
  await putDues(
    trx,
    [...dues].map(([order, clocks]) => ({
      order,
      due: earliestDue(
        clocks.map(({ clock }) => clock),
        reckoning,
      ),
    })),
  )
}

function rowOf(order: WorkOrderId, clock: Clock, reckoning: Reckoning, marks: Marks): ClockRow {
  const { due } = instantsOf(clock, reckoning)
  const [next] = stagesToCome(clock, reckoning, marks.get(clockKey(order, clock)) ?? [])
  const { kind, unit, startedAt, stoppedAt } = clock
  return {
    order_id: order,
    kind,
    unit_id: unit,
    started_at: new Date(startedAt),
    due_at: dateOrNull(due),
    stopped_at: dateOrNull(stoppedAt),
    paused: isPaused(clock),
    clock: stoppedAt !== null && next === undefined ? null : clock,
    next_stage: next?.stage ?? null,
    next_at: dateOrNull(next?.at ?? null),
  }
}

function dateOrNull(at: Instant | null): Date | null {
  return at === null ? null : new Date(at)
}

export function clockKey(
  order: WorkOrderId,
  { kind, unit, startedAt }: Pick<Clock, 'kind' | 'unit' | 'startedAt'>,
): string {
  return `${order} ${kind} ${unit ?? ''} ${startedAt}`
}

/** Rows that are so already are left alone. */
async function putRows(trx: Transaction<Database>, rows: readonly ClockRow[]): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into order_clocks
    select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (
      order_id uuid, kind text, unit_id text, started_at timestamptz, due_at timestamptz, stopped_at timestamptz,
      paused boolean, clock jsonb, next_stage text, next_at timestamptz)
    on conflict (order_id, kind, unit_id, started_at) do update set
      due_at = excluded.due_at, stopped_at = excluded.stopped_at, paused = excluded.paused,
      clock = excluded.clock, next_stage = excluded.next_stage, next_at = excluded.next_at
    where (order_clocks.due_at, order_clocks.stopped_at, order_clocks.paused, order_clocks.clock,
           order_clocks.next_stage, order_clocks.next_at)
          is distinct from
          (excluded.due_at, excluded.stopped_at, excluded.paused, excluded.clock,
           excluded.next_stage, excluded.next_at)`.execute(trx)
}

/** Clocks that the order no longer has: one that was stopped as it started. */
async function dropOthers(
  trx: Transaction<Database>,
  order: WorkOrderId,
  clocks: readonly Clock[],
): Promise<void> {
  const kept = clocks.map(({ kind, unit, startedAt }) => ({
    kind,
    unit_id: unit,
    started_at: new Date(startedAt),
  }))
  await sql`
    delete from order_clocks where order_id = ${order} and not exists (
      select from jsonb_to_recordset(${JSON.stringify(kept)}::jsonb)
        as kept (kind text, unit_id text, started_at timestamptz)
      where kept.kind = order_clocks.kind and kept.unit_id is not distinct from order_clocks.unit_id
        and kept.started_at = order_clocks.started_at)`.execute(trx)
}

async function putDues(
  trx: Transaction<Database>,
  dues: readonly { readonly order: WorkOrderId; readonly due: Instant | null }[],
): Promise<void> {
  const rows = dues.map(({ order, due }) => ({ order_id: order, due_at: dateOrNull(due) }))
  await sql`
    update work_orders set due_at = row.due_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (order_id uuid, due_at timestamptz)
    where work_orders.id = row.order_id and work_orders.due_at is distinct from row.due_at`.execute(trx)
}
