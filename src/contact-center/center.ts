import type { CallId, LegId, QueueId, SeatNumber } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'
import type { Call } from './call/call.ts'
import { otherLegs } from './call/parties.ts'
import type { Effect } from './events.ts'
import type { QueuePace, QueuePaces } from './queue/outlook.ts'
import { queuesOf } from './queue/pick.ts'
import type { QueueBook, QueueRules } from './queue/queue-rules.ts'
import type { Seat } from './seat/seat.ts'

/** The whole floor at one moment. Plain data: it can be written down and read back. */
export interface Center {
  readonly calls: ReadonlyMap<CallId, Call>
  readonly seats: ReadonlyMap<SeatNumber, Seat>
  /** Callers in state `queued`, in the order in which they will be offered. */
  readonly waiting: ReadonlyMap<QueueId, readonly CallId[]>
  readonly legs: ReadonlyMap<LegId, LegOwner>
  readonly queues: QueueBook
  /** The seat each queue offered a call last. */
  readonly lastOffered: ReadonlyMap<QueueId, SeatNumber>
  readonly paces: QueuePaces
  /** False from the PBX's falling silent until it has been surveyed. */
  readonly pbxUp: boolean
}

/** Whose leg it is. `outside`: a third party's; `snoop`: the ear of a supervisor. */
export type LegOwner =
  | { readonly is: 'citizen' | 'outside' | 'snoop'; readonly call: CallId }
  | { readonly is: 'seat'; readonly call: CallId; readonly seat: SeatNumber }

/** What one event changes and asks for. */
export interface Step {
  readonly calls: ReadonlyMap<CallId, Call | null>
  readonly seats: ReadonlyMap<SeatNumber, Seat>
  readonly waiting: ReadonlyMap<QueueId, readonly CallId[]>
  /** Null: as they were. */
  readonly queues: QueueBook | null
  readonly lastOffered: ReadonlyMap<QueueId, SeatNumber>
  readonly paces: QueuePaces
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
  paces: new Map(),
  effects: [],
}

export const EMPTY_CENTER: Center = {
  calls: new Map(),
  seats: new Map(),
  waiting: new Map(),
  legs: new Map(),
  queues: new Map(),
  lastOffered: new Map(),
  paces: new Map(),
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
  readonly paces = new Map<QueueId, QueuePace>()
  pbxUp = false

  commit(step: Step): void {
    for (const [id, call] of step.calls) {
      const old = this.calls.get(id)
      for (const leg of old === undefined ? [] : ownLegs(old).keys()) this.legs.delete(leg)
      if (call === null) this.calls.delete(id)
      else {
        this.calls.set(id, call)
        for (const [leg, is] of ownLegs(call)) this.legs.set(leg, { is, call: id })
      }
    }
    for (const [number, seat] of step.seats) {
      const old = this.seats.get(number)
      if (old !== undefined && 'leg' in old.state) this.legs.delete(old.state.leg)
      if ('leg' in seat.state) {
        this.legs.set(seat.state.leg, { is: 'seat', call: seat.state.call, seat: number })
      }
      this.seats.set(number, seat)
    }
    for (const [queue, calls] of step.waiting) this.waiting.set(queue, calls)
    for (const [queue, seat] of step.lastOffered) this.lastOffered.set(queue, seat)
    for (const [queue, pace] of step.paces) this.paces.set(queue, pace)
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
      paces: [...this.paces],
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
      paces: new Map(snapshot.paces),
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
  readonly paces: readonly (readonly [QueueId, QueuePace])[]
  readonly pbxUp: boolean
}

/** The call's legs that are no seat's. */
export function ownLegs(call: Call): ReadonlyMap<LegId, 'citizen' | 'outside' | 'snoop'> {
  const { outside, snoops } = otherLegs(call)
  const legs = new Map<LegId, 'citizen' | 'outside' | 'snoop'>()
  if (call.leg !== null) legs.set(call.leg, 'citizen')
  for (const leg of outside) legs.set(leg, 'outside')
  for (const leg of snoops) legs.set(leg, 'snoop')
  return legs
}

/** When the engine must wake an entity; null: whenever something happens. */
export function deadlineOf(entity: Call | Seat): Instant | null {
  return 'deadlineAt' in entity.state ? entity.state.deadlineAt : null
}
