import type { AlarmKind } from '#database/types.ts'
import type { Instant } from '#kernel/time.ts'
import type { FloorView } from '../supervision/index.ts'

type FloorSeat = FloorView['seats'][number]
type FloorQueue = FloorView['queues'][number]

/** A share of calls in percent, and of how many; null without any. */
export interface Share {
  readonly percent: number | null
  readonly calls: number
}

/** What PostgreSQL counts. */
export interface AlarmFigures {
  readonly serviceLevel15: Share
  readonly serviceLevel30: Share
  readonly serviceLevelToday: Share
  readonly answerRate24: Share
  /** Calls that the one who sits there let ring out lately, by seat. */
  readonly noAnswers: ReadonlyMap<string, number>
}

/** What an alarm is about; null where it does not apply. `reason`: of a not-ready state, or why a seat is passed over. */
export interface About {
  readonly queue: string | null
  readonly seat: string | null
  readonly agentName: string | null
  readonly call: string | null
  readonly reason: string | null
}

/** One thing that has a limit, as it stands now. `since`: when it began, if the value is a time. */
export interface Measure {
  /** The same for as long as it is about the same. */
  readonly key: string
  readonly kind: AlarmKind
  readonly about: About
  readonly value: number
  readonly since: Instant | null
  /** Of how many calls a share is. */
  readonly calls?: number
}

export interface FloorNow {
  readonly at: Instant
  readonly view: FloorView
  /** Null until PostgreSQL has told them once. */
  readonly figures: AlarmFigures | null
  /** Since when a seat's caller has been on hold. */
  readonly holds: ReadonlyMap<string, Instant>
}

const NOBODY: About = { queue: null, seat: null, agentName: null, call: null, reason: null }

/** Conditions that carry no instant of their own: the seat is unreachable, the queue has no one. */
export function lastingConditions({ view }: FloorNow): readonly string[] {
  return [
    ...view.seats.filter(isPassedOver).map(seat => `not-offered.${seat.number}`),
    ...view.queues.filter(hasNobody).map(queue => `nobody-ready.${queue.id}`),
  ]
}

/** @param lasting since when each of the lasting conditions has been so */
export function measuresOf(now: FloorNow, lasting: ReadonlyMap<string, Instant>): readonly Measure[] {
  const { view, figures } = now
  return [
    ...view.queues.flatMap(queue => queueMeasures(queue, now, lasting)),
    ...view.seats.flatMap(seat => seatMeasures(seat, now, lasting)),
    ...(figures === null ? [] : shareMeasures(figures)),
  ]
}

/** On a break the machine may well be off. */
function isPassedOver(seat: FloorSeat): boolean {
  return seat.state !== 'not-ready' && seat.whyNotOffered.length > 0
}

function hasNobody(queue: FloorQueue): boolean {
  return queue.waiting > 0 && queue.readySeats === 0
}

function lasted(kind: AlarmKind, subject: string, about: About, at: Instant, since: Instant): Measure {
  return { key: `${kind}.${subject}`, kind, about, value: Math.max(0, at - since), since }
}

function queueMeasures(queue: FloorQueue, now: FloorNow, lasting: ReadonlyMap<string, Instant>): Measure[] {
  const { at, view } = now
  const about = { ...NOBODY, queue: queue.id }
  const shownAt = Date.parse(view.at)
  const nobodySince = lasting.get(`nobody-ready.${queue.id}`)
  return [
    ...queue.callers.map(({ callId, waitedMs }) =>
      lasted('caller-waits', callId, { ...about, call: callId }, at, shownAt - waitedMs),
    ),
    ...(queue.waiting === 0
      ? []
      : [lasted('longest-wait', queue.id, about, at, shownAt - queue.longestWaitMs), waiting(queue, about)]),
    ...(nobodySince === undefined ? [] : [lasted('nobody-ready', queue.id, about, at, nobodySince)]),
  ]
}

function waiting(queue: FloorQueue, about: About): Measure {
  const kind = 'callers-waiting'
  return { key: `${kind}.${queue.id}`, kind, about, value: queue.waiting, since: null }
}

function seatMeasures(seat: FloorSeat, now: FloorNow, lasting: ReadonlyMap<string, Instant>): Measure[] {
  const about = { ...NOBODY, seat: seat.number, agentName: seat.agentName, call: seat.call?.id ?? null }
  const since = Date.parse(seat.since)
  const found: Measure[] = []
  const add = (kind: AlarmKind, from: Instant | undefined, reason: string | null = null) => {
    if (from !== undefined) found.push(lasted(kind, seat.number, { ...about, reason }, now.at, from))
  }
  if (seat.state === 'talking' || seat.state === 'holding' || seat.state === 'consulting') {
    add('long-talk', Date.parse(seat.call?.since ?? seat.since))
    // By the desk, which is the seat's state, or by the phone's own key.
    add('long-hold', seat.state === 'holding' ? since : now.holds.get(seat.number))
  }
  if (seat.state === 'wrap-up') add('long-wrap-up', since)
  if (seat.state === 'not-ready') add('long-not-ready', since, seat.reason)
  add('not-offered', lasting.get(`not-offered.${seat.number}`), seat.whyNotOffered[0] ?? null)
  const rungOut = now.figures?.noAnswers.get(seat.number) ?? 0
  if (rungOut > 0) {
    const kind = 'no-answers'
    found.push({ key: `${kind}.${seat.number}`, kind, about, value: rungOut, since: null })
  }
  return found
}

function shareMeasures(figures: AlarmFigures): Measure[] {
  const shares = [
    ['service-level-15-min', figures.serviceLevel15],
    ['service-level-30-min', figures.serviceLevel30],
    ['service-level-today', figures.serviceLevelToday],
    ['answer-rate-24-h', figures.answerRate24],
  ] as const
  return shares.flatMap(([kind, { percent, calls }]) =>
    percent === null ? [] : [{ key: kind, kind, about: NOBODY, value: percent, since: null, calls }],
  )
}
