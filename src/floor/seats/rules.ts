import type { SeatNumber, StaffId } from '#kernel/ids.ts'
import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import type { Instant } from '#kernel/time.ts'
import type { PhoneKind } from '../../contact-center/events.ts'
import type { InCall, Seat } from '../../contact-center/seat/seat.ts'

/** A seat with a caller on the way, on the line, or just being let go. */
export function isBusy({ state }: Seat): boolean {
  return 'leg' in state
}

/** The phone is off the hook. */
export function isPickedUp(state: Seat['state']): state is InCall {
  return (
    state.name === 'dialling' ||
    state.name === 'talking' ||
    state.name === 'holding' ||
    state.name === 'consulting'
  )
}

/** One seat for each agent, one agent at each seat. Taking one's own seat again, with the same phone, is fine. */
export function mayTake(
  staff: StaffId,
  wanted: Seat | undefined,
  held: Seat | undefined,
  phone: PhoneKind,
): Outcome<Seat> {
  if (wanted === undefined) return refuse('seat-unknown')
  if (held !== undefined && (held.number !== wanted.number || held.phone !== phone)) {
    return refuse('agent-has-seat', `holds seat ${held.number}`)
  }
  if (wanted.agent !== null && wanted.agent.staff !== staff) return refuse('seat-taken')
  return ok(wanted)
}

/** During a call the wish is kept for afterwards, so phone and desk are looked at only when it counts at once. */
export function mayBecomeReady(seat: Seat): Outcome<Seat> {
  if (isBusy(seat)) return ok(seat)
  if (!seat.registered) return refuse('phone-not-registered')
  if (!seat.deskConnected) return refuse('desk-not-connected')
  return ok(seat)
}

/** A seat at which nobody has signed in yet. */
export function unusedSeat(number: SeatNumber, since: Instant): Seat {
  return {
    number,
    agent: null,
    phone: 'browser',
    registered: false,
    deskConnected: false,
    autoAnswer: false,
    answered: 0,
    lastAnsweredAt: null,
    serving: null,
    state: { name: 'signed-out', since },
  }
}
