import { type AgentNumber, bridgeId, type LegId, type PlaybackId, playbackId } from '#kernel/ids.ts'
import { type Instant, SECOND_MS } from '#kernel/time.ts'
import type {
  CallNote,
  CallRefusal,
  CallResult,
  CallSummary,
  Effect,
  EndReason,
  Party,
  PbxCommand,
  Prompt,
} from '../events.ts'
import { afterStep, dueStep, nextStepAt, placeIn, type QueuePlace } from '../queue/place.ts'
import { type EscalationStep, type QueueBook, rulesOf } from '../queue/queue-rules.ts'
import type { CallSignal, SeatSignal } from '../signals.ts'
import type { Call, SeatLeg } from './call.ts'

export interface CallStep {
  /** Null: nothing of the call is left. */
  readonly next: Call | null
  readonly effects: readonly Effect[]
  /** To the seat that the call was with before or is with after this step. */
  readonly toSeat: readonly { readonly to: SeatLeg; readonly signal: SeatSignal }[]
}

/** A playback whose end was never heard is over after this long; the longest greeting is about 12 s. */
const PROMPT_LIMIT_MS = 30 * SECOND_MS
/** A prompt that broke off is mostly a caller who leaves: this long we wait to hear so. */
const BROKEN_OFF_LIMIT_MS = 500
const ANNOUNCEMENT_LIMIT_MS = 10 * SECOND_MS
/** Joining two live legs takes milliseconds; after this long it has failed. */
const JOIN_LIMIT_MS = 3 * SECOND_MS
/** A hang-up that was not confirmed is said again this often, this many times; then a survey finds the stray. */
const HANG_UP_RETRY_MS = 2 * SECOND_MS
const HANG_UP_TRIES = 15

/** A new call: greeted, sent straight to its queue, or told that the number is not in service. */
export function openCall(call: Omit<Call, 'state'>, refusal: CallRefusal | null, book: QueueBook): CallStep {
  const at = call.arrivedAt
  const why = call.line === null ? 'unknown-number' : refusal
  const opened: Effect[] = [
    {
      to: 'record',
      fact: {
        fact: 'call-opened',
        call: {
          call: call.id,
          leg: call.leg,
          caller: call.caller,
          dialled: call.dialled,
          line: call.line,
          arrivedAt: at,
        },
      },
    },
    noted(call, at, { kind: 'arrived', dialled: call.dialled, line: call.line?.number ?? null }),
    pbx({ do: 'answer', call: call.id, leg: call.leg }),
  ]
  const next = why === null ? takeOn(call, at, book) : refuse(call, why, at)
  return { ...next, effects: [...opened, ...next.effects] }
}

function takeOn(call: Omit<Call, 'state'>, at: Instant, book: QueueBook): CallStep {
  if (call.line !== null && !call.line.greets) return enqueue(call, at, 'no-greeting', book)
  const playback = playbackId(call.id, 'greeting')
  const state = { name: 'greeting', playback, deadlineAt: at + PROMPT_LIMIT_MS } as const
  return step({ ...call, state }, [
    pbx({ do: 'play', call: call.id, leg: call.leg, playback, prompts: ['greeting'] }),
  ])
}

/** Told a sentence, then let go; the call is kept all the same. */
function refuse(call: Omit<Call, 'state'>, why: CallRefusal, at: Instant): CallStep {
  const playback = playbackId(call.id, 'refusal')
  const state = { name: 'refusing', why, playback, deadlineAt: at + PROMPT_LIMIT_MS } as const
  return step({ ...call, state }, [
    pbx({ do: 'play', call: call.id, leg: call.leg, playback, prompts: [REFUSALS[why].prompt] }),
  ])
}

const REFUSALS: Record<CallRefusal, { readonly prompt: Prompt; readonly result: CallResult }> = {
  'unknown-number': { prompt: 'number-not-in-service', result: 'caller-side' },
  'blocked-number': { prompt: 'number-blocked', result: 'caller-side' },
  'closed-hours': { prompt: 'line-closed', result: 'caller-side' },
  // A city that cannot take a call has failed the caller, whatever the reason.
  'queue-full': { prompt: 'all-lines-busy', result: 'our-fault' },
}

