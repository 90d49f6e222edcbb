import type { FloorSeat } from '../../floor/supervision/schema.ts'
import { isPickedUp } from '../kit/seat-states.ts'

/** 监听, 耳语, 强插: how a shift lead is in a talk. */
export const WATCH_MODES = ['listen', 'whisper', 'barge'] as const
export type WatchMode = (typeof WATCH_MODES)[number]
export type WatchAct = WatchMode | 'take-over'

/** The seat of whoever looks at the page; null: has none. */
export function ownSeat(seats: readonly FloorSeat[], agentNumber: string | null): FloorSeat | null {
  return seats.find(seat => seat.agentNumber === agentNumber) ?? null
}

/** The agent's seat whose talk the own seat is in. */
export function watchedSeat(seats: readonly FloorSeat[], own: FloorSeat | null): FloorSeat | null {
  if (own === null) return null
  return (
    seats.find(({ number, call }) => call?.watch?.seat === own.number && call.watch.on === number) ?? null
  )
}

/** How the own seat is in this seat's talk; null: it is not. */
export function modeAt(seat: FloorSeat, own: FloorSeat | null): WatchMode | null {
  const watch = seat.call?.watch ?? null
  return own !== null && watch?.seat === own.number && watch.on === seat.number ? watch.mode : null
}

/** As the service has it in floor/supervision/rules.ts: a button that would be refused is not offered. */
export function isWatchPossible(act: WatchAct, seat: FloorSeat, own: FloorSeat | null): boolean {
  const { call, number, state } = seat
  if (own === null || own.number === number || call === null || !isPickedUp(state)) return false
  if (call.purpose === 'consult' || call.purpose === 'watch' || state === 'dialling') return false
  const mode = modeAt(seat, own)
  if (act === 'take-over') return mode !== null && call.watch?.joined === true
  if (mode !== null) return mode !== act
  return call.watch === null && isFree(own)
}

function isFree({ state, registered }: FloorSeat): boolean {
  return registered && (state === 'ready' || state === 'not-ready' || state === 'wrap-up')
}

/** Who could be given a caller now. */
export function readySeats(seats: readonly FloorSeat[]): readonly FloorSeat[] {
  return seats.filter(({ state, whyNotOffered }) => state === 'ready' && whyNotOffered.length === 0)
}
