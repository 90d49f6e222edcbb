import type { Call, CallState, SeatLeg } from '../../src/contact-center/call/call.ts'
import type { Agent, CallLine } from '../../src/contact-center/events.ts'
import { placeIn } from '../../src/contact-center/queue/place.ts'
import type { QueueRules } from '../../src/contact-center/queue/queue-rules.ts'
import type { CenterRules } from '../../src/contact-center/rules.ts'
import type { Seat, SeatState } from '../../src/contact-center/seat/seat.ts'
import { newSeat } from '../../src/contact-center/seat/transition.ts'
import { asId, type CallId, type QueueId, seatLegId } from '../../src/kernel/ids.ts'

/** Examples that the tests of the pure core are built from. */

export const RULES: CenterRules = {
  ringTimeoutMs: 20_000,
  popAckTimeoutMs: 250,
  wrapUpMs: 60_000,
  wrapUpExtensionMs: 30_000,
  graceMs: 30_000,
  asksRating: false,
}

export const GENERAL = asId<QueueId>('general')

export function queueRules(change: Partial<QueueRules> = {}): QueueRules {
  return {
    id: GENERAL,
    strategy: 'longest-idle',
    needs: [],
    priority: 0,
    ageingPerMinute: 1,
    steps: [],
    mostWaiting: null,
    announceEveryMs: null,
    callBack: null,
    whenUnstaffed: 'wait',
    ...change,
  }
}

export const LINE: CallLine = { number: asId('12345'), name: '12345', queue: GENERAL, greets: true }

export const AGENT: Agent = { staff: asId('staff'), number: asId('1001'), name: '王敏', skills: {} }

export function seatIn(state: SeatState, change: Partial<Seat> = {}): Seat {
  const agent = state.name === 'signed-out' ? null : AGENT
  return { ...newSeat(asId('1001'), 0), agent, registered: true, deskConnected: true, state, ...change }
}

export const CALL = asId<CallId>('call')

/** Seat `1000 + attempt` and its leg in `CALL`. */
export function seatLeg(attempt: number): SeatLeg {
  const seat = String(1000 + attempt)
  return { seat: asId(seat), staff: asId(`staff-${seat}`), leg: seatLegId(CALL, attempt), attempt }
}

/** A call in this state; it has come as far as its state says. */
export function callIn(state: CallState, change: Partial<Call> = {}): Call {
  const isNew = state.name === 'refusing' || state.name === 'greeting' || state.name === 'in-menu'
  const talks = state.name === 'talking' || state.name === 'forwarding' || state.name === 'forwarded'
  const bridged = talks || state.name === 'rating'
  return {
    id: CALL,
    direction: 'inbound',
    leg: asId('caller-leg'),
    caller: '13800000000',
    dialled: '12345',
    line: state.name === 'refusing' ? null : LINE,
    draft: asId('draft'),
    arrivedAt: 0,
    place: isNew ? null : placeIn(GENERAL, 1, 1),
    answeredAt: bridged ? 2 : null,
    bridgedAt: bridged ? 3 : null,
    talk: { ms: 0, since: talks ? 3 : null },
    movedAt: 0,
    answeredBy: bridged ? { seat: asId('1001'), staff: asId('staff-1001') } : null,
    offers: 3,
    dials: 0,
    callBack: null,
    watch: null,
    mask: null,
    state,
    ...change,
  }
}
