import type { QueueId } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'
import type { Call } from '../call/call.ts'
import type { Center } from '../center.ts'
import { mayServe, standsBefore } from './pick.ts'
import { placeIn, priorityOf, type QueuePlace } from './place.ts'
import { rulesOf } from './queue-rules.ts'

interface Waiting {
  readonly call: Call
  readonly place: QueuePlace
}

/** How the queues stand at this moment, for whoever watches the floor: those known, and any with a caller. */
export function queuesNow(center: Center, known: readonly QueueId[], at: Instant) {
  const byQueue = new Map<QueueId, Waiting[]>(known.map(queue => [queue, []]))
  for (const call of center.calls.values()) {
    const { place, state } = call
    if (place === null || (state.name !== 'queued' && state.name !== 'offered')) continue
    const queue = byQueue.get(place.queue)
    if (queue === undefined) byQueue.set(place.queue, [{ call, place }])
    else queue.push({ call, place })
  }
  const seats = [...center.seats.values()]
  return [...byQueue].map(([id, waiting]) => {
    const newcomer = placeIn(id, at, at)
    const rules = rulesOf(center.queues, id)
    return {
      id,
      priority: rules.priority,
      readySeats: seats.filter(seat => mayServe(seat, newcomer, center.queues)).length,
      callers: waiting
        .sort((a, b) => (standsBefore(a.call, b.call) ? -1 : 1))
        .map(({ call, place }) => ({ call, since: place.since, priority: priorityOf(place, rules, at) })),
    }
  })
}
