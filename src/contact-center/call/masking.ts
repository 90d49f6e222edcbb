import { asId, type LegId, type PlaybackId, type ShortNumber } from '#kernel/ids.ts'
import { type Instant, SECOND_MS } from '#kernel/time.ts'
import type {
  Effect,
  GoneCause,
  IvrMenu,
  MaskAnswer,
  MaskedRoute,
  MaskQuery,
  MaskRefusal,
  MaskSide,
} from '../events.ts'
import type { QueueBook } from '../queue/queue-rules.ts'
import type { CallSignal } from '../signals.ts'
import type { Call, CallState } from './call.ts'
import { dialNumber, RING_OUT_MS } from './dialling.ts'
import { end, refuse } from './ending.ts'
import { enqueue } from './queueing.ts'
import { after, type CallStep, nextPlayback, noted, PROMPT_LIMIT_MS, pbx, say, step } from './steps.ts'

/*
 * A masked call (虚拟短号通话): two telephones outside and no seat. Whoever begins it has the call's own leg.
 *
 *   short number dialled ──────────────────────────────────────────────┐
 *   access line ──▶ mask-keying ◀──▶ mask-asking ───────────────────────┼──▶ mask-ringing ──▶ masked ──▶ ending
 *   asked for on a page ──▶ mask-calling ───────────▶ mask-confirming ──┘         │ not reached
 *   12345, by a citizen with an open case                ▲      │                 ├──▶ refusing
 *     ──▶ mask-offering ── 1 ────────────────────────────┘      │ not any more    └──▶ the queue, for a citizen
 *              └── anything else ──▶ as any caller ◀────────────┘
 *
 * The binding is looked at as the second telephone is called: its end after that cuts nobody off.
 */

type StateOf<Name extends CallState['name']> = Extract<CallState, { readonly name: Name }>
type Newcomer = Omit<Call, 'state'>

/** How long the next key is waited for. */
const KEY_MS = 8 * SECOND_MS
/** How long a citizen may think about the offer once it has been said. */
const OFFER_MS = 3 * SECOND_MS
/** The book is in memory: its answer comes with the next event. */
const ANSWER_MS = 3 * SECOND_MS
const MOST_TRIES = 3
/** No short number of any carrier is longer. */
const MOST_DIGITS = 20
const PIN_DIGITS = 6

/** Puts a caller through, asks for more, or says why not. */
export function answerMask(call: Newcomer, answer: MaskAnswer, at: Instant): CallStep {
  switch (answer.answer) {
    case 'route':
      return connect(call, answer.route, at)
    case 'ask':
      return ask(call, answer.key, answer.short, 1, at)
    case 'refuse':
      return turnAway(call, answer, at)
  }
}

/** The handler asked for the citizen on a page: the handler's own telephone first. */
export function callFirstSide(call: Newcomer, route: MaskedRoute, first: string, at: Instant): CallStep {
  const dialled = dialNumber(call, { number: first, shows: route.shows, records: route.records })
  const state = { name: 'mask-calling', deadlineAt: at + RING_OUT_MS } as const
  return step({ ...dialled.call, leg: dialled.leg, mask: route, state }, [
    routed(call, route, at),
    noted(call, at, { kind: 'mask-dialled', side: route.from }),
    ...dialled.effects,
  ])
}

/** A citizen whose case is open may ask for the unit that handles it. */
export function offerUnit(call: Newcomer, route: MaskedRoute, menu: IvrMenu | null, at: Instant): CallStep {
  const playback = nextPlayback(call, 'mask-offer', at)
  const state = { name: 'mask-offering', route, menu, playback, deadlineAt: at + PROMPT_LIMIT_MS } as const
  return step({ ...call, state }, [
    noted(call, at, { kind: 'mask-offered' }),
    ...say(call, playback, ['mask-offer']),
  ])
}

