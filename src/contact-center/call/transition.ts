import { isOurLeg } from '#kernel/ids.ts'
import { unreachable } from '#kernel/outcome.ts'
import type { Instant } from '#kernel/time.ts'
import type { Effect } from '../events.ts'
import type { QueueBook } from '../queue/queue-rules.ts'
import type { CenterRules } from '../rules.ts'
import type { CallSignal } from '../signals.ts'
import type { Call } from './call.ts'
import { transitionConnecting } from './connecting.ts'
import { notReached } from './dialling.ts'
import { callerGone, end, REFUSALS, transitionEnding } from './ending.ts'
import { transitionForwarding } from './forwarding.ts'
import { firstNotReached, transitionMasking } from './masking.ts'
import { transitionMenu } from './menu.ts'
import { isMoved, movements, seatNotices, soundsAgain } from './movements.ts'
import { takeOn } from './opening.ts'
import { isTalk, talkedMs } from './parties.ts'
import { enqueue } from './queueing.ts'
import { transitionRating } from './rating.ts'
import { after, type CallStep, noted, pbx, step } from './steps.ts'
import { transitionTalking } from './talking.ts'
import { transitionWaiting } from './waiting.ts'

/** A prompt that broke off is mostly a caller who leaves: this long we wait to hear so. */
const BROKEN_OFF_LIMIT_MS = 500

/**
 * Late, lost and doubled signals are normal in telephony: what does not fit the state changes nothing. What the
 * change means to legs, bridges and seats is added here, in one place, from the states before and after.
 */
export function transitionCall(
  call: Call,
  signal: CallSignal,
  at: Instant,
  book: QueueBook,
  rules: CenterRules,
): CallStep {
  const decided = decide(call, signal, at, book, rules)
  return withMovements(
    call,
    { ...decided, next: decided.next === null ? null : withoutStaleWatch(decided.next) },
    at,
  )
}

/** Adds what the first state of a new call asks of the PBX. */
export function withMovements(before: Call | null, decided: CallStep, at: Instant): CallStep {
  const { next } = decided
  if (next === before) return decided
  const moved = next === null ? null : timed(before, next, at)
  const notices = before === null ? [] : seatNotices(before, moved)
  // To a PBX a leg that is spoken to cannot be moved: the commands behind would wait for the end of the sentence.
  const silence = decided.effects.filter(isSilence)
  const others = decided.effects.filter(effect => !isSilence(effect))
  return {
    ...decided,
    next: moved,
    effects: [...silence, ...movements(before, moved), ...others],
    toSeat: [...notices, ...decided.toSeat],
  }
}

function isSilence(effect: Effect): boolean {
  return effect.to === 'pbx' && effect.command.do === 'stop-play'
}

/** Keeps the times that follow from the states. */
function timed(before: Call | null, next: Call, at: Instant): Call {
  const movedAt = isMoved(before, next) ? at : next.movedAt
  if (isTalk(next) === (next.talk.since !== null)) return { ...next, movedAt }
  const talk = { ms: talkedMs(next, at), since: isTalk(next) ? at : null }
  return { ...next, movedAt, talk }
}

/** A supervisor is with one agent's talk; when the call goes elsewhere the supervisor does not. */
function withoutStaleWatch(call: Call): Call {
  const { state, watch } = call
  if (watch === null) return call
  const isWatched = state.name === 'talking' && state.to.leg === watch.on.leg
  return isWatched ? call : { ...call, watch: null }
}

