import type { UnitId } from '#kernel/ids.ts'
import type { Clock, ClockKind } from '../clocks/clock.ts'
import { extendClock, pauseClock, relimit, resumeClock, startClock, stopClock } from '../clocks/operations.ts'
import { standing } from './assignments.ts'
import type { Context } from './context.ts'
import type { Order } from './order.ts'

interface Wanted {
  readonly kind: ClockKind
  readonly unit: UnitId | null
}

/** Which clocks run while an order stands as it does; no act starts or stops one by itself, so none is forgotten. */
function wanted(order: Order): readonly Wanted[] {
  const own = (kind: ClockKind): Wanted => ({ kind, unit: null })
  const open = (kind: ClockKind) =>
    order.clocks.some(clock => clock.kind === kind && clock.stoppedAt === null)
  switch (order.status) {
    case 'to-dispatch':
      // A return is no new beginning to the citizen: what ran for the units runs on.
      return [own('dispatch'), ...(['contact', 'handle', 'rework'] as const).filter(open).map(own)]
    case 'to-sign':
    case 'in-hand':
      return [
        ...standing(order)
          .filter(({ state }) => state === 'to-sign')
          .map(({ unit }): Wanted => ({ kind: 'sign', unit })),
        ...(standing(order).some(({ contactedAt }) => contactedAt !== null) ? [] : [own('contact')]),
        own(handling(order)),
      ]
    case 'to-review':
      return [own(handling(order))]
    case 'to-call-back':
      return [own('call-back')]
    case 'merged':
      // It may be taken apart again: its clocks stand still, and go on from there.
      return order.clocks.filter(({ stoppedAt }) => stoppedAt === null)
    default:
      return []
  }
}

function handling({ reworks }: Order): ClockKind {
  return reworks > 0 ? 'rework' : 'handle'
}

/** Clocks that a hold stops; whoever must sign must sign all the same. */
function isPaused(order: Order, { kind }: Clock): boolean {
  if (order.status === 'merged') return true
  return order.hold?.state === 'held' && kind !== 'sign'
}

/** The order with the clocks that its state wants: started, stopped, paused and limited as of now. */
export function withClocks(order: Order, context: Context): Order {
  const { at } = context
  const want = wanted(order)
  const isWanted = (clock: Clock) => want.some(one => one.kind === clock.kind && one.unit === clock.unit)
  const kept = order.clocks.map(clock =>
    clock.stoppedAt !== null || isWanted(clock) ? clock : stopClock(clock, at),
  )
  const running = (one: Wanted) =>
    kept.some(({ kind, unit, stoppedAt }) => stoppedAt === null && kind === one.kind && unit === one.unit)
  const started = want.filter(one => !running(one)).flatMap(one => begin(one, order, context))
  return { ...order, clocks: [...kept, ...started].map(clock => asOfNow(clock, order, context)) }
}

function begin({ kind, unit }: Wanted, order: Order, context: Context): readonly Clock[] {
  const limit = context.limitOf(kind, order.type, order.priority)
  return limit === null ? [] : [startClock(kind, unit, context.at, limit)]
}

function asOfNow(clock: Clock, order: Order, context: Context): Clock {
  if (clock.stoppedAt !== null) return clock
  const limit = context.limitOf(clock.kind, order.type, order.priority)
  const limited = limit === null ? clock : relimit(clock, limit)
  return isPaused(order, limited) ? pauseClock(limited, context.at) : resumeClock(limited, context.at)
}

/** The order with so many more days on the clock of its handling. */
export function extended(order: Order, days: number): Order {
  const clocks = order.clocks.map(clock => (isHandling(clock) ? extendClock(clock, days) : clock))
  return { ...order, clocks }
}

/** The clock that an extension lengthens: of handling, or of handling again. */
export function isHandling({ kind, stoppedAt }: Clock): boolean {
  return stoppedAt === null && (kind === 'handle' || kind === 'rework')
}
