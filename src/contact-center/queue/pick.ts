import type { CallId, QueueId } from '#kernel/ids.ts'
import type { Call } from '../call/call.ts'
import { isOfferable, type Seat } from '../seat/seat.ts'

/** Longest idle (最久空闲): the ready seat that has gone longest without a call; the lower number on a tie. */
export function longestIdle(seats: Iterable<Seat>): Seat | null {
  let best: Seat | null = null
  let bestIdleSince = Number.POSITIVE_INFINITY
  for (const seat of seats) {
    if (seat.state.name !== 'ready' || !isOfferable(seat)) continue
    const { idleSince } = seat.state
    if (
      idleSince < bestIdleSince ||
      (idleSince === bestIdleSince && best !== null && seat.number < best.number)
    ) {
      best = seat
      bestIdleSince = idleSince
    }
  }
  return best
}

/**
 * The order of waiting: by when the caller first stood in the queue, so that one who comes back from a seat
 * that did not answer is at the head again; by call id (which sorts by arrival) on a tie.
 */
export function standsBefore(a: Call, b: Call): boolean {
  const since = (a.queuedAt ?? a.arrivedAt) - (b.queuedAt ?? b.arrivedAt)
  return since !== 0 ? since < 0 : a.id < b.id
}

/** The queues as the calls' own states make them. */
export function queuesOf(calls: readonly Call[]): Map<QueueId, readonly CallId[]> {
  const waiting = calls.filter(call => call.state.name === 'queued')
  waiting.sort((a, b) => (standsBefore(a, b) ? -1 : 1))
  const queues = new Map<QueueId, CallId[]>()
  for (const { id, line } of waiting) {
    if (line === null) continue
    const queue = queues.get(line.queue)
    if (queue === undefined) queues.set(line.queue, [id])
    else queue.push(id)
  }
  return queues
}
