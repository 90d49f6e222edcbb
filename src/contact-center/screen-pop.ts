import type { Call } from './call/call.ts'
import type { ScreenPop } from './events.ts'

/** What the desk is shown of the call that is with its seat; null while the call is with none. */
export function screenPop(call: Call): ScreenPop | null {
  const { state, line } = call
  if (!('to' in state) || line === null) return null
  // Once it was answered, the moment of the offer is known to the records only; the answer is the nearest.
  const offeredAt = state.name === 'offered' ? state.since : (call.answeredAt ?? call.arrivedAt)
  return {
    call: call.id,
    seat: state.to.seat,
    staff: state.to.staff,
    attempt: call.offers,
    caller: call.caller,
    dialled: call.dialled,
    line,
    draft: call.draft,
    arrivedAt: call.arrivedAt,
    offeredAt,
    waitedMs: offeredAt - (call.place?.since ?? offeredAt),
  }
}
