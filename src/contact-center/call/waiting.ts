import type { Instant } from '#kernel/time.ts'
import { type QueueOutlook, spokenOutlook } from '../queue/outlook.ts'
import { afterStep, dueStep, isAnnouncementDue, type QueuePlace } from '../queue/place.ts'
import { type EscalationStep, type QueueBook, rulesOf } from '../queue/queue-rules.ts'
import type { CallSignal } from '../signals.ts'
import type { Call, SeatLeg } from './call.ts'
import { announce } from './connecting.ts'
import { CALL_BACK_FAILED, callCitizen, notReached, RING_OUT_MS } from './dialling.ts'
import { end, refuse } from './ending.ts'
import { openCallBack } from './opening.ts'
import { backToQueue, enqueue, expiryOf, waitingCall } from './queueing.ts'
import { after, type CallStep, nextPlayback, noted, pbx, say, step } from './steps.ts'

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
