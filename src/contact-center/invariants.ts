import type { CallId, SeatNumber } from '#kernel/ids.ts'
import type { Call } from './call/call.ts'
import { type SeatPart, seatParts } from './call/parties.ts'
import { type Center, ownLegs } from './center.ts'
import { isInCall, type Seat } from './seat/seat.ts'

/**
 * What must hold after every event, whatever happened. The simulation asks after each; a broken one is a bug.
 * @returns one sentence for each rule that does not hold.
 */
export function brokenInvariants(center: Center): string[] {
  return [...queueProblems(center), ...pairProblems(center), ...legProblems(center)]
}

/** A queued call stands in its queue once, in order; no other call stands in any. */
function queueProblems(center: Center): string[] {
  const problems: string[] = []
  const listed = new Set<CallId>()
  for (const [queue, calls] of center.waiting) {
    let before: Call | undefined
    for (const id of calls) {
      const call = center.calls.get(id)
      if (listed.has(id)) problems.push(`call ${id} waits twice`)
      listed.add(id)
      if (call?.state.name !== 'queued')
        problems.push(`call ${id} waits in ${queue} but is ${call?.state.name}`)
      if (call?.place?.queue !== queue) problems.push(`call ${id} waits in the wrong queue ${queue}`)
      if (before?.place != null && call?.place != null && before.place.since > call.place.since) {
        problems.push(`call ${id} stands behind one that came later`)
      }
      before = call
    }
  }
  for (const call of center.calls.values()) {
    if (call.state.name === 'queued' && !listed.has(call.id)) problems.push(`call ${call.id} waits nowhere`)
  }
  return problems
}

/** A call and each seat that takes part in it name each other by the same leg; no seat has two calls. */
function pairProblems(center: Center): string[] {
  const problems: string[] = []
  const parts = new Map<SeatNumber, { readonly call: Call; readonly part: SeatPart }>()
  for (const call of center.calls.values()) {
    for (const part of seatParts(call)) {
      const { seat } = part.to
      if (parts.has(seat)) problems.push(`seat ${seat} takes part in two calls`)
      parts.set(seat, { call, part })
      const { state } = center.seats.get(seat) ?? {}
      if (
        state === undefined ||
        !('leg' in state) ||
        state.leg !== part.to.leg ||
        state.name === 'releasing'
      ) {
        problems.push(`call ${call.id} is ${call.state.name} with ${seat}, which is ${state?.name}`)
      } else if (part.activity !== 'calling' && state.name !== part.activity) {
        problems.push(`seat ${seat} is ${state.name} where its call says ${part.activity}`)
      }
    }
  }
  for (const seat of center.seats.values()) {
    if (!isWithCall(seat)) continue
    if (parts.get(seat.number)?.call.id !== seat.state.call)
      problems.push(`seat ${seat.number} is ${seat.state.name} with a call that is not with it`)
    if (seat.agent === null) problems.push(`seat ${seat.number} is ${seat.state.name} without an agent`)
  }
  return problems
}

function isWithCall(seat: Seat): seat is Seat & { state: { call: CallId } } {
  const { state } = seat
  return state.name === 'reserved' || state.name === 'ringing' || isInCall(state)
}

/** Every leg that a call or seat names is known, so that no event about it is lost; no other leg is. */
function legProblems(center: Center): string[] {
  const problems: string[] = []
  let expected = 0
  for (const call of center.calls.values()) {
    for (const [leg, is] of ownLegs(call)) {
      expected++
      const owner = center.legs.get(leg)
      if (owner?.call !== call.id || owner.is !== is) problems.push(`leg ${leg} is not known as its ${is}'s`)
    }
  }
  for (const seat of center.seats.values()) {
    if (!('leg' in seat.state)) continue
    expected++
    const owner = center.legs.get(seat.state.leg)
    if (owner?.is !== 'seat' || owner.seat !== seat.number) {
      problems.push(`leg ${seat.state.leg} is not known as seat ${seat.number}'s`)
    }
  }
  if (center.legs.size !== expected)
    problems.push(`${center.legs.size} legs are known, ${expected} are in use`)
  return problems
}
