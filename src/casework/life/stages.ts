import type { Transaction } from 'kysely'
import type { Database } from '#database/types.ts'
import type { UnitId } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'
import type { Actor } from '../../cases/actor.ts'
import type { ClockStage } from '../../cases/clocks/instants.ts'
import { isRunning } from '../../cases/clocks/operations.ts'
import { leadOf, standing } from '../../cases/life/assignments.ts'
import type { Order } from '../../cases/life/order.ts'
import type { NoticeKind } from '../../cases/notice-kinds.ts'
import { holdersOf } from '../../people/roles/index.ts'
import type { StageReached } from '../clocks/index.ts'
import { type NoticeToSend, notify } from '../notices/index.ts'
import { perform } from './perform.ts'
import { lockOrder } from './store.ts'

const JOB: Actor = { kind: 'service', job: 'clocks' }

const NOTICE: Readonly<Record<ClockStage, NoticeKind>> = {
  half: 'clock-half',
  most: 'clock-most',
  yellow: 'clock-yellow',
  due: 'clock-due',
  red: 'clock-red',
  'escalate-1': 'clock-due',
  'escalate-2': 'clock-red',
}

/**
 * What follows when a clock comes to a stage: whoever it waits for is told, a unit that lets one run out is urged
 * (催办), and one that goes on doing so is supervised (督办). In the transaction that marks the stage, once.
 */
export async function onStage(
  trx: Transaction<Database>,
  reached: StageReached,
  now: Instant,
): Promise<void> {
  const { order: id, kind, unit, stage, stopped } = reached
  if (stopped) return
  const row = await lockOrder(trx, id)
  const order = row?.life ?? null
  if (order === null) return
  const detail = { clock: kind }
  const to: NoticeToSend['to'][] =
    kind === 'dispatch' || kind === 'call-back'
      ? (await holdersOf(trx, kind === 'dispatch' ? 'order.dispatch' : 'order.call-back')).map(staff => ({
          staff,
        }))
      : waitsFor(order, unit).map(one => ({ unit: one }))
  await notify(
    trx,
    to.map(one => ({ order: id, to: one, kind: NOTICE[stage], detail })),
  )
  const level = levelAt(reached, order)
  if (level === null || level <= order.supervision || leadOf(order) === null) return
  const reason = level === 1 ? '时限已到，自动催办' : '逾期未办，自动督办'
  await perform(trx, { id, act: { do: 'supervise', level, reason }, actor: JOB, at: now, version: null })
}

/** On the wall a clock is red as it is due: 督办 then waits for a person, or for the second missing signature. */
function levelAt({ kind, unit, stage }: StageReached, { clocks }: Order): 1 | 2 | null {
  if (stage === 'due' || stage === 'escalate-1') return 1
  const clock = clocks.find(one => one.kind === kind && one.unit === unit && isRunning(one))
  const inWorkingDays = clock?.limit.unit === 'working-days'
  return stage === 'escalate-2' || (stage === 'red' && inWorkingDays) ? 2 : null
}

/** The unit whose signature is missing; else whoever works on it now, below the lead or the lead itself. */
function waitsFor(order: Order, unit: UnitId | null): readonly UnitId[] {
  if (unit !== null) return [unit]
  return standing(order)
    .filter(({ role, state }) => role === 'lead' && state !== 'answered')
    .map(part => part.unit)
}