/** Late, lost and doubled signals are normal in telephony: what does not fit the state changes nothing. */
export function transitionCall(call: Call, signal: CallSignal, at: Instant, book: QueueBook): CallStep {
  const { state } = call
  if (state.name === 'ending') return transitionEnding(call, signal, at)
  if (signal.type === 'caller-gone') return callerGone(call, at, signal.blame)
  if (isCallerGoneFailure(call, signal)) return callerGone(call, at, 'caller')
  if (signal.type === 'found-unanswered') return answerAgain(call, at)
  if (signal.type === 'prompt-finished' && !signal.played) return brokenOff(call, signal.playback, at)

  switch (state.name) {
    case 'refusing':
      if (!isOver(signal, state.playback)) return step(call)
      return end(call, at, { result: REFUSALS[state.why].result, reason: state.why, by: 'system' })

    case 'greeting': {
      if (!isOver(signal, state.playback)) return step(call)
      const queued = enqueue(call, at, 'greeted', book)
      return { ...queued, effects: [noted(call, at, { kind: 'greeted' }), ...queued.effects] }
    }

    case 'queued':
      if (signal.type === 'offered') {
        const offers = call.offers + 1
        return step({ ...call, offers, state: { name: 'offered', to: signal.to, since: at } }, [
          noted(call, at, { kind: 'offered', seat: signal.to.seat, attempt: offers }),
        ])
      }
      if (signal.type === 'deadline-passed') return escalate(call, at, book)
      if (signal.type === 'queue-found-full') return refuse(call, 'queue-full', at)
      if (signal.type === 'queues-configured' && call.place !== null) {
        return step(waitingCall(call, call.place, state.since, book))
      }
      if (signal.type === 'found-alive' || isAnnouncementOver(call, signal)) return resumeMusic(call)
      return step(call)

    case 'offered':
      if (isAnnouncementOver(call, signal)) return resumeMusic(call)
      if (signal.type === 'seat-popped') {
        return step(call, [noted(call, at, { kind: 'popped', seat: state.to.seat })])
      }
      if (signal.type === 'seat-ringing') {
        return step(call, [noted(call, at, { kind: 'ringing', seat: state.to.seat })])
      }
      if (signal.type === 'seat-answered' && signal.leg === state.to.leg) {
        return announce(call, state.to, signal.agent, at)
      }
      if (signal.type === 'seat-gone' && signal.leg === state.to.leg) {
        return requeue(call, state.to, at, signal.reason, book)
      }
      return step(call)

    case 'announcing':
      if (isOver(signal, state.playback)) {
        const joined = join(call, state.to, at)
        if (signal.type !== 'found-alive') return joined
        // The command to stop it may be among those that were lost.
        return {
          ...joined,
          effects: [pbx({ do: 'stop-music', call: call.id, leg: call.leg }), ...joined.effects],
        }
      }
      if (signal.type === 'seat-gone' && signal.leg === state.to.leg) {
        return requeue(call, state.to, at, signal.reason, book)
      }
      if (signal.type === 'hang-up-requested') return dropSeat(call, state.to, at, book)
      return step(call)

    case 'joining': {
      if (signal.type === 'leg-bridged') {
        const callerIn = state.callerIn || signal.leg === call.leg
        const seatIn = state.seatIn || signal.leg === state.to.leg
        if (!callerIn || !seatIn) return step({ ...call, state: { ...state, callerIn, seatIn } })
        return step({ ...call, bridgedAt: at, state: { name: 'talking', to: state.to, since: at } }, [
          noted(call, at, { kind: 'bridged', seat: state.to.seat }),
        ])
      }
      if (signal.type === 'seat-gone' && signal.leg === state.to.leg) {
        return withoutBridge(call, requeue(call, state.to, at, signal.reason, book))
      }
      const failed = signal.type === 'command-failed' && signal.command === 'bridge'
      if (failed || signal.type === 'deadline-passed' || signal.type === 'hang-up-requested') {
        return withoutBridge(call, dropSeat(call, state.to, at, book))
      }
      return step(call)
    }

    case 'talking':
      switch (signal.type) {
        case 'seat-gone':
          if (signal.leg !== state.to.leg) return step(call)
          return end(call, at, { result: 'completed', reason: 'hung-up', by: 'agent' })
        case 'hang-up-requested':
          return end(call, at, { result: 'completed', reason: 'hung-up', by: 'agent' })
        case 'leg-held':
        case 'leg-unheld': {
          const by: Party = signal.leg === call.leg ? 'caller' : 'agent'
          return step(call, [noted(call, at, { kind: signal.type === 'leg-held' ? 'held' : 'unheld', by })])
        }
        case 'found-unbridged':
          return step(call, [
            noted(call, at, { kind: 'recovered', what: 'bridge' }),
            pbx({ do: 'bridge', call: call.id, bridge: bridgeId(call.id), legs: [call.leg, state.to.leg] }),
          ])
        default:
          return step(call)
      }
  }
}

