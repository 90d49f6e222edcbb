import type { CallId } from '#kernel/ids.ts'
import type { Call } from './call/call.ts'
import type { Center } from './center.ts'
import type { Seat } from './seat/seat.ts'

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

/** A call that is with a seat and that seat name each other; no seat has two calls, no call two seats. */
function pairProblems(center: Center): string[] {
  const problems: string[] = []
  for (const call of center.calls.values()) {
    if (!('to' in call.state)) continue
    const { to } = call.state
    const seat = center.seats.get(to.seat)
    const itsCall = seat !== undefined && isWithCall(seat) ? seat.state.call : null
    if (itsCall !== call.id)
      problems.push(`call ${call.id} is ${call.state.name} with ${to.seat}, which is not with it`)
  }
  for (const seat of center.seats.values()) {
    if (!isWithCall(seat)) continue
    const call = center.calls.get(seat.state.call)
    const itsSeat = call !== undefined && 'to' in call.state ? call.state.to.seat : null
    if (itsSeat !== seat.number)
      problems.push(`seat ${seat.number} is ${seat.state.name} with a call that is not with it`)
    if (seat.agent === null) problems.push(`seat ${seat.number} is ${seat.state.name} without an agent`)
  }
  return problems
}

function isWithCall(seat: Seat): seat is Seat & { state: { call: CallId } } {
  const { name } = seat.state
  return name === 'reserved' || name === 'ringing' || name === 'talking'
}

/** Every leg that a call or seat names is known, so that no event about it is lost; no other leg is. */
function legProblems(center: Center): string[] {
  const problems: string[] = []
  let expected = 0
  for (const call of center.calls.values()) {
    expected++
    if (center.legs.get(call.leg)?.call !== call.id)
      problems.push(`leg ${call.leg} is not known as the caller's`)
  }
  for (const seat of center.seats.values()) {
    if (!('leg' in seat.state)) continue
    expected++
    if (center.legs.get(seat.state.leg)?.seat !== seat.number) {
      problems.push(`leg ${seat.state.leg} is not known as seat ${seat.number}'s`)
    }
  }
  if (center.legs.size !== expected)
    problems.push(`${center.legs.size} legs are known, ${expected} are in use`)
  return problems
}
