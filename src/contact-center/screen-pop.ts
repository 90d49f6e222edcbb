import type { Call, SeatLeg } from './call/call.ts'
import { seatParts } from './call/parties.ts'
import type { ScreenPop, SeatPurpose } from './events.ts'

/** What the desks are shown of a call that is with their seats. Who watches has the floor's page for that. */
export function screenPops(call: Call): readonly ScreenPop[] {
  return seatParts(call).flatMap(({ to, purpose }) => screenPop(call, to, purpose) ?? [])
}

export function screenPop(call: Call, to: SeatLeg, purpose: SeatPurpose): ScreenPop | null {
  const { state, line } = call
  if (line === null || purpose === 'watch') return null
  // Once it was answered, the moment of the offer is known to the records only; the answer is the nearest.
  const offeredAt = state.name === 'offered' ? state.since : (call.answeredAt ?? call.arrivedAt)
  return {
    call: call.id,
    direction: call.direction,
    purpose,
    seat: to.seat,
    staff: to.staff,
    attempt: to.attempt,
    caller: call.caller,
    dialled: call.dialled,
    line,
    draft: call.draft,
    arrivedAt: call.arrivedAt,
    offeredAt,
    waitedMs: offeredAt - (call.place?.since ?? offeredAt),
  }
}
