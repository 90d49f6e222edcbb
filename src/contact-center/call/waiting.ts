import { outsideLegId } from '#kernel/ids.ts'
import { type Instant, SECOND_MS } from '#kernel/time.ts'
import type { GoneCause } from '../events.ts'
import { type QueueOutlook, spokenOutlook } from '../queue/outlook.ts'
import { afterStep, dueStep, isAnnouncementDue, nextDueAt, placeIn, type QueuePlace } from '../queue/place.ts'
import { type EscalationStep, type QueueBook, rulesOf } from '../queue/queue-rules.ts'
import type { CallSignal } from '../signals.ts'
import type { Call, SeatLeg } from './call.ts'
import { announce } from './connecting.ts'
import { end } from './ending.ts'
import { openCallBack, refuse } from './opening.ts'
import { after, type CallStep, nextPlayback, noted, pbx, say, step } from './steps.ts'

/** How long a citizen's telephone rings when we call; a mailbox of the carrier's answers later. */
export const RING_OUT_MS = 45 * SECOND_MS
/** The PBX's own give-up comes after ours. */
const PBX_GIVE_UP_LATER_MS = 5 * SECOND_MS

/** In the queue, on the way back to it, or while seats ring. */
export function transitionWaiting(call: Call, signal: CallSignal, at: Instant, book: QueueBook): CallStep {
  const { state } = call
  switch (state.name) {
    case 'queued':
      return transitionQueued(call, state.since, signal, at, book)
    case 'offered':
      return transitionOffered(call, state.ring, signal, at, book)
    case 'recalling':
      // Called before any seat was: whoever is free next has this citizen waiting at the head.
      if (signal.type === 'caller-answered') {
        const greeted = enqueue(call, at, 'citizen-answered', book)
        const playback = nextPlayback(call, 'call-back', at)
        const place = call.place === null ? null : { ...call.place, playing: playback }
        return after([noted(call, at, { kind: 'citizen-answered' })], {
          ...greeted,
          next: greeted.next === null ? null : { ...greeted.next, place },
          effects: [...greeted.effects, ...say(call, playback, ['call-back-greeting'])],
        })
      }
      return signal.type === 'deadline-passed' ? notReached(call, 'no-answer', at) : step(call)
    case 'resting':
      return signal.type === 'deadline-passed' ? enqueue(call, at, 'call-back', book) : step(call)
    default:
      return step(call)
  }
}

function transitionQueued(
  call: Call,
  since: Instant,
  signal: CallSignal,
  at: Instant,
  book: QueueBook,
): CallStep {
  switch (signal.type) {
    case 'offered':
      return offer(call, signal.ring, at)
    case 'turn-came':
      if (call.leg !== null) return step(call)
      return callCitizen(call, at, { name: 'recalling', deadlineAt: at + RING_OUT_MS })
    case 'deadline-passed':
      return whenDue(call, since, signal.outlook, at, book)
    case 'digit-pressed': {
      const plan = call.place === null ? null : rulesOf(book, call.place.queue).callBack
      const isOffered = call.place?.callBackOffered === true && canCallBack(call)
      if (signal.digit !== '1' || !isOffered || plan === null) return step(call)
      return {
        ...after(
          [noted(call, at, { kind: 'call-back-booked', call: signal.callBack.call })],
          refuse(call, 'call-back-booked', at),
        ),
        opens: openCallBack(signal.callBack, call, plan, at, book),
      }
    }
    case 'queue-found-full':
      return call.leg === null ? step(call) : refuse(call, 'queue-full', at)
    case 'queue-found-unstaffed':
      return call.leg === null ? step(call) : refuse(call, 'nobody-on-duty', at)
    case 'queues-configured':
      return call.place === null ? step(call) : step(waitingCall(call, call.place, since, book))
    default:
      if (signal.type === 'found-alive' || isAnnouncementOver(call, signal)) return resumeMusic(call)
      return step(call)
  }
}

