import type { CallId, QueueId, SeatNumber } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'
import type { Call } from '../call/call.ts'
import { isOfferable, type Seat } from '../seat/seat.ts'
import { priorityOf, type QueuePlace } from './place.ts'
import { type QueueBook, type QueueRules, rulesOf, type SkillNeed, type Strategy } from './queue-rules.ts'

/** Whether this seat's agent may be offered a caller who stands here. */
export function mayServe(seat: Seat, place: QueuePlace, book: QueueBook): boolean {
  return isOfferable(seat) && canServe(seat, place, book)
}

/** Whether this seat's agent can, once free, be offered a caller who stands here. */
export function canServe(seat: Seat, place: QueuePlace, book: QueueBook): boolean {
  if (meets(seat, rulesOf(book, place.queue).needs, place.lowered)) return true
  return place.also.some(queue => meets(seat, rulesOf(book, queue).needs, place.lowered))
}

function meets(seat: Seat, needs: readonly SkillNeed[], lowered: number): boolean {
  const skills = seat.agent?.skills ?? {}
  // Lowered to nothing a skill is still a skill: level 1 is the least that counts.
  return needs.every(({ skill, level }) => (skills[skill] ?? 0) >= Math.max(1, level - lowered))
}

/** A phone more would make it no sooner, and each costs the PBX a leg. */
const MOST_RINGING = 30

/**
 * The seats that the queue's strategy gives the caller: one, or all of them; none when no ready seat may serve.
 * @param lastOffered the seat that this queue offered a call last, for rr-memory
 */
export function pickSeats(
  call: Call,
  place: QueuePlace,
  book: QueueBook,
  seats: Iterable<Seat>,
  lastOffered: SeatNumber | null,
): readonly Seat[] {
  const { strategy } = rulesOf(book, place.queue)
  if (strategy === 'ring-all') {
    const all = new Map(
      [...seats].filter(seat => mayServe(seat, place, book)).map(seat => [seat.number, seat]),
    )
    return [...all.values()].toSorted(byIdleTime).slice(0, MOST_RINGING)
  }
  const seat = pickSeat(strategy, call, place, book, seats, lastOffered)
  return seat === null ? [] : [seat]
}

function byIdleTime(a: Seat, b: Seat): number {
  return idleSince(a) - idleSince(b) || Number(a.number) - Number(b.number)
}

function pickSeat(
  strategy: Exclude<Strategy, 'ring-all'>,
  call: Call,
  place: QueuePlace,
  book: QueueBook,
  seats: Iterable<Seat>,
  lastOffered: SeatNumber | null,
): Seat | null {
  let best: Seat | null = null
  let bestRank = Number.POSITIVE_INFINITY
  for (const seat of seats) {
    if (!mayServe(seat, place, book)) continue
    const rank = RANKS[strategy](seat, call, lastOffered)
    if (rank < bestRank || (rank === bestRank && best !== null && seat.number < best.number)) {
      best = seat
      bestRank = rank
    }
  }
  return best
}

type Rank = (seat: Seat, call: Call, lastOffered: SeatNumber | null) => number

/** The seat with the lowest rank is offered the call; the lower number on a tie. */
const RANKS: Record<Exclude<Strategy, 'ring-all'>, Rank> = {
  'longest-idle': idleSince,
  'least-recent': ({ lastAnsweredAt }) => lastAnsweredAt ?? 0,
  'fewest-calls': ({ answered }) => answered,
  'rr-memory': ({ number }, _call, last) => (last !== null && number <= last ? 1 : 0) * 1e6 + Number(number),
  linear: ({ number }) => Number(number),
  random: ({ number }, call) => chanceOf(`${call.id}/${call.offers}/${number}`),
}

function idleSince({ state }: Seat): Instant {
  return state.name === 'ready' ? state.idleSince : Number.POSITIVE_INFINITY
}

/** Call ids are drawn at random, so what follows from one is random too, and a replay draws the same. */
function chanceOf(text: string): number {
  let hash = 2_166_136_261
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 16_777_619)
  }
  // The last characters differ most and were mixed least.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/**
 * The order of waiting in one queue: by when the caller first stood in any, so that one who comes back from a
 * seat that did not answer is at the head again; by call id (which sorts by arrival) on a tie.
 */
export function standsBefore(a: Call, b: Call): boolean {
  const since = (a.place?.since ?? a.arrivedAt) - (b.place?.since ?? b.arrivedAt)
  return since !== 0 ? since < 0 : a.id < b.id
}

/** Of two heads of queues, the one that is offered first. */
export function headBefore(
  a: { readonly place: QueuePlace; readonly rules: QueueRules },
  b: { readonly place: QueuePlace; readonly rules: QueueRules },
  at: Instant,
): number {
  return priorityOf(b.place, b.rules, at) - priorityOf(a.place, a.rules, at) || a.place.since - b.place.since
}

/** The queues as the calls' own states make them. */
export function queuesOf(calls: readonly Call[]): Map<QueueId, readonly CallId[]> {
  const waiting = calls.filter(call => call.state.name === 'queued')
  waiting.sort((a, b) => (standsBefore(a, b) ? -1 : 1))
  const queues = new Map<QueueId, CallId[]>()
  for (const { id, place } of waiting) {
    if (place === null) continue
    const queue = queues.get(place.queue)
    if (queue === undefined) queues.set(place.queue, [id])
    else queue.push(id)
  }
  return queues
}
