import type { SeatStateName } from './api-types.ts'

/** A call is on its way to the seat. */
export function isOffered(state: SeatStateName): boolean {
  return state === 'reserved' || state === 'ringing'
}

/** The phone is off the hook. */
export function isPickedUp(state: SeatStateName): boolean {
  return state === 'dialling' || state === 'talking' || state === 'holding' || state === 'consulting'
}

export function isInCall(state: SeatStateName): boolean {
  return isOffered(state) || isPickedUp(state)
}

/** What is asked for now holds for after the call. */
export function isBusy(state: SeatStateName): boolean {
  return isInCall(state) || state === 'releasing'
}