/** @param takeOn what becomes of any other caller of the hotline */
export function transitionMasking(
  call: Call,
  signal: CallSignal,
  at: Instant,
  book: QueueBook,
  takeOn: (call: Newcomer, menu: IvrMenu | null) => CallStep,
): CallStep {
  const { state } = call
  switch (state.name) {
    case 'mask-keying':
      return transitionKeying(call, state, signal, at)
    case 'mask-asking':
      if (signal.type === 'mask-answered') return answered(call, state, signal.answer, at)
      return isTimeUp(signal) ? consult(call, state, at) : step(call)
    case 'mask-confirming':
      if (signal.type === 'mask-answered') return confirmed(call, state, signal.answer, at, takeOn)
      return isTimeUp(signal) ? confirm(call, state.route, state.menu, at) : step(call)
    case 'mask-offering':
      return transitionOffering(call, state, signal, at, takeOn)
    case 'mask-calling':
      if (signal.type === 'caller-answered' && call.mask !== null) return confirm(call, call.mask, null, at)
      return signal.type === 'deadline-passed' ? firstNotReached(call, 'no-answer', at) : step(call)
    case 'mask-ringing':
      return transitionRinging(call, state, signal, at, book)
    case 'masked':
      if (signal.type === 'outside-gone' && signal.leg === state.leg) {
        return end(call, at, { result: 'completed', reason: 'hung-up', by: 'third-party' })
      }
      if (signal.type !== 'deadline-passed') return step(call)
      return end(call, at, { result: 'completed', reason: 'mask-talk-limit', by: 'system' })
    default:
      return step(call)
  }
}

/** Whoever was to be called first did not pick up. */
export function firstNotReached(call: Call, cause: GoneCause, at: Instant): CallStep {
  const { id, leg, mask } = call
  const missed = noted(call, at, { kind: 'mask-not-reached', side: mask?.from ?? 'unit', cause })
  const stop = leg === null ? [] : [pbx({ do: 'hang-up', call: id, leg, cause: 'no-answer' } as const)]
  const ended = end({ ...call, leg: null }, at, {
    result: 'caller-side',
    reason: 'mask-not-reached',
    by: 'caller',
  })
  return after([missed, ...stop], ended)
}

function transitionKeying(
  call: Call,
  state: StateOf<'mask-keying'>,
  signal: CallSignal,
  at: Instant,
): CallStep {
  switch (signal.type) {
    case 'digit-pressed': {
      // Who knows what to key need not hear out what is asked.
      const stop = state.playback === null ? [] : silence(call, state.playback)
      // To begin anew is a try as well: whoever did so for ever would keep a line of the hotline.
      if (signal.digit === '*') return after(stop, askAgain(call, state, at))
      const digits = signal.digit === '#' ? state.digits : `${state.digits}${signal.digit}`
      const next = { ...state, digits, playback: null, deadlineAt: at + KEY_MS }
      const complete =
        signal.digit === '#' || digits.length >= (state.key === 'pin' ? PIN_DIGITS : MOST_DIGITS)
      return after(stop, complete ? keyed(call, next, at) : step({ ...call, state: next }))
    }
    case 'prompt-finished':
      if (signal.playback !== state.playback) return step(call)
      return step({ ...call, state: { ...state, playback: null, deadlineAt: at + KEY_MS } })
    default:
      return isTimeUp(signal) || isPlayFailure(signal) ? keyed(call, state, at) : step(call)
  }
}

/** Nothing keyed is asked for again, and not for ever. */
function keyed(call: Call, state: StateOf<'mask-keying'>, at: Instant): CallStep {
  const { key, digits, short, tries } = state
  if (digits === '') return askAgain(call, state, at)
  const asking: StateOf<'mask-asking'> =
    key === 'pin' && short !== null
      ? { name: 'mask-asking', short, pin: digits, tries, deadlineAt: at + ANSWER_MS }
      : {
          name: 'mask-asking',
          short: asId<ShortNumber>(digits),
          pin: null,
          tries,
          deadlineAt: at + ANSWER_MS,
        }
  return consult(call, asking, at)
}

