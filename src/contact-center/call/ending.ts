import { playbackId } from '#kernel/ids.ts'
import { type Instant, SECOND_MS } from '#kernel/time.ts'
import type { CallRefusal, CallResult, CallSummary, EndReason, HangUpCause, Prompt } from '../events.ts'
import type { CallSignal } from '../signals.ts'
import type { Call, Termination } from './call.ts'
import { talkedMs } from './parties.ts'
import { type CallStep, noted, PROMPT_LIMIT_MS, pbx, say, step, told } from './steps.ts'

/** A hang-up that was not confirmed is said again this often, this many times; then a survey finds the stray. */
const HANG_UP_RETRY_MS = 2 * SECOND_MS
const HANG_UP_TRIES = 15

/** What is said to whom we let go, and who is to blame. */
export const REFUSALS: Record<CallRefusal, { readonly prompt: Prompt; readonly result: CallResult }> = {
  'unknown-number': { prompt: 'number-not-in-service', result: 'caller-side' },
  'blocked-number': { prompt: 'number-blocked', result: 'caller-side' },
  'closed-hours': { prompt: 'line-closed', result: 'caller-side' },
  // We did not serve the caller, whatever the reason.
  'queue-full': { prompt: 'all-lines-busy', result: 'our-fault' },
  'nobody-on-duty': { prompt: 'nobody-on-duty', result: 'our-fault' },
  // The call-back is a call of its own, and answers for the wait.
  'call-back-booked': { prompt: 'call-back-booked', result: 'caller-side' },
  'mask-unbound': { prompt: 'mask-unbound', result: 'caller-side' },
  'mask-expired': { prompt: 'mask-expired', result: 'caller-side' },
  'mask-direction': { prompt: 'mask-direction', result: 'caller-side' },
  'mask-not-registered': { prompt: 'mask-not-registered', result: 'caller-side' },
  'mask-wrong-pin': { prompt: 'mask-wrong-pin', result: 'caller-side' },
  'mask-too-many': { prompt: 'mask-too-many', result: 'caller-side' },
  'mask-own-number': { prompt: 'mask-own-number', result: 'caller-side' },
  'mask-busy': { prompt: 'mask-busy', result: 'caller-side' },
  // The unit was to be at hand.
  'mask-nobody': { prompt: 'mask-nobody', result: 'our-fault' },
  'mask-not-reached': { prompt: 'mask-not-reached', result: 'caller-side' },
}

/** Told a sentence, then let go; the call is kept all the same. */
export function refuse(call: Omit<Call, 'state'>, why: CallRefusal, at: Instant): CallStep {
  const playback = playbackId(call.id, 'refusal')
  const state = { name: 'refusing', why, playback, deadlineAt: at + PROMPT_LIMIT_MS } as const
  return step({ ...call, state }, say(call, playback, [REFUSALS[why].prompt]))
}

/** The one place where a call ends: summary and last note come from the same values. */
export function end(call: Call, at: Instant, { result, reason, by }: Termination): CallStep {
  const summary: CallSummary = {
    call: call.id,
    arrivedAt: call.arrivedAt,
    queuedAt: call.place?.since ?? null,
    answeredAt: call.answeredAt,
    bridgedAt: call.bridgedAt,
    talkMs: call.bridgedAt === null ? null : talkedMs(call, at),
    endedAt: at,
    leg: call.leg,
    seat: call.answeredBy?.seat ?? null,
    staff: call.answeredBy?.staff ?? null,
    offers: call.offers,
    records: call.mask?.records ?? true,
    result,
    reason,
    endedBy: by,
  }
  const state = { name: 'ending', summary, deadlineAt: at + HANG_UP_RETRY_MS, tries: 1 } as const
  const cause = reason === 'unknown-number' ? 'unallocated' : 'normal'
  // A citizen who was never called, or is gone, leaves nothing to wait for.
  return step(call.leg === null ? null : { ...call, watch: null, state }, [
    ...hangUp(call, cause),
    noted(call, at, { kind: 'ended', result, reason, by }),
    told({ fact: 'call-closed', call: summary }),
  ])
}