function offer(call: Call, ring: readonly SeatLeg[], at: Instant): CallStep {
  const offers = call.offers + ring.length
  const { id, caller } = call
  return {
    ...step(
      { ...call, offers, state: { name: 'offered', ring, since: at } },
      ring.map(({ seat, attempt }) => noted(call, at, { kind: 'offered', seat, attempt })),
    ),
    toSeat: ring.map(to => ({
      to,
      signal: { type: 'offered', call: id, leg: to.leg, caller, purpose: 'call' } as const,
    })),
  }
}

function transitionOffered(
  call: Call,
  ring: readonly SeatLeg[],
  signal: CallSignal,
  at: Instant,
  book: QueueBook,
): CallStep {
  if (isAnnouncementOver(call, signal)) return resumeMusic(call)
  if (!('leg' in signal)) return step(call)
  const to = ring.find(({ leg }) => leg === signal.leg)
  if (to === undefined) return step(call)
  switch (signal.type) {
    case 'seat-popped':
      return step(call, [noted(call, at, { kind: 'popped', seat: to.seat })])
    case 'seat-ringing':
      return step(call, [noted(call, at, { kind: 'ringing', seat: to.seat })])
    case 'seat-answered':
      return answered(
        call,
        to,
        ring.filter(other => other !== to),
        signal.agent,
        at,
      )
    case 'seat-gone': {
      const others = ring.filter(other => other !== to)
      const missed = noted(call, at, { kind: 'not-answered', seat: to.seat, reason: signal.reason })
      if (others.length > 0) {
        return step({ ...call, state: { name: 'offered', ring: others, since: at } }, [missed])
      }
      return after([missed], backToQueue(call, at, signal.reason, book))
    }
    default:
      return step(call)
  }
}

function answered(
  call: Call,
  to: SeatLeg,
  others: readonly SeatLeg[],
  agent: Parameters<typeof announce>[3],
  at: Instant,
): CallStep {
  if (call.leg !== null) return announce(call, to, others, agent, at)
  // The agent's phone is picked up, and the citizen is called now.
  return after(
    [noted(call, at, { kind: 'answered', seat: to.seat })],
    callCitizen(call, at, { name: 'dialling', to, deadlineAt: at + RING_OUT_MS }),
  )
}

function callCitizen(call: Call, at: Instant, state: Call['state']): CallStep {
  const dials = call.dials + 1
  const leg = outsideLegId(call.id, dials)
  const callBack = call.callBack === null ? null : { ...call.callBack, tried: call.callBack.tried + 1 }
  return step({ ...call, leg, dials, callBack, state }, [
    noted(call, at, { kind: 'dialled', attempt: dials }),
    pbx({
      do: 'dial-out',
      call: call.id,
      leg,
      number: call.caller,
      shows: call.dialled,
      records: true,
      giveUpAfterMs: RING_OUT_MS + PBX_GIVE_UP_LATER_MS,
    }),
  ])
}

const CALL_BACK_FAILED = { result: 'abandoned', reason: 'call-back-failed', by: 'system' } as const

/** The citizen did not pick up: tried again later where a plan says so, and not for ever. */
export function notReached(call: Call, cause: GoneCause, at: Instant): CallStep {
  const { callBack, leg, id } = call
  const missed = noted(call, at, { kind: 'not-reached', attempt: call.dials, cause })
  // It may ring on when it was we who gave up.
  const stop = leg === null ? [] : [pbx({ do: 'hang-up', call: id, leg, cause: 'no-answer' } as const)]
  const away = { ...call, leg: null }
  if (callBack === null) {
    return after(
      [missed, ...stop],
      end(away, at, { result: 'caller-side', reason: 'not-reached', by: 'caller' }),
    )
  }
  if (callBack.tried >= callBack.tries) {
    return after([missed, ...stop], end(away, at, CALL_BACK_FAILED))
  }
  return step({ ...away, state: { name: 'resting', deadlineAt: at + callBack.retryAfterMs } }, [
    missed,
    ...stop,
  ])
}

/** At the end of the line where it began, or in another queue. */
export function enqueue(
  call: Omit<Call, 'state'>,
  at: Instant,
  reason: string,
  book: QueueBook,
  queue: QueuePlace['queue'] | null = null,
): CallStep {
  const asked = queue ?? call.place?.queue ?? call.line?.queue
  if (asked === undefined) throw new Error('a call without a line has no queue')
  const again = call.place !== null
  const place = call.place?.queue === asked ? call.place : placeIn(asked, call.place?.since ?? at, at)
  return step(waitingCall(call, place, at, book), [
    noted(call, at, { kind: 'queued', queue: asked, again, reason }),
  ])
}

