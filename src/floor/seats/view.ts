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
    after:
      'after' in state
        ? { name: state.after.name, reason: 'reason' in state.after ? state.after.reason : null }
        : null,
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

function reasonOf({ state }: Seat): string | null {
  return state.name === 'not-ready' ? state.reason : null
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
