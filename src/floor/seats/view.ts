import type { SeatNumber } from '#kernel/ids.ts'
import type { Call } from '../../contact-center/call/call.ts'
import type { Seat } from '../../contact-center/seat/seat.ts'
import type { AsideView, SeatCall, SeatRow, SeatView } from './schema.ts'

/** The name of whoever sits there; null at an empty seat. */
export type NameAt = (seat: SeatNumber) => string | null

/** @param call the call that the seat is busy with, when it is still known */
export function presentSeat(seat: Seat, call: Call | undefined, nameAt: NameAt): SeatView {
  const { state } = seat
  const talk = call?.state.name === 'talking' && call.state.to.seat === seat.number ? call.state : null
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
    purpose: 'purpose' in state ? state.purpose : null,
    call: call === undefined ? null : presentCall(call, nameAt),
    held: talk?.held === true,
    muted: talk?.muted === true,
    autoAnswer: seat.autoAnswer,
    wrapUpEndsAt: state.name === 'wrap-up' ? iso(state.deadlineAt) : null,
    wrapUpExtended: state.name === 'wrap-up' && state.extended,
    after: presentAfter(state),
  }
}

function presentCall(call: Call, nameAt: NameAt): SeatCall {
  const { state } = call
  const to = 'to' in state ? state.to : null
  return {
    id: call.id,
    direction: call.direction,
    callerNumber: call.caller,
    lineName: call.line?.name ?? null,
    since: call.bridgedAt === null ? null : iso(call.bridgedAt),
    agent: to === null ? null : { seat: to.seat, agentName: nameAt(to.seat) },
    aside: presentAside(call, nameAt),
  }
}

function presentAside({ state }: Call, nameAt: NameAt): AsideView | null {
  if (state.name !== 'talking' || state.aside === null) return null
  const { target, to, how, stage } = state.aside
  const seat = to?.seat ?? null
  const shared = { kind: target.kind, seat, how, stage, emergency: false }
  switch (target.kind) {
    case 'seat':
      return { ...shared, name: nameAt(target.seat) ?? target.seat }
    case 'queue':
      return { ...shared, name: target.queue }
    case 'outside':
      return { ...shared, name: target.name, emergency: target.emergency }
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
