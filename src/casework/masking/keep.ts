import type { Kysely, Transaction } from 'kysely'
import type { Database } from '#database/types.ts'
import type { UnitId, WorkOrderId } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'
import type { Order } from '../../cases/life/order.ts'
import { endAfterClose, isRunning, leaseChanges, POOL_USES } from '../../cases/masking/lease.ts'
import { appendTrail, type TrailActor } from '../trail/index.ts'
import { hasNumbers, takeNumber, watchPools } from './pools.ts'
import {
  type BindingRow,
  bindingsOf,
  citizenNumberOf,
  giveNumber,
  insertBinding,
  readTerms,
  setLease,
  time,
  waitingBindings,
} from './store.ts'

const JOB: TrailActor = { kind: 'service', job: 'masking' }

/**
 * What an act means for the bindings of its order, in the act's own transaction: whoever is given a protected order
 * gets a short number for its citizen, whoever is out of it loses theirs, and all have their grace when it closes. A
 * dry pool refuses no act.
 */
export async function keepBindings(
  trx: Transaction<Database>,
  before: Order,
  after: Order,
  at: Instant,
): Promise<void> {
  const { make, end, order } = leaseChanges(before, after)
  if (make.length === 0 && end.length === 0 && order === null) return
  const had = await bindingsOf(trx, after.id)
  for (const row of had) {
    if (end.includes(row.unit_id)) await endFor(trx, row, at)
    else if (order === 'closes') await graceFor(trx, row, at)
  }
  if (make.length === 0 || !(await hasNumbers(trx, 'secret'))) return
  if ((await citizenNumberOf(trx, after.id)) === '') return
  for (const unit of make) await makeFor(trx, after.id, unit, had, at)
  await watchPools(trx, 'secret', at)
}

async function endFor(trx: Transaction<Database>, row: BindingRow, at: Instant): Promise<void> {
  if (!isRunning(leaseOf(row), at)) return
  await setLease(trx, row, { ended_at: new Date(at), end_reason: 'unit-out' })
  await told(trx, row, at, 'mask-end', { cause: 'unit-out' })
}

async function graceFor(trx: Transaction<Database>, row: BindingRow, at: Instant): Promise<void> {
  if (!isRunning(leaseOf(row), at)) return
  const { grace_hours } = await readTerms(trx)
  const until = endAfterClose(time(row.valid_until), at, grace_hours)
  if (until > at) await setLease(trx, row, { valid_until: new Date(until) })
  else await setLease(trx, row, { ended_at: new Date(at), end_reason: 'order-over' })
}

/** A unit that comes back while its number is still kept for it has the same one again: citizens may know it. */
async function makeFor(
  trx: Transaction<Database>,
  order: WorkOrderId,
  unit: UnitId,
  had: readonly BindingRow[],
  at: Instant,
): Promise<void> {
  const last = had.find(row => row.unit_id === unit)
  if (last !== undefined && last.made_by === null && keepsNumber(last, at)) {
    const row = await setLease(trx, last, { valid_until: null, ended_at: null, end_reason: null })
    return await told(trx, row, at, 'mask-bind')
  }
  if (last !== undefined && isRunning(leaseOf(last), at)) return
  const terms = await readTerms(trx)
  const row = await insertBinding(trx, {
    ...{ order, unit, use: 'secret', direction: 'both', madeBy: null, from: at, until: null },
    ...{ mostCallsADay: terms.calls_a_day, mostTalkMinutes: terms.talk_minutes, records: terms.records },
  })
  await told(trx, row, at, 'mask-bind')
}

function keepsNumber(row: BindingRow, at: Instant): boolean {
  return row.short_number !== null && row.rests_until !== null && row.rests_until.getTime() > at
}

export function leaseOf({ valid_until, ended_at }: Pick<BindingRow, 'valid_until' | 'ended_at'>) {
  return { validUntil: time(valid_until), endedAt: time(ended_at) }
}

function told(
  trx: Transaction<Database>,
  { id, order_id, unit_id, short_number }: BindingRow,
  at: Instant,
  act: string,
  more: object = {},
): Promise<void> {
  return onTrail(
    trx,
    { order: order_id, at, by: JOB, act, why: '' },
    {
      binding: id,
      unit: unit_id,
      short: short_number,
      ...more,
    },
  )
}

/** On the order's trail, which its caller has locked; never a number of a citizen. */
export async function onTrail(
  trx: Transaction<Database>,
  entry: { order: WorkOrderId; at: Instant; by: TrailActor; act: string; why: string },
  detail: object,
): Promise<void> {
  await appendTrail(trx, { ...entry, from: null, to: null, detail })
}

/** Every minute: bindings that waited for a number get one as soon as one has rested, the oldest first. */
export async function bindWaiting(db: Kysely<Database>, at: Instant): Promise<void> {
  for (const use of POOL_USES) {
    for (const { id, order_id } of await waitingBindings(db, use, at)) {
      const more = await db.transaction().execute(async trx => {
        // Whoever acts on the order holds its row first, always.
        await trx.selectFrom('work_orders').select('id').where('id', '=', order_id).forUpdate().execute()
        const row = (await bindingsOf(trx, order_id)).find(one => one.id === id)
        if (row === undefined || row.short_number !== null || !isRunning(leaseOf(row), at)) return true
        const taken = await takeNumber(trx, use, at)
        if (taken === null) return false
        await told(trx, await giveNumber(trx, row, taken, at), at, 'mask-bind')
        return true
      })
      if (!more) break
    }
    await db.transaction().execute(trx => watchPools(trx, use, at))
  }
}
