import type { CallId, LegId, PlaybackId, SeatNumber, StaffId, WorkOrderId } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'
import type { CallLine, CallRefusal, CallSummary } from '../events.ts'
import type { QueuePlace } from '../queue/place.ts'

/**
 * A citizen's call. What is true of it all along stands here; where it is now stands in `state`.
 *
 *              ┌──── refused ──────▶ refusing ──────────────┐
 *   arrived ───┤                                            │
 *              └──▶ greeting ──▶ queued ◀──── no answer ──┐ │
 *                                  │ picked               │ │
 *                                  ▼                      │ │
 *                               offered ──────────────────┤ │
 *                                  │ seat answered        │ │
 *                                  ▼                      │ │
 *                              announcing ── seat gone ───┘ │
 *                                  │ announced              │
 *                                  ▼                        ▼
 *                               joining ──▶ talking ──▶  ending ──▶ (gone)
 *
 * The caller may leave from any state; each leads to `ending`, which ends when the caller's leg is known
 * to be gone. The seat's leg is the seat's to end.
 */
export interface Call {
  readonly id: CallId
  readonly leg: LegId
  readonly caller: string
  readonly dialled: string
  readonly line: CallLine | null
  readonly draft: WorkOrderId
  readonly arrivedAt: Instant
  /** Where the caller stands, or stood last; null before any queue. */
  readonly place: QueuePlace | null
  readonly answeredAt: Instant | null
  readonly bridgedAt: Instant | null
  /** The seat that answered first, and who sat there. */
  readonly answeredBy: { readonly seat: SeatNumber; readonly staff: StaffId } | null
  /** How many seats have been offered this call; also numbers the seat legs. */
  readonly offers: number
  readonly state: CallState
}

/** A seat's part in a call. */
export interface SeatLeg {
  readonly seat: SeatNumber
  readonly staff: StaffId
  readonly leg: LegId
}

export type CallState =
  | {
      readonly name: 'refusing'
      readonly why: CallRefusal
      readonly playback: PlaybackId
      readonly deadlineAt: Instant
    }
  | { readonly name: 'greeting'; readonly playback: PlaybackId; readonly deadlineAt: Instant }
  /** Due is the next escalation, if there is one. */
  | { readonly name: 'queued'; readonly since: Instant; readonly deadlineAt: Instant | null }
  | { readonly name: 'offered'; readonly to: SeatLeg; readonly since: Instant }
  | {
      readonly name: 'announcing'
      readonly to: SeatLeg
      readonly playback: PlaybackId
      readonly deadlineAt: Instant
    }
  | {
      readonly name: 'joining'
      readonly to: SeatLeg
      readonly callerIn: boolean
      readonly seatIn: boolean
      readonly deadlineAt: Instant
    }
  | { readonly name: 'talking'; readonly to: SeatLeg; readonly since: Instant }
  | {
      readonly name: 'ending'
      readonly summary: CallSummary
      /** The caller's leg is hung up again at each deadline, until the PBX reports it gone. */
      readonly deadlineAt: Instant
      readonly tries: number
    }
