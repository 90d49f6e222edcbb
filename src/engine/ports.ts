import type { BridgeId, CallId, LegId, QueueId, SeatNumber, WorkOrderId } from '#kernel/ids.ts'
import type { Outcome } from '#kernel/outcome.ts'
import type { Instant } from '#kernel/time.ts'
import type { Call } from '../contact-center/call/call.ts'
import type { Step } from '../contact-center/center.ts'
import type {
  CallLine,
  CallRefusal,
  CenterEvent,
  CommandFailure,
  Digit,
  Fact,
  IvrMenu,
  MaskAnswer,
  MaskedRoute,
  MaskQuery,
  PbxCommand,
  ScreenPop,
  Stray,
  SurveyedLeg,
} from '../contact-center/events.ts'
import type { Seat } from '../contact-center/seat/seat.ts'

/** Time and chance, so that a simulation can own both. */
export interface Clock {
  now(): Instant
  /** Runs `then` once after `afterMs`; the returned function cancels it. */
  after(afterMs: number, then: () => void): () => void
}

export type CommandResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: CommandFailure; readonly detail: string }

export interface Survey {
  /** When this run of the PBX began. */
  readonly startedAt: Instant
  readonly legs: readonly SurveyedLeg[]
  readonly bridges: readonly { readonly bridge: BridgeId; readonly legs: readonly LegId[] }[]
  /** Registered phones, by seat and kind. */
  readonly registered: readonly { readonly seat: SeatNumber; readonly phone: 'browser' | 'sip' }[]
}

/** What a PBX tells us unasked. `arrived` has no call id yet: the engine gives it one. */
export type PbxEvent =
  | {
      readonly type: 'arrived'
      readonly at: Instant
      readonly leg: LegId
      readonly caller: string
      readonly dialled: string
    }
  | {
      readonly type: 'phone-changed'
      readonly at: Instant
      readonly seat: SeatNumber
      readonly phone: 'browser' | 'sip'
      readonly registered: boolean
    }
  | {
      readonly type: 'digit-pressed'
      readonly at: Instant
      readonly leg: LegId
      readonly digit: Digit
    }
  | Extract<
      CenterEvent,
      {
        type:
          | 'prompt-finished'
          | 'leg-ringing'
          | 'leg-answered'
          | 'leg-bridged'
          | 'leg-held'
          | 'leg-unheld'
          | 'leg-gone'
      }
    >

export interface PbxListener {
  event(event: PbxEvent): void
  /** No event will come until `connected`. */
  lost(): void
  /** Events flow; called before any event of this connection. The engine then asks for a survey. */
  connected(): void
}

/** The PBX as the engine needs it: adapters/asterisk is the real one, sim/fake-pbx the other. */
export interface Pbx {
  /** Never throws. Commands of one call are given one after another; those of different calls at once. */
  perform(command: PbxCommand): Promise<CommandResult>
  /** Throws when the PBX does not answer. */
  survey(): Promise<Survey>
  /** Hangs up a leg or removes a bridge that no call owns. 404 is success. */
  sweep(stray: Stray): Promise<CommandResult>
  listen(listener: PbxListener): void
  close(): Promise<void>
}

/**
 * The append-only journal of events: what happened, in order, on local disk, before anything is done about it.
 * It outlives a `kill -9` of the service and an absence of PostgreSQL.
 */
export interface Journal {
  /**
   * Appends and returns the event's sequence number. A disk that refuses does not stop the calls: the failure
   * is kept for the health page and the event is acted upon all the same.
   */
  append(event: CenterEvent): number
}

/** Takes facts in order and writes them to PostgreSQL once, however often the service or the database goes. */
export interface FactStore {
  /** Facts of one event, with its journal sequence. Returns at once. */
  accept(sequence: number, facts: readonly Fact[]): void
}

export interface Desk {
  /** Stores the pop, then shows it; the desk's acknowledgement comes back as an event. */
  pop(pop: ScreenPop): void
  /** The seat as it is now, for its own page and for whoever watches the floor. */
  seatChanged(seat: Seat): void
}

/** Lines, blocked callers and opening hours as they stand now; edited while running. */
export interface Catalogue {
  /** The line that was dialled, and why the caller is not taken on, if that is so. */
  arrival(caller: string, dialled: string, at: Instant): CallArrival
}

export interface CallArrival {
  readonly line: CallLine | null
  readonly refusal: CallRefusal | null
  readonly menu: IvrMenu | null
}

/** The bindings of short numbers as they stand now, in memory: a call is never kept waiting for PostgreSQL. */
export interface Masking {
  /** Null: what was dialled is no number of ours for masking. */
  arrival(caller: string, dialled: string, at: Instant): MaskAnswer | null
  /** The unit that a citizen who calls the hotline may ask for; null: none. */
  offer(caller: string, at: Instant): MaskedRoute | null
  /** Answers what was keyed. A wrong PIN is counted. */
  answer(query: MaskQuery, at: Instant): MaskAnswer
}

export interface Ids {
  call(): CallId
  workOrder(): WorkOrderId
}

/** The running floor, as HTTP and sockets use it. `submit` handles the event at once: read the seat after it. */
export interface FloorControl {
  submit(event: CenterEvent): void
  seat(number: SeatNumber): Seat | undefined
  seats(): readonly Seat[]
  call(id: CallId): Call | undefined
  calls(): readonly Call[]
  /** Callers in the queue, those being offered to a seat included. */
  waiting(): number
  /** The queues named, and any other in which a caller stands. */
  queues(known: readonly QueueId[]): readonly QueueNow[]
}

export interface QueueNow {
  readonly id: QueueId
  /** A caller's at the beginning; waiting adds to it. */
  readonly priority: number
  /** Seats that could be offered a caller of this queue at once. */
  readonly readySeats: number
  /** In the order of their coming, those being offered to a seat included. */
  readonly callers: readonly { readonly call: Call; readonly since: Instant; readonly priority: number }[]
}

/** Gives the browser phone of a seat a new password; the old one stops working. */
export interface PhoneProvisioner {
  renew(seat: SeatNumber, password: string): Promise<Outcome<void>>
}

/** Sees what the engine does, for logs and metrics; it must not throw and cannot change anything. */
export interface EngineWatcher {
  handled(event: CenterEvent, step: Step): void
  swept(stray: Stray): void
  /** An event that the core could not digest: passed over, now and in every replay. */
  undigested(event: CenterEvent, error: unknown): void
  surveyFailed(error: unknown): void
}
