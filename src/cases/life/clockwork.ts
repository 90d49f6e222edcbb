import type { Instant } from '#kernel/time.ts'
import { CLOCK_KINDS, type Clock, type ClockKind } from '../clocks/clock.ts'
import {
  type ClockName,
  extend,
  isRunning,
  pauseClocks,
  relimit,
  resumeClocks,
  startClock,
  stopClock,
} from '../clocks/operations.ts'
import { standing } from './assignments.ts'
import type { Context } from './context.ts'
import type { Order } from './order.ts'

/** Which clocks run while an order stands as it does; no act starts or stops one by itself, so none is forgotten. */
function wanted(order: Order): readonly ClockName[] {
  const own = (kind: ClockKind): ClockName => ({ kind, unit: null })
  const runs = (kind: ClockKind) => order.clocks.some(clock => clock.kind === kind && isRunning(clock))
  switch (order.status) {
    case 'to-dispatch':
      // A return is no new beginning to the citizen: what ran for the units runs on.
      return [own('dispatch'), ...(['contact', 'handle', 'rework'] as const).filter(runs).map(own)]
    case 'to-sign':
    case 'in-hand': {
      const unsigned = standing(order).filter(({ state }) => state === 'to-sign')
      const contacted = standing(order).some(({ contactedAt }) => contactedAt !== null)
      return [
        ...unsigned.map(({ unit }): ClockName => ({ kind: 'sign', unit })),
        ...(contacted ? [] : [own('contact')]),
        own(handling(order)),
      ]
    }
    case 'to-review':
      return [own(handling(order))]
    case 'to-call-back':
      return [own('call-back')]
    case 'merged':
      return order.clocks.filter(isRunning)
    default:
      return []
  }
}

function handling({ reworks }: Order): ClockKind {
  return reworks > 0 ? 'rework' : 'handle'
}

/** What a hold stops; whoever must sign must sign all the same. */
const HELD: readonly ClockKind[] = CLOCK_KINDS.filter(kind => kind !== 'sign')

/** The order with the clocks that its state wants: started, stopped, paused and limited as of now. */
export function withClocks(order: Order, context: Context): Order {
  const { at } = context
  const want = wanted(order)
  const isWanted = (clock: Clock) => want.some(one => one.kind === clock.kind && one.unit === clock.unit)
  const limitOf = ({ kind }: ClockName, startedAt: Instant) =>
    context.limitOf(kind, order.type, order.priority, startedAt)
  let { clocks } = order
  for (const clock of clocks) if (isRunning(clock) && !isWanted(clock)) clocks = stopClock(clocks, clock, at)
  for (const name of want) {
    const limit = limitOf(name, at)
    if (limit !== null) clocks = startClock(clocks, name, limit, at)
  }
  clocks = relimit(clocks, clock => limitOf(clock, clock.startedAt))
  // It may be taken apart again: a merged order's clocks stand still, and go on from there.
  if (order.status === 'merged') return { ...order, clocks: pauseClocks(clocks, at, CLOCK_KINDS) }
  if (order.hold?.state === 'held') return { ...order, clocks: pauseClocks(clocks, at, HELD) }
  return { ...order, clocks: resumeClocks(clocks, at) }
}

/** The order with so many more days on the clock of its handling. */
export function extended(order: Order, days: number): Order {
  const clock = order.clocks.find(isHandling)
  if (clock === undefined) return order
  return { ...order, clocks: extend(order.clocks, clock, { unit: 'working-days', days }) }
}

/** The clock that an extension lengthens: of handling, or of handling again. */
export function isHandling(clock: Clock): boolean {
  return isRunning(clock) && (clock.kind === 'handle' || clock.kind === 'rework')
}