function transitionEnding(call: Call, signal: CallSignal, at: Instant): CallStep {
  const { state } = call
  if (state.name !== 'ending') return step(call)
  if (signal.type === 'caller-gone' || isCallerGoneFailure(call, signal)) return step(null)
  if (signal.type === 'deadline-passed' || signal.type === 'found-alive') {
    if (state.tries >= HANG_UP_TRIES) return step(null)
    const next = { ...state, tries: state.tries + 1, deadlineAt: at + HANG_UP_RETRY_MS }
    return step({ ...call, state: next }, [hangUp(call)])
  }
  return step(call)
}

/** A command to the caller's leg that found it gone tells the same as the event, and sometimes sooner. */
function isCallerGoneFailure(call: Call, signal: CallSignal): boolean {
  return signal.type === 'command-failed' && signal.reason === 'gone' && signal.leg === call.leg
}

/** The playback is over: it ended, could not be played, or its end was not, or may not have been, heard. */
function isOver(signal: CallSignal, playback: PlaybackId): boolean {
  if (signal.type === 'prompt-finished') return signal.playback === playback
  if (signal.type === 'command-failed') return signal.command === 'play'
  return signal.type === 'deadline-passed' || signal.type === 'found-alive'
}

/** Without it the citizen hears nothing, not even the agent. */
function answerAgain(call: Call, at: Instant): CallStep {
  return step(call, [
    noted(call, at, { kind: 'recovered', what: 'answer' }),
    pbx({ do: 'answer', call: call.id, leg: call.leg }),
  ])
}

function brokenOff(call: Call, playback: PlaybackId, at: Instant): CallStep {
  const { state } = call
  if (!('playback' in state) || state.playback !== playback) return step(call)
  const deadlineAt = Math.min(state.deadlineAt, at + BROKEN_OFF_LIMIT_MS)
  return step({ ...call, state: { ...state, deadlineAt } })
}

function enqueue(call: Omit<Call, 'state'>, at: Instant, reason: string, book: QueueBook): CallStep {
  if (call.line === null) throw new Error('a call without a line has no queue')
  const again = call.place !== null
  const place = call.place ?? placeIn(call.line.queue, at, at)
  return step(waitingCall(call, place, at, book), [
    noted(call, at, { kind: 'queued', queue: place.queue, again, reason }),
    pbx({ do: 'start-music', call: call.id, leg: call.leg }),
  ])
}

function waitingCall(call: Omit<Call, 'state'>, place: QueuePlace, since: Instant, book: QueueBook): Call {
  const deadlineAt = nextStepAt(place, rulesOf(book, place.queue))
  return { ...call, place, state: { name: 'queued', since, deadlineAt } }
}

