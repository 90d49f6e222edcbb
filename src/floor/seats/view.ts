import type { Call } from '../../contact-center/call/call.ts'
import type { Seat } from '../../contact-center/seat/seat.ts'
import type { SeatRow, SeatView } from './schema.ts'

/** @param call the call that the seat is busy with, when it is still known */
export function presentSeat(seat: Seat, call: Call | undefined): SeatView {
  const { state } = seat
  return {
    number: seat.number,
    state: state.name,
    reason: reasonOf(seat),
    since: iso(state.since),
    phone: seat.phone,
    registered: seat.registered,
    deskConnected: seat.deskConnected,
    callId: 'call' in state ? state.call : null,
    callerNumber: call?.caller ?? null,
    wrapUpEndsAt: state.name === 'wrap-up' ? iso(state.deadlineAt) : null,
    after: presentAfter(state),
  }
}

export function presentSeatRow(seat: Seat): SeatRow {
  return {
    number: seat.number,
    state: seat.state.name,
    reason: reasonOf(seat),
    since: iso(seat.state.since),
    agentName: seat.agent?.name ?? null,
    agentNumber: seat.agent?.number ?? null,
    registered: seat.registered,
    deskConnected: seat.deskConnected,
  }
}

/** Where the seat goes once its call is over; null when it has none. */
function presentAfter(state: Seat['state']): SeatView['after'] {
  const next = 'after' in state ? state.after : 'goesTo' in state ? state.goesTo : null
  if (next === null) return null
  const after = next.name === 'wrap-up' ? next.after : next
  return { name: after.name, reason: 'reason' in after ? after.reason : null }
}

function reasonOf({ state }: Seat): string | null {
  return state.name === 'not-ready' ? state.reason : null
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