function decide(call: Call, signal: CallSignal, at: Instant, book: QueueBook, rules: CenterRules): CallStep {
  const { state } = call
  if (isCallerGoneFailure(call, signal)) {
    return decide(call, { type: 'caller-gone', blame: 'caller', cause: 'normal' }, at, book, rules)
  }
  if (state.name === 'ending') return transitionEnding(call, signal, at)
  if (signal.type === 'caller-gone') {
    if (call.leg === null) return step(call)
    if (state.name === 'mask-calling' && signal.blame === 'caller')
      return firstNotReached(call, signal.cause, at)
    const called = state.name === 'dialling' || state.name === 'recalling'
    // A call-back is promised: it outlives the PBX that died while it was tried.
    if (called && (signal.blame === 'caller' || call.callBack !== null))
      return notReached(call, signal.cause, at)
    return callerGone(call, at, signal.blame)
  }
  // Where everybody is will be surveyed; what they hear can only be said again.
  if (signal.type === 'found-alive' && isTalk(call)) return step(call, soundsAgain(call))
  if (signal.type === 'found-misplaced') return putRight(call, signal, at)
  if (signal.type === 'found-unanswered') return answerAgain(call, at)
  if (signal.type === 'prompt-finished' && !signal.played) return brokenOff(call, signal.playback, at)

  switch (state.name) {
    case 'refusing':
      if (!isOver(signal, state.playback)) return step(call)
      return end(call, at, { result: REFUSALS[state.why].result, reason: state.why, by: 'system' })
    case 'greeting': {
      if (!isOver(signal, state.playback)) return step(call)
      return after([noted(call, at, { kind: 'greeted' })], enqueue(call, at, 'greeted', book))
    }
    case 'in-menu':
      return transitionMenu(call, signal, at, book)
    case 'queued':
    case 'offered':
    case 'recalling':
    case 'resting':
      return transitionWaiting(call, signal, at, book)
    case 'announcing':
    case 'dialling':
    case 'joining':
      return transitionConnecting(call, signal, at, book)
    case 'talking':
      return transitionTalking(call, signal, at, book, rules)
    case 'forwarding':
    case 'forwarded':
      return transitionForwarding(call, signal, at, book)
    case 'mask-keying':
    case 'mask-asking':
    case 'mask-confirming':
    case 'mask-offering':
    case 'mask-calling':
    case 'mask-ringing':
    case 'masked':
      return transitionMasking(call, signal, at, book, (caller, menu) => takeOn(caller, menu, at, book))
    case 'rating':
      return transitionRating(call, signal, at)
    default:
      return unreachable(state)
  }
}

/** A command to the caller's leg that found it gone tells the same as the event, and sometimes sooner. */
function isCallerGoneFailure(call: Call, signal: CallSignal): boolean {
  return (
    signal.type === 'command-failed' &&
    signal.reason === 'gone' &&
    signal.leg === call.leg &&
    call.leg !== null
  )
}

/** The playback is over: it ended, could not be played, or its end was not, or may not have been, heard. */
function isOver(signal: CallSignal, playback: string): boolean {
  if (signal.type === 'prompt-finished') return signal.playback === playback
  if (signal.type === 'command-failed') return signal.command === 'play'
  return signal.type === 'deadline-passed' || signal.type === 'found-alive'
}

/** Without it the citizen hears nothing, not even the agent. */
function answerAgain(call: Call, at: Instant): CallStep {
  // One whom we called is not up because nobody has picked up.
  if (call.leg === null || isOurLeg(call.leg)) return step(call)
  return step(call, [
    noted(call, at, { kind: 'recovered', what: 'answer' }),
    pbx({ do: 'answer', call: call.id, leg: call.leg }),
  ])
}

function brokenOff(call: Call, playback: string, at: Instant): CallStep {
  const { state } = call
  if (!('playback' in state) || state.playback !== playback) return step(call)
  const deadlineAt = Math.min(state.deadlineAt, at + BROKEN_OFF_LIMIT_MS)
  return step({ ...call, state: { ...state, deadlineAt } })
}

/** A survey found legs where they should not be: a command was lost. */
function putRight(
  call: Call,
  { into, outOf }: Extract<CallSignal, { type: 'found-misplaced' }>,
  at: Instant,
): CallStep {
  return step({ ...call, movedAt: at }, [
    noted(call, at, { kind: 'recovered', what: 'bridge' }),
    ...outOf.flatMap(({ bridge, legs }) =>
      legs.map(leg => pbx({ do: 'unbridge', call: call.id, bridge, leg })),
    ),
    ...into.map(({ bridge, legs }) => pbx({ do: 'bridge', call: call.id, bridge, legs })),
  ])
}
