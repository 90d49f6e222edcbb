import type { CallId, LegId, QueueId, SeatNumber } from '#kernel/ids.ts'
import type { Call } from './call/call.ts'
import type { Center, LegOwner, Step } from './center.ts'
import type { Effect } from './events.ts'
import { standsBefore } from './queue/pick.ts'
import type { Seat } from './seat/seat.ts'

/** A step being worked out: reads fall through to the center, writes stay here until the engine commits them. */
export class Draft implements Step {
  readonly calls = new Map<CallId, Call | null>()
  readonly seats = new Map<SeatNumber, Seat>()
  readonly waiting = new Map<QueueId, readonly CallId[]>()
  readonly effects: Effect[] = []
  pbxUp: boolean
  private readonly center: Center

  constructor(center: Center) {
    this.center = center
    this.pbxUp = center.pbxUp
  }

  call(id: CallId): Call | undefined {
    const changed = this.calls.get(id)
    return changed === null ? undefined : (changed ?? this.center.calls.get(id))
  }

  seat(number: SeatNumber): Seat | undefined {
    return this.seats.get(number) ?? this.center.seats.get(number)
  }

  *allSeats(): Iterable<Seat> {
    for (const [number, seat] of this.center.seats) yield this.seats.get(number) ?? seat
    for (const [number, seat] of this.seats) if (!this.center.seats.has(number)) yield seat
  }

  legOwner(leg: LegId): LegOwner | undefined {
    return this.center.legs.get(leg)
  }

  queue(id: QueueId): readonly CallId[] {
    return this.waiting.get(id) ?? this.center.waiting.get(id) ?? []
  }

  *queues(): Iterable<QueueId> {
    yield* this.center.waiting.keys()
    for (const id of this.waiting.keys()) if (!this.center.waiting.has(id)) yield id
  }

  /** A call stands in its queue's list exactly while its state is `queued`. */
  putCall(id: CallId, next: Call | null): void {
    const before = this.call(id)
    this.calls.set(id, next)
    const was = before?.state.name === 'queued'
    const is = next?.state.name === 'queued'
    if (was === is) return
    const line = (next ?? before)?.line
    if (line === null || line === undefined) return
    const others = this.queue(line.queue)
    if (!is || next === null) {
      this.waiting.set(
        line.queue,
        others.filter(other => other !== id),
      )
      return
    }
    const behind = others.findIndex(other => {
      const call = this.call(other)
      return call !== undefined && standsBefore(next, call)
    })
    this.waiting.set(line.queue, behind < 0 ? [...others, id] : others.toSpliced(behind, 0, id))
  }

  putSeat(seat: Seat): void {
    this.seats.set(seat.number, seat)
  }
}