export function callerGone(call: Call, at: Instant, blame: 'caller' | 'pbx'): CallStep {
  const { state } = call
  // Who was only to say good-bye to had ended before.
  const termination: Termination =
    state.name === 'rating'
      ? state.termination
      : blame === 'pbx'
        ? { result: 'our-fault', reason: 'pbx-lost', by: 'system' }
        : { ...callerLeft(call), by: 'caller' }
  const ended = end(call, at, termination)
  const unrated =
    state.name === 'rating' && state.grade === null ? [noted(call, at, { kind: 'not-rated' })] : []
  const said = ended.effects.filter(effect => effect.to !== 'pbx' || effect.command.do !== 'hang-up')
  return { ...ended, next: null, effects: [...unrated, ...said] }
}

function callerLeft({ state, bridgedAt }: Call): { result: CallResult; reason: EndReason } {
  const waits = state.name === 'queued' || state.name === 'offered' || state.name === 'announcing'
  if (waits && bridgedAt !== null) return { result: 'caller-side', reason: 'left-in-transfer' }
  if (state.name === 'refusing') return { result: REFUSALS[state.why].result, reason: state.why }
  return CALLER_LEFT[state.name]
}

/** What a citizen's leaving means, by where the call was. */
const CALLER_LEFT: Record<
  Exclude<Call['state']['name'], 'refusing'>,
  { result: CallResult; reason: EndReason }
> = {
  greeting: { result: 'caller-side', reason: 'left-in-greeting' },
  'in-menu': { result: 'caller-side', reason: 'left-in-menu' },
  queued: { result: 'abandoned', reason: 'left-in-queue' },
  recalling: { result: 'caller-side', reason: 'not-reached' },
  resting: { result: 'caller-side', reason: 'not-reached' },
  offered: { result: 'abandoned', reason: 'left-while-ringing' },
  announcing: { result: 'caller-side', reason: 'left-before-bridge' },
  dialling: { result: 'caller-side', reason: 'not-reached' },
  joining: { result: 'caller-side', reason: 'left-before-bridge' },
  talking: { result: 'completed', reason: 'hung-up' },
  forwarding: { result: 'completed', reason: 'hung-up' },
  forwarded: { result: 'completed', reason: 'hung-up' },
  'mask-keying': { result: 'caller-side', reason: 'left-in-masking' },
  'mask-asking': { result: 'caller-side', reason: 'left-in-masking' },
  'mask-confirming': { result: 'caller-side', reason: 'left-in-masking' },
  'mask-offering': { result: 'caller-side', reason: 'left-in-greeting' },
  'mask-calling': { result: 'caller-side', reason: 'mask-not-reached' },
  'mask-ringing': { result: 'caller-side', reason: 'left-in-masking' },
  masked: { result: 'completed', reason: 'hung-up' },
  rating: { result: 'completed', reason: 'hung-up' },
  ending: { result: 'completed', reason: 'hung-up' },
}

export function transitionEnding(call: Call, signal: CallSignal, at: Instant): CallStep {
  const { state } = call
  if (state.name !== 'ending') return step(call)
  if (signal.type === 'caller-gone') return step(null)
  if (signal.type === 'deadline-passed' || signal.type === 'found-alive') {
    if (state.tries >= HANG_UP_TRIES) return step(null)
    const next = { ...state, tries: state.tries + 1, deadlineAt: at + HANG_UP_RETRY_MS }
    return step({ ...call, state: next }, hangUp(call))
  }
  return step(call)
}

function hangUp({ id, leg }: Call, cause: HangUpCause = 'normal') {
  return leg === null ? [] : [pbx({ do: 'hang-up', call: id, leg, cause })]
}
