import type { Instant } from '#kernel/time.ts'
import { nextDueAt, placeIn, type QueuePlace } from '../queue/place.ts'
import { type QueueBook, rulesOf } from '../queue/queue-rules.ts'
import type { Call } from './call.ts'
import { end } from './ending.ts'
import { type CallStep, noted, step } from './steps.ts'

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
export function expiryOf({
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