/** Takes the step that is due; when several are, the deadline of the next has passed too and it comes at once. */
function escalate(call: Call, at: Instant, book: QueueBook): CallStep {
  const { place, state } = call
  if (place === null || state.name !== 'queued') return step(call)
  const due = dueStep(place, rulesOf(book, place.queue), at)
  // The queue was configured anew meanwhile: its own next step counts.
  if (due === null) return step(waitingCall(call, place, state.since, book))
  const effects = [
    noted(call, at, {
      kind: 'escalated',
      queue: place.queue,
      step: due.do,
      afterMs: due.afterMs,
      detail: detailOf(due),
    }),
  ]
  let after = afterStep(place, due, at)
  if (due.do === 'play') {
    const playback = playbackId(call.id, `wait-${place.queue}-${place.stepsTaken}`)
    after = { ...after, playing: playback }
    effects.push(pbx({ do: 'play', call: call.id, leg: call.leg, playback, prompts: [due.prompt] }))
  }
  return step(waitingCall(call, after, state.since, book), effects)
}

function detailOf(step: EscalationStep): string {
  switch (step.do) {
    case 'lower-levels':
    case 'raise-priority':
      return String(step.by)
    case 'add-queue':
    case 'overflow':
      return step.queue
    case 'play':
      return step.prompt
  }
}

/** Asterisk does not go back to its music by itself. */
function isAnnouncementOver({ place }: Call, signal: CallSignal): boolean {
  return signal.type === 'prompt-finished' && place !== null && signal.playback === place.playing
}

function resumeMusic(call: Call): CallStep {
  const place = call.place === null ? null : { ...call.place, playing: null }
  return step({ ...call, place }, [pbx({ do: 'start-music', call: call.id, leg: call.leg })])
}

/** Back to the head: the queue is ordered by when the caller first stood in it. */
function requeue(call: Call, to: SeatLeg, at: Instant, reason: string, book: QueueBook): CallStep {
  const queued = enqueue({ ...call, answeredAt: null, answeredBy: null }, at, reason, book)
  return {
    ...queued,
    effects: [noted(call, at, { kind: 'not-answered', seat: to.seat, reason }), ...queued.effects],
  }
}

/** The seat answered but the two were never connected: the seat is let go and the caller keeps the place. */
function dropSeat(call: Call, to: SeatLeg, at: Instant, book: QueueBook): CallStep {
  const queued = requeue(call, to, at, 'not-connected', book)
  return { ...queued, toSeat: [{ to, signal: { type: 'call-over', call: call.id } }] }
}

function withoutBridge(call: Call, to: CallStep): CallStep {
  const destroy = pbx({ do: 'destroy-bridge', call: call.id, bridge: bridgeId(call.id) })
  return { ...to, effects: [destroy, ...to.effects] }
}

function announce(call: Call, to: SeatLeg, agent: AgentNumber, at: Instant): CallStep {
  if (call.line === null) return step(call)
  const playback = playbackId(call.id, `announcement-${call.offers}`)
  const digits = [...agent].map((digit): Prompt => `digit-${Number(digit)}`)
  const prompts: Prompt[] = ['agent-number', ...digits, 'serves-you']
  const next: Call = {
    ...call,
    answeredAt: at,
    answeredBy: { seat: to.seat, staff: to.staff },
    state: { name: 'announcing', to, playback, deadlineAt: at + ANNOUNCEMENT_LIMIT_MS },
  }
  const answer = { seat: to.seat, staff: to.staff, draft: call.draft, caller: call.caller, line: call.line }
  return step(next, [
    noted(call, at, { kind: 'answered', seat: to.seat }),
    { to: 'record', fact: { fact: 'call-answered', call: call.id, at, answer } },
    pbx({ do: 'stop-music', call: call.id, leg: call.leg }),
    pbx({ do: 'play', call: call.id, leg: call.leg, playback, prompts }),
  ])
}

