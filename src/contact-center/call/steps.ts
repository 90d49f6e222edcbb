import { type CallId, type LegId, type PlaybackId, playbackId } from '#kernel/ids.ts'
import { type Instant, SECOND_MS } from '#kernel/time.ts'
import type { CallNote, Effect, Fact, PbxCommand, Prompt } from '../events.ts'
import type { SeatSignal } from '../signals.ts'
import type { Call, SeatLeg } from './call.ts'

/** What a signal makes of a call. Joining, parting and letting go are not in here: they follow from the states. */
export interface CallStep {
  /** Null: nothing of the call is left. */
  readonly next: Call | null
  readonly effects: readonly Effect[]
  /** To seats that are to ring. */
  readonly toSeat: readonly { readonly to: SeatLeg; readonly signal: SeatSignal }[]
  /** A seat that is to be offered this call before any other is. */
  readonly offerTo: SeatLeg['seat'] | null
  /** A call that follows from this one: the call-back that a caller asked for. */
  readonly opens: CallStep | null
}

/** A playback whose end was never heard is over after this long; the longest greeting is about 12 s. */
export const PROMPT_LIMIT_MS = 30 * SECOND_MS

export function step(next: Call | null, effects: readonly Effect[] = []): CallStep {
  return { next, effects, toSeat: [], offerTo: null, opens: null }
}

/** The same step with something done before. */
export function after(effects: readonly Effect[], then: CallStep): CallStep {
  return { ...then, effects: [...effects, ...then.effects] }
}

export function pbx(command: PbxCommand): Effect {
  return { to: 'pbx', command }
}

export function told(fact: Fact): Effect {
  return { to: 'record', fact }
}

export function noted(call: Pick<Call, 'id'>, at: Instant, note: CallNote): Effect {
  return told({ fact: 'call-noted', call: call.id, at, note })
}

/** A name that no other playback of the call has, whatever is said how often. */
export function nextPlayback(call: Pick<Call, 'id'>, what: string, at: Instant): PlaybackId {
  return playbackId(call.id, `${what}-${at}`)
}

/** Nothing for a citizen who is on no line. */
export function say(
  call: { readonly id: CallId; readonly leg: LegId | null },
  playback: PlaybackId,
  prompts: readonly Prompt[],
): Effect[] {
  return call.leg === null ? [] : [pbx({ do: 'play', call: call.id, leg: call.leg, playback, prompts })]
}
