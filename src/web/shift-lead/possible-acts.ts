import type { FloorSeat } from '../../floor/supervision/schema.ts'
import { isBusy, isPickedUp } from '../kit/seat-states.ts'

export const ACTS = ['not-ready', 'ready', 'hang-up', 'sign-out'] as const
export type Act = (typeof ACTS)[number]

/** As the service has it in floor/supervision/rules.ts: a button that would be refused is not offered. */
export function isPossible(act: Act, seat: FloorSeat): boolean {
  if (act === 'hang-up') return seat.state === 'ringing' || isPickedUp(seat.state)
  if (act !== 'ready') return true
  if (isInCall(seat)) return seat.after?.name !== 'ready'
  return seat.state !== 'ready' && seat.whyNotOffered.length === 0
}

/** What is asked for now holds for after the call. */
export function isInCall({ state }: FloorSeat): boolean {
  return isBusy(state)
}