function consult(call: Call, state: StateOf<'mask-asking'>, at: Instant): CallStep {
  const { short, pin } = state
  const query: MaskQuery = { call: call.id, caller: call.caller, short, pin, route: null }
  return step({ ...call, state: { ...state, deadlineAt: at + ANSWER_MS } }, [{ to: 'masking', query }])
}

/** Somebody has listened, or a telephone has rung, since the route was found: the binding may have ended. */
function confirm(call: Newcomer, route: MaskedRoute, menu: IvrMenu | null, at: Instant): CallStep {
  const query: MaskQuery = { call: call.id, caller: call.caller, short: route.short, pin: null, route }
  const state = { name: 'mask-confirming', route, menu, deadlineAt: at + ANSWER_MS } as const
  return step({ ...call, state }, [{ to: 'masking', query }])
}

function confirmed(
  call: Call,
  { route, menu }: StateOf<'mask-confirming'>,
  answer: MaskAnswer,
  at: Instant,
  takeOn: (call: Newcomer, menu: IvrMenu | null) => CallStep,
): CallStep {
  if (answer.answer === 'route') {
    return connect(call, { ...answer.route, staff: route.staff }, at, call.mask === null)
  }
  // A citizen who called the hotline is not sent away.
  if (call.line !== null) return takeOn(call, menu)
  return answer.answer === 'refuse' ? turnAway(call, answer, at) : step(call)
}

function answered(call: Call, state: StateOf<'mask-asking'>, answer: MaskAnswer, at: Instant): CallStep {
  const { short, tries } = state
  if (answer.answer === 'refuse' && answer.why === 'mask-wrong-pin' && tries < MOST_TRIES) {
    return ask(call, 'pin', short, tries + 1, at, ['mask-wrong-pin'])
  }
  if (answer.answer === 'ask') return ask(call, answer.key, answer.short ?? short, 1, at)
  return answerMask(call, answer, at)
}

function askAgain(call: Call, { key, short, tries }: StateOf<'mask-keying'>, at: Instant): CallStep {
  if (tries < MOST_TRIES) return ask(call, key, short, tries + 1, at)
  const why = key === 'pin' ? 'mask-wrong-pin' : 'mask-unbound'
  return turnAway(call, { why, binding: null, order: null }, at)
}

function ask(
  call: Newcomer,
  key: 'short-number' | 'pin',
  short: ShortNumber | null,
  tries: number,
  at: Instant,
  before: readonly MaskRefusal[] = [],
): CallStep {
  const playback = nextPlayback(call, 'mask-key', at)
  const deadlineAt = at + PROMPT_LIMIT_MS
  const state = { name: 'mask-keying', key, short, digits: '', tries, playback, deadlineAt } as const
  const asked = noted(call, at, { kind: 'mask-asked', key })
  return step({ ...call, state }, [asked, ...say(call, playback, [...before, `mask-key-${key}`])])
}

function transitionOffering(
  call: Call,
  state: StateOf<'mask-offering'>,
  signal: CallSignal,
  at: Instant,
  takeOn: (call: Newcomer, menu: IvrMenu | null) => CallStep,
): CallStep {
  const { route, menu, playback } = state
  switch (signal.type) {
    case 'digit-pressed':
      return after(
        silence(call, playback),
        signal.digit === '1' ? confirm(call, route, menu, at) : takeOn(call, menu),
      )
    case 'prompt-finished': {
      if (signal.playback !== playback) return step(call)
      const deadlineAt = Math.min(state.deadlineAt, at + OFFER_MS)
      return step({ ...call, state: { ...state, deadlineAt } })
    }
    default:
      return isTimeUp(signal) || isPlayFailure(signal) ? takeOn(call, menu) : step(call)
  }
}

