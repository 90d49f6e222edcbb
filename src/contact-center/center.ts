import type { CallId, LegId, QueueId, SeatNumber } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'
import type { Call } from './call/call.ts'
import type { Effect } from './events.ts'
import { queuesOf } from './queue/pick.ts'
import type { QueueBook, QueueRules } from './queue/queue-rules.ts'
import type { Seat } from './seat/seat.ts'

/** The whole floor at one moment. Plain data: it can be written down and read back. */
export interface Center {
  readonly calls: ReadonlyMap<CallId, Call>
  readonly seats: ReadonlyMap<SeatNumber, Seat>
  /** Callers in state `queued`, in the order in which they will be offered. */
  readonly waiting: ReadonlyMap<QueueId, readonly CallId[]>
  /** Whose leg it is; `seat` is null for the caller's own. */
  readonly legs: ReadonlyMap<LegId, LegOwner>
  readonly queues: QueueBook
  /** The seat each queue offered a call last. */
  readonly lastOffered: ReadonlyMap<QueueId, SeatNumber>
  /** False from the PBX's falling silent until it has been surveyed. */
  readonly pbxUp: boolean
}

export interface LegOwner {
  readonly call: CallId
  readonly seat: SeatNumber | null
}

/** What one event changes and asks for. */
export interface Step {
  readonly calls: ReadonlyMap<CallId, Call | null>
  readonly seats: ReadonlyMap<SeatNumber, Seat>
  readonly waiting: ReadonlyMap<QueueId, readonly CallId[]>
  /** Null: as they were. */
  readonly queues: QueueBook | null
  readonly lastOffered: ReadonlyMap<QueueId, SeatNumber>
  readonly pbxUp: boolean
  readonly effects: readonly Effect[]
}

/** A step that changes nothing. */
export const NO_STEP: Omit<Step, 'pbxUp'> = {
  calls: new Map(),
  seats: new Map(),
  waiting: new Map(),
  queues: null,
  lastOffered: new Map(),
  effects: [],
}

export const EMPTY_CENTER: Center = {
  calls: new Map(),
  seats: new Map(),
  waiting: new Map(),
  legs: new Map(),
  queues: new Map(),
  lastOffered: new Map(),
  pbxUp: false,
}

/**
 * The center that its one owner (the engine) keeps and brings forward in place: a floor of 200 seats sees
 * half a million events on a busy day, and copying it for each would be most of the work.
 */
export class LiveCenter implements Center {
  readonly calls = new Map<CallId, Call>()
  readonly seats = new Map<SeatNumber, Seat>()
  readonly waiting = new Map<QueueId, readonly CallId[]>()
  readonly legs = new Map<LegId, LegOwner>()
  queues: QueueBook = new Map()
  readonly lastOffered = new Map<QueueId, SeatNumber>()
  pbxUp = false

  commit(step: Step): void {
    for (const [id, call] of step.calls) {
      if (call === null) {
        const old = this.calls.get(id)
        if (old !== undefined) this.legs.delete(old.leg)
        this.calls.delete(id)
      } else {
        this.calls.set(id, call)
        this.legs.set(call.leg, { call: id, seat: null })
      }
    }
    for (const [number, seat] of step.seats) {
      const old = this.seats.get(number)
      if (old !== undefined && 'leg' in old.state) this.legs.delete(old.state.leg)
      if ('leg' in seat.state) this.legs.set(seat.state.leg, { call: seat.state.call, seat: number })
      this.seats.set(number, seat)
    }
    for (const [queue, calls] of step.waiting) this.waiting.set(queue, calls)
    for (const [queue, seat] of step.lastOffered) this.lastOffered.set(queue, seat)
    this.queues = step.queues ?? this.queues
    this.pbxUp = step.pbxUp
  }

  /** As plain JSON data; `restore` reads it back. */
  snapshot(): CenterSnapshot {
    return {
      calls: [...this.calls.values()],
      seats: [...this.seats.values()],
      queues: [...this.queues.values()],
      lastOffered: [...this.lastOffered],
      pbxUp: this.pbxUp,
    }
  }

  static restore(snapshot: CenterSnapshot): LiveCenter {
    const center = new LiveCenter()
    center.commit({
      calls: new Map(snapshot.calls.map(call => [call.id, call])),
      seats: new Map(snapshot.seats.map(seat => [seat.number, seat])),
      waiting: queuesOf(snapshot.calls),
      queues: new Map(snapshot.queues.map(rules => [rules.id, rules])),
      lastOffered: new Map(snapshot.lastOffered),
      pbxUp: snapshot.pbxUp,
      effects: [],
    })
    return center
  }
}

export interface CenterSnapshot {
  readonly calls: readonly Call[]
  readonly seats: readonly Seat[]
  readonly queues: readonly QueueRules[]
  readonly lastOffered: readonly (readonly [QueueId, SeatNumber])[]
  readonly pbxUp: boolean
}

/** When the engine must wake an entity; null: whenever something happens. */
export function deadlineOf(entity: Call | Seat): Instant | null {
  return 'deadlineAt' in entity.state ? entity.state.deadlineAt : null
}
