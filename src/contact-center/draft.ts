import type { CallId, LegId, QueueId, SeatNumber } from '#kernel/ids.ts'
import type { Call } from './call/call.ts'
import type { Center, LegOwner, Step } from './center.ts'
import type { Effect } from './events.ts'
import type { QueuePace } from './queue/outlook.ts'
import { standsBefore } from './queue/pick.ts'
import type { QueueBook } from './queue/queue-rules.ts'
import type { Seat } from './seat/seat.ts'

/** A step being worked out: reads fall through to the center, writes stay here until the engine commits them. */
export class Draft implements Step {
  readonly calls = new Map<CallId, Call | null>()
  readonly seats = new Map<SeatNumber, Seat>()
  readonly waiting = new Map<QueueId, readonly CallId[]>()
  readonly effects: Effect[] = []
  readonly lastOffered = new Map<QueueId, SeatNumber>()
  readonly paces = new Map<QueueId, QueuePace>()
  queues: QueueBook | null = null
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

  get book(): QueueBook {
    return this.queues ?? this.center.queues
  }

  lastOfferOf(queue: QueueId): SeatNumber | null {
    return this.lastOffered.get(queue) ?? this.center.lastOffered.get(queue) ?? null
  }

  paceOf(queue: QueueId): QueuePace | undefined {
    return this.paces.get(queue) ?? this.center.paces.get(queue)
  }

  queue(id: QueueId): readonly CallId[] {
    return this.waiting.get(id) ?? this.center.waiting.get(id) ?? []
  }

  *queuesWithCallers(): Iterable<QueueId> {
    yield* this.center.waiting.keys()
    for (const id of this.waiting.keys()) if (!this.center.waiting.has(id)) yield id
  }

  /** A call stands in its place's list exactly while its state is `queued`. */
  putCall(id: CallId, next: Call | null): void {
    const was = waitsIn(this.call(id))
    this.calls.set(id, next)
    const is = waitsIn(next ?? undefined)
    if (was === is) return
    if (was !== null) {
      this.waiting.set(
        was,
        this.queue(was).filter(other => other !== id),
      )
    }
    if (is !== null && next !== null) this.waiting.set(is, this.withCaller(this.queue(is), next))
  }

  private withCaller(others: readonly CallId[], next: Call): readonly CallId[] {
    const behind = others.findIndex(other => {
      const call = this.call(other)
      return call !== undefined && standsBefore(next, call)
    })
    return behind < 0 ? [...others, next.id] : others.toSpliced(behind, 0, next.id)
  }

  putSeat(seat: Seat): void {
    this.seats.set(seat.number, seat)
  }
}

function waitsIn(call: Call | undefined): QueueId | null {
  return call?.state.name === 'queued' ? (call.place?.queue ?? null) : null
}