function join(call: Call, to: SeatLeg, at: Instant): CallStep {
  const deadlineAt = at + JOIN_LIMIT_MS
  return step({ ...call, state: { name: 'joining', to, callerIn: false, seatIn: false, deadlineAt } }, [
    pbx({ do: 'bridge', call: call.id, bridge: bridgeId(call.id), legs: [call.leg, to.leg] }),
  ])
}

function callerGone(call: Call, at: Instant, blame: 'caller' | 'pbx'): CallStep {
  const termination: Termination =
    blame === 'pbx'
      ? { result: 'our-fault', reason: 'pbx-lost', by: 'system' }
      : { ...callerLeft(call), by: 'caller' }
  const ended = end(call, at, termination)
  return { ...ended, next: null, effects: ended.effects.filter(effect => !isHangUpOf(effect, call.leg)) }
}

interface Termination {
  readonly result: CallResult
  readonly reason: EndReason
  readonly by: Party
}

function callerLeft({ state }: Call): { result: CallResult; reason: EndReason } {
  if (state.name === 'refusing') return { result: REFUSALS[state.why].result, reason: state.why }
  return CALLER_LEFT[state.name]
}

/** What a caller's leaving means, by where the call was. */
const CALLER_LEFT: Record<
  Exclude<Call['state']['name'], 'refusing'>,
  { result: CallResult; reason: EndReason }
> = {
  greeting: { result: 'caller-side', reason: 'left-in-greeting' },
  queued: { result: 'abandoned', reason: 'left-in-queue' },
  offered: { result: 'abandoned', reason: 'left-while-ringing' },
  announcing: { result: 'caller-side', reason: 'left-before-bridge' },
  joining: { result: 'caller-side', reason: 'left-before-bridge' },
  talking: { result: 'completed', reason: 'hung-up' },
  ending: { result: 'completed', reason: 'hung-up' },
}

/** The one place where a call ends: summary and last note come from the same values. */
function end(call: Call, at: Instant, { result, reason, by }: Termination): CallStep {
  const { state } = call
  const to = 'to' in state ? state.to : null
  const summary: CallSummary = {
    call: call.id,
    arrivedAt: call.arrivedAt,
    queuedAt: call.place?.since ?? null,
    answeredAt: call.answeredAt,
    bridgedAt: call.bridgedAt,
    endedAt: at,
    seat: call.answeredBy?.seat ?? null,
    staff: call.answeredBy?.staff ?? null,
    offers: call.offers,
    result,
    reason,
    endedBy: by,
  }
  const effects: Effect[] = [hangUp(call, reason === 'unknown-number' ? 'unallocated' : 'normal')]
  if (state.name === 'joining' || state.name === 'talking') {
    effects.push(pbx({ do: 'destroy-bridge', call: call.id, bridge: bridgeId(call.id) }))
  }
  effects.push(noted(call, at, { kind: 'ended', result, reason, by }))
  effects.push({ to: 'record', fact: { fact: 'call-closed', call: summary } })
  const next: Call = {
    ...call,
    state: { name: 'ending', summary, deadlineAt: at + HANG_UP_RETRY_MS, tries: 1 },
  }
  const toSeat = to === null ? [] : [{ to, signal: { type: 'call-over', call: call.id } as const }]
  return { next, effects, toSeat }
}

function isHangUpOf(effect: Effect, leg: LegId): boolean {
  return effect.to === 'pbx' && effect.command.do === 'hang-up' && effect.command.leg === leg
}

function hangUp(call: Call, cause: 'normal' | 'unallocated' = 'normal'): Effect {
  return pbx({ do: 'hang-up', call: call.id, leg: call.leg, cause })
}

function pbx(command: PbxCommand): Effect {
  return { to: 'pbx', command }
}

function noted(call: Pick<Call, 'id'>, at: Instant, note: CallNote): Effect {
  return { to: 'record', fact: { fact: 'call-noted', call: call.id, at, note } }
}

function step(next: Call | null, effects: readonly Effect[] = []): CallStep {
  return { next, effects, toSeat: [] }
}
