import { playbackId } from '#kernel/ids.ts'
import { maskPhoneNumber } from '#kernel/phone-number.ts'
import type { Instant } from '#kernel/time.ts'
import type { CallLine, CenterEventOf, Effect, IvrMenu, MaskedRoute, NewCall } from '../events.ts'
import type { CallBackPlan, QueueBook } from '../queue/queue-rules.ts'
import type { Call, SeatLeg } from './call.ts'
import { refuse } from './ending.ts'
import { answerMask, callFirstSide, offerUnit } from './masking.ts'
import { enterMenu } from './menu.ts'
import { enqueue, waitingCall } from './queueing.ts'
import { after, type CallStep, noted, PROMPT_LIMIT_MS, pbx, say, step, told } from './steps.ts'

type Newcomer = Omit<Call, 'state'>

/** What a call of any direction begins with. */
const BLANK = {
  place: null,
  answeredAt: null,
  bridgedAt: null,
  talk: { ms: 0, since: null },
  answeredBy: null,
  offers: 0,
  dials: 0,
  callBack: null,
  watch: null,
  mask: null,
} as const

/** What is known of a caller before anything is said. */
export type Reception = Pick<CenterEventOf<'call-arrived'>, 'refusal' | 'menu' | 'mask' | 'offer'>

/** Somebody called: greeted, sent straight to the queue, or told why we do not take the call. */
export function openCall(
  arrival: Pick<Call, 'id' | 'leg' | 'caller' | 'dialled' | 'line' | 'draft' | 'arrivedAt'>,
  { refusal, menu, mask = null, offer = null }: Reception,
  book: QueueBook,
): CallStep {
  const at = arrival.arrivedAt
  const direction = mask === null ? 'inbound' : 'masked'
  const call: Newcomer = { ...BLANK, ...arrival, direction, movedAt: at }
  const { leg } = call
  return after(
    [
      opened(call, null, null),
      noted(call, at, { kind: 'arrived', dialled: call.dialled, line: call.line?.number ?? null }),
      ...(leg === null ? [] : [pbx({ do: 'answer', call: call.id, leg })]),
    ],
    received(),
  )

  function received(): CallStep {
    if (mask !== null) return answerMask(call, mask, at)
    const why = call.line === null ? 'unknown-number' : refusal
    if (why !== null) return refuse(call, why, at)
    return offer === null ? takeOn(call, menu, at, book) : offerUnit(call, offer, menu, at)
  }
}

/** A handler asks for the citizen from a page. `first` is the handler's own telephone. */
export function openMasked(
  { call: id, draft }: NewCall,
  route: MaskedRoute,
  first: string,
  at: Instant,
): CallStep {
  const call: Newcomer = {
    ...BLANK,
    id,
    draft,
    direction: 'masked',
    leg: null,
    caller: first,
    dialled: route.short,
    line: null,
    arrivedAt: at,
    movedAt: at,
  }
  return after(
    [opened(call, null, null), noted(call, at, { kind: 'arrived', dialled: call.dialled, line: null })],
    callFirstSide(call, route, first, at),
  )
}

/** A caller of the hotline is greeted or hears the line's tree. */
export function takeOn(call: Newcomer, menu: IvrMenu | null, at: Instant, book: QueueBook): CallStep {
  if (menu !== null) return enterMenu(call, menu, at, book)
  if (call.line !== null && !call.line.greets) return enqueue(call, at, 'no-greeting', book)
  const playback = playbackId(call.id, 'greeting')
  const state = { name: 'greeting', playback, deadlineAt: at + PROMPT_LIMIT_MS } as const
  return step({ ...call, state }, say(call, playback, ['greeting']))
}

/** An agent calls a citizen: the agent's own phone rings first. */
export function openOutbound(
  { call: id, draft }: NewCall,
  number: string,
  line: CallLine,
  missedCall: number | null,
  to: SeatLeg,
  at: Instant,
): CallStep {
  const call: Call = {
    ...BLANK,
    id,
    draft,
    direction: 'outbound',
    leg: null,
    caller: number,
    dialled: line.number,
    line,
    arrivedAt: at,
    movedAt: at,
    offers: to.attempt,
    state: { name: 'offered', ring: [to], since: at },
  }
  return {
    ...step(call, [
      opened(call, null, missedCall),
      noted(call, at, { kind: 'arrived', dialled: call.dialled, line: line.number }),
      noted(call, at, { kind: 'offered', seat: to.seat, attempt: to.attempt }),
    ]),
    toSeat: [{ to, signal: { type: 'called', call: id, leg: to.leg, caller: number, purpose: 'dial' } }],
  }
}

/** The call-back keeps the place of the caller who asked for it. */
export function openCallBack(
  { call: id, draft }: NewCall,
  of: Call,
  plan: CallBackPlan,
  at: Instant,
  book: QueueBook,
): CallStep {
  if (of.place === null) return step(null)
  const call: Newcomer = {
    ...BLANK,
    id,
    draft,
    direction: 'call-back',
    leg: null,
    caller: of.caller,
    dialled: of.dialled,
    line: of.line,
    arrivedAt: at,
    movedAt: at,
    callBack: { ...plan, tried: 0 },
  }
  const place = { ...of.place, playing: null, callBackOffered: false }
  return step(waitingCall(call, place, at, book), [
    opened(call, of.id, null),
    noted(call, at, { kind: 'arrived', dialled: call.dialled, line: call.line?.number ?? null }),
    noted(call, at, { kind: 'queued', queue: place.queue, again: false, reason: 'call-back' }),
  ])
}

function opened(call: Newcomer, callBackOf: Call['id'] | null, missedCall: number | null): Effect {
  return told({
    fact: 'call-opened',
    call: {
      call: call.id,
      direction: call.direction,
      leg: call.leg,
      callBackOf,
      missedCall,
      // The binding knows both numbers; the record of the call need not.
      caller: call.direction === 'masked' ? maskPhoneNumber(call.caller) : call.caller,
      dialled: call.dialled,
      line: call.line,
      arrivedAt: call.arrivedAt,
    },
  })
}