export function waitingCall(
  call: Omit<Call, 'state'>,
  place: QueuePlace,
  since: Instant,
  book: QueueBook,
): Call {
  const due = nextDueAt(place, rulesOf(book, place.queue))
  const expiry = expiryOf(call)
  const deadlineAt = due === null || expiry === null ? (due ?? expiry) : Math.min(due, expiry)
  return { ...call, place, state: { name: 'queued', since, deadlineAt } }
}

/** When a call-back that waits for its turn has waited too long; null for who waits on the line. */
function expiryOf({
  callBack,
  leg,
  arrivedAt,
}: Pick<Call, 'callBack' | 'leg' | 'arrivedAt'>): Instant | null {
  return callBack === null || leg !== null ? null : arrivedAt + callBack.withinMs
}

/** Back to the head: the queue is ordered by when the caller first stood in it. */
export function backToQueue(call: Call, at: Instant, reason: string, book: QueueBook): CallStep {
  if (call.direction === 'outbound') {
    return end(call, at, { result: 'caller-side', reason: 'not-dialled', by: 'agent' })
  }
  return enqueue(call, at, reason, book)
}

/** One thing at a time; when more is due, its deadline has passed too and it comes at once. */
function whenDue(
  call: Call,
  since: Instant,
  outlook: QueueOutlook | null,
  at: Instant,
  book: QueueBook,
): CallStep {
  const { place } = call
  if (place === null) return step(call)
  const expiry = expiryOf(call)
  if (expiry !== null && expiry <= at) return end(call, at, CALL_BACK_FAILED)
  const rules = rulesOf(book, place.queue)
  const due = dueStep(place, rules, at)
  if (due !== null) return escalate(call, place, due, since, at, book)
  // The queue may have been configured anew meanwhile: then its own next step counts.
  if (!isAnnouncementDue(place, rules, at)) return step(waitingCall(call, place, since, book))
  const told = { ...place, announcedAt: at }
  if (outlook === null || call.leg === null) return step(waitingCall(call, told, since, book))
  const playback = nextPlayback(call, 'position', at)
  return step(waitingCall(call, { ...told, playing: playback }, since, book), [
    noted(call, at, { kind: 'position-told', ...outlook }),
    ...say(call, playback, spokenOutlook(outlook)),
  ])
}

function escalate(
  call: Call,
  place: QueuePlace,
  due: EscalationStep,
  since: Instant,
  at: Instant,
  book: QueueBook,
): CallStep {
  const taken = noted(call, at, {
    kind: 'escalated',
    queue: place.queue,
    step: due.do,
    afterMs: due.afterMs,
    detail: detailOf(due),
  })
  const next = afterStep(place, due, at)
  const prompt =
    due.do === 'play'
      ? due.prompt
      : due.do === 'offer-call-back' && canCallBack(call)
        ? 'offer-call-back'
        : null
  if (prompt === null || call.leg === null) return step(waitingCall(call, next, since, book), [taken])
  const playback = nextPlayback(call, 'wait', at)
  return step(waitingCall(call, { ...next, playing: playback }, since, book), [
    taken,
    ...(due.do === 'offer-call-back' ? [noted(call, at, { kind: 'call-back-offered' })] : []),
    ...say(call, playback, [prompt]),
  ])
}

/** Who withheld the number cannot be called. */
function canCallBack({ caller }: Call): boolean {
  return caller !== ''
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
    case 'offer-call-back':
      return ''
  }
}

/** Asterisk does not go back to its music by itself. */
function isAnnouncementOver({ place }: Call, signal: CallSignal): boolean {
  return signal.type === 'prompt-finished' && place !== null && signal.playback === place.playing
}

function resumeMusic(call: Call): CallStep {
  const place = call.place === null ? null : { ...call.place, playing: null }
  const { leg, id } = call
  return step({ ...call, place }, leg === null ? [] : [pbx({ do: 'start-music', call: id, leg })])
}