/** The second telephone rings while the first hears what happens. */
function connect(call: Newcomer, route: MaskedRoute, at: Instant, isNew = true): CallStep {
  const { number, shows } = route
  const dialled = dialNumber(call, { number, shows, records: false })
  const playing = nextPlayback(call, 'mask-connecting', at)
  const deadlineAt = at + RING_OUT_MS
  const state = { name: 'mask-ringing', leg: dialled.leg, playing, deadlineAt } as const
  return step({ ...dialled.call, mask: route, state }, [
    ...(isNew ? [routed(call, route, at)] : []),
    noted(call, at, { kind: 'mask-dialled', side: otherSide(route) }),
    ...dialled.effects,
    ...say(call, playing, [route.from === 'unit' ? 'mask-calling-citizen' : 'mask-connecting']),
  ])
}

function transitionRinging(
  call: Call,
  state: StateOf<'mask-ringing'>,
  signal: CallSignal,
  at: Instant,
  book: QueueBook,
): CallStep {
  switch (signal.type) {
    case 'prompt-finished':
      return signal.playback === state.playing
        ? step({ ...call, state: { ...state, playing: null } })
        : step(call)
    case 'outside-answered': {
      if (signal.leg !== state.leg || call.mask === null) return step(call)
      const deadlineAt = at + call.mask.mostTalkMs
      const masked = { name: 'masked', leg: state.leg, since: at, deadlineAt } as const
      return step({ ...call, bridgedAt: call.bridgedAt ?? at, state: masked }, [
        ...silence(call, state.playing),
        noted(call, at, { kind: 'mask-connected' }),
      ])
    }
    case 'outside-gone':
      return signal.leg === state.leg ? notReached(call, state, signal.cause, at, book) : step(call)
    case 'deadline-passed':
      return notReached(call, state, 'no-answer', at, book)
    default:
      // Nothing is being said, or may have ended while nobody heard: the ringing tone will do.
      if (!isPlayFailure(signal) && signal.type !== 'found-alive') return step(call)
      return step({ ...call, state: { ...state, playing: null } })
  }
}

/** A citizen who called the hotline is not sent away: an agent is next. */
function notReached(
  call: Call,
  state: StateOf<'mask-ringing'>,
  cause: GoneCause,
  at: Instant,
  book: QueueBook,
): CallStep {
  const side = call.mask === null ? 'unit' : otherSide(call.mask)
  const said = [...silence(call, state.playing), noted(call, at, { kind: 'mask-not-reached', side, cause })]
  if (call.line === null)
    return after(said, refuse(call, cause === 'busy' ? 'mask-busy' : 'mask-not-reached', at))
  const waits = enqueue({ ...call, mask: null }, at, 'mask-not-reached', book)
  const playback = nextPlayback(call, 'transfer-failed', at)
  const place = waits.next?.place == null ? null : { ...waits.next.place, playing: playback }
  return after(said, {
    ...waits,
    next: waits.next === null ? null : { ...waits.next, place },
    effects: [...waits.effects, ...say(call, playback, ['transfer-failed'])],
  })
}

function turnAway(
  call: Newcomer,
  { why, binding, order }: Pick<Extract<MaskAnswer, { answer: 'refuse' }>, 'why' | 'binding' | 'order'>,
  at: Instant,
): CallStep {
  return after([noted(call, at, { kind: 'mask-refused', why, binding, order })], refuse(call, why, at))
}

function routed(call: Newcomer, route: MaskedRoute, at: Instant): Effect {
  const { binding, order, short, from, staff } = route
  return noted(call, at, { kind: 'mask-routed', binding, order, short, from, staff })
}

function otherSide({ from }: MaskedRoute): MaskSide {
  return from === 'unit' ? 'citizen' : 'unit'
}

/** The deadline passed, or may have passed while nobody heard. */
function isTimeUp({ type }: CallSignal): boolean {
  return type === 'deadline-passed' || type === 'found-alive'
}

function isPlayFailure(signal: CallSignal): boolean {
  return signal.type === 'command-failed' && signal.command === 'play'
}

/** A PBX lets a leg into a bridge only when its sentence is over. */
function silence(
  { id, leg }: { readonly id: Call['id']; readonly leg: LegId | null },
  playback: PlaybackId | null,
): Effect[] {
  return leg === null || playback === null ? [] : [pbx({ do: 'stop-play', call: id, leg, playback })]
}
