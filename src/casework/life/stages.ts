import type { Transaction } from 'kysely'
import type { Database } from '#database/types.ts'
import type { UnitId } from '#kernel/ids.ts'
import type { Actor } from '../../cases/actor.ts'
import type { ClockStage } from '../../cases/clocks/instants.ts'
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
export async function onStage(trx: Transaction<Database>, reached: StageReached): Promise<void> {
  const { order: id, kind, unit, stage, at, stopped } = reached
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
  const level = levelAt(stage)
  if (level === null || level <= order.supervision || leadOf(order) === null) return
  const reason = level === 1 ? '时限已到，自动催办' : '逾期未办，自动督办'
  await perform(trx, { id, act: { do: 'supervise', level, reason }, actor: JOB, at, version: null })
}

function levelAt(stage: ClockStage): 1 | 2 | null {
  if (stage === 'due' || stage === 'escalate-1') return 1
  return stage === 'red' || stage === 'escalate-2' ? 2 : null
}

/** The unit whose signature is missing; else whoever works on it now, below the lead or the lead itself. */
function waitsFor(order: Order, unit: UnitId | null): readonly UnitId[] {
  if (unit !== null) return [unit]
  return standing(order)
    .filter(({ role, state }) => role === 'lead' && state !== 'answered')
    .map(part => part.unit)
}
