import type { CallId, LegId, PlaybackId, SeatNumber, ShortNumber, StaffId, WorkOrderId } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'
import type {
  CallDirection,
  CallLine,
  CallRefusal,
  CallResult,
  CallSummary,
  EndReason,
  Grade,
  IvrMenu,
  MaskedRoute,
  OutsideTarget,
  Party,
  TransferTarget,
  WatchMode,
} from '../events.ts'
import type { IvrTree } from '../ivr/tree.ts'
import type { Position } from '../ivr/walk.ts'
import type { QueuePlace } from '../queue/place.ts'
import type { CallBackPlan } from '../queue/queue-rules.ts'

/**
 * A conversation of the hotline with one citizen, whoever began it; of a masked one, with whoever began it. What is true of it all along stands here;
 * where it is now stands in `state`.
 *
 *              ┌──── refused ──────▶ refusing ─────────────────────────────────┐
 *   arrived ───┤                                                               │
 *              ├──▶ in-menu ──┐                                                │
 *              └──▶ greeting ─┴▶ queued ◀──── no answer ──┐                    │
 *   call-back booked ─────────▶   │ ▲  picked            │                     │
 *            ▲                    │ └── recalling ◀─┐    │                     │
 *         resting ◀─ not reached ─┼─────────────────┘    │                     │
 *                                 ▼                      │                     │
 *   an agent dials ──────────▶ offered ──────────────────┤                     │
 *                                 │ seat answered        │                     │
 *                   dialling ◀────┼──▶ announcing ───────┘                     │
 *                       └────▶ joining                                         │
 *                                 ▼                                            ▼
 *   (short numbers: masking.ts)
 *   forwarded ◀── forwarding ◀─ talking ──▶ rating ──▶  ending ──▶ (gone) ◀────┘
 *                                 │ ▲
 *                                 ▼ │ transfer.ts: an aside with a third party
 *
 * The citizen may leave from any state; each leads to `ending`, which ends when the citizen's leg is known to be
 * gone. `parties.ts` says of each state who takes part and who hears whom: legs are joined, parted and let go
 * by comparing the state before with the state after.
 */
export interface Call {
  readonly id: CallId
  readonly direction: CallDirection
  /** The citizen's; null while a citizen who is to be called is on no line. */
  readonly leg: LegId | null
  readonly caller: string
  readonly dialled: string
  readonly line: CallLine | null
  readonly draft: WorkOrderId
  readonly arrivedAt: Instant
  /** Where the caller stands, or stood last; null before any queue. */
  readonly place: QueuePlace | null
  readonly answeredAt: Instant | null
  readonly bridgedAt: Instant | null
  /** How long the citizen has been in a talk, on hold included, and since when that goes on. */
  readonly talk: { readonly ms: number; readonly since: Instant | null }
  /** When anybody was last called, joined or parted. */
  readonly movedAt: Instant
  /** The seat that answered first, and who sat there. */
  readonly answeredBy: { readonly seat: SeatNumber; readonly staff: StaffId } | null
  /** How many seats have been called for this call; also numbers the seat legs. */
  readonly offers: number
  /** How many numbers outside have been called; also numbers those legs. */
  readonly dials: number
  readonly callBack: CallBack | null
  /** A supervisor in the talk. */
  readonly watch: Watch | null
  /** Of a call between a citizen and a unit, neither of whom sees the other's number: what it goes by. */
  readonly mask: MaskedRoute | null
  readonly state: CallState
}

/** A seat's part in a call. */
export interface SeatLeg {
  readonly seat: SeatNumber
  readonly staff: StaffId
  readonly leg: LegId
  readonly attempt: number
}

/** How the citizen is called back, and how often that was tried. */
export interface CallBack extends CallBackPlan {
  readonly tried: number
}

export interface Watch {
  readonly by: SeatLeg
  /** The agent's seat that is watched. */
  readonly on: SeatLeg
  readonly mode: WatchMode
  /** The leg that listens in on the agent's. */
  readonly snoop: LegId
  readonly answered: boolean
}

/** The third party of a talk. */
export interface Aside {
  readonly target: TransferTarget
  readonly leg: LegId
  /** Null for one outside. */
  readonly to: SeatLeg | null
  readonly how: 'consult' | 'conference'
  /** `consulting`: the citizen waits. `swapped`: the third party waits. `merged`: all three talk. */
  readonly stage: 'ringing' | 'consulting' | 'swapped' | 'merged'
}

export interface Termination {
  readonly result: CallResult
  readonly reason: EndReason
  readonly by: Party
}

export type CallState =
  | {
      readonly name: 'refusing'
      readonly why: CallRefusal
      readonly playback: PlaybackId
      readonly deadlineAt: Instant
    }
  | { readonly name: 'greeting'; readonly playback: PlaybackId; readonly deadlineAt: Instant }
  /** Before any queue: the line's tree is walked. */
  | {
      readonly name: 'in-menu'
      readonly tree: IvrTree
      readonly position: Position
      readonly playback: PlaybackId
      readonly deadlineAt: Instant
    }
  /** Due is the next escalation or announcement, if there is one. */
  | { readonly name: 'queued'; readonly since: Instant; readonly deadlineAt: Instant | null }
  /** The citizen is called before a seat is. */
  | { readonly name: 'recalling'; readonly deadlineAt: Instant }
  /** The citizen was not reached; called again at the deadline. */
  | { readonly name: 'resting'; readonly deadlineAt: Instant }
  /** More than one rings where the queue rings all. */
  | { readonly name: 'offered'; readonly ring: readonly SeatLeg[]; readonly since: Instant }
  | {
      readonly name: 'announcing'
      readonly to: SeatLeg
      /** They ring on until both are connected: the one who answered may yet drop. */
      readonly others: readonly SeatLeg[]
      readonly playback: PlaybackId
      readonly deadlineAt: Instant
    }
  /** The seat waits for the citizen, who is being called. */
  | { readonly name: 'dialling'; readonly to: SeatLeg; readonly deadlineAt: Instant }
  | {
      readonly name: 'joining'
      readonly to: SeatLeg
      readonly others: readonly SeatLeg[]
      readonly callerIn: boolean
      readonly seatIn: boolean
      readonly deadlineAt: Instant
    }
  | {
      readonly name: 'talking'
      readonly to: SeatLeg
      readonly since: Instant
      /** The agent has put the citizen on hold; no aside then. */
      readonly held: boolean
      readonly muted: boolean
      readonly aside: Aside | null
      /** By then a third party outside has answered. */
      readonly deadlineAt: Instant | null
    }
  /** Handed on to a number outside, which rings. */
  | {
      readonly name: 'forwarding'
      readonly target: OutsideTarget
      readonly leg: LegId
      /** Null: the IVR did. */
      readonly from: SeatLeg | null
      /** What the citizen is being told; null once that is over. */
      readonly playing: PlaybackId | null
      readonly deadlineAt: Instant
    }
  /** The citizen speaks with a number outside; no seat is with them. */
  | {
      readonly name: 'forwarded'
      readonly target: OutsideTarget
      readonly leg: LegId
      readonly since: Instant
    }
  /** A short number, or the PIN to one, is being keyed. See `masking.ts`. */
  | {
      readonly name: 'mask-keying'
      readonly key: 'short-number' | 'pin'
      readonly short: ShortNumber | null
      readonly digits: string
      readonly tries: number
      /** What asks for it; null once that is over. */
      readonly playback: PlaybackId | null
      readonly deadlineAt: Instant
    }
  /** The book of bindings is being asked. */
  | {
      readonly name: 'mask-asking'
      readonly short: ShortNumber
      readonly pin: string | null
      readonly tries: number
      readonly deadlineAt: Instant
    }
  /** A caller of the hotline may have the unit instead; `menu` is what comes otherwise. */
  | {
      readonly name: 'mask-offering'
      readonly route: MaskedRoute
      readonly menu: IvrMenu | null
      readonly playback: PlaybackId
      readonly deadlineAt: Instant
    }
  /** Time has passed since the route was found: the book is asked whether it holds. See `masking.ts`. */
  | {
      readonly name: 'mask-confirming'
      readonly route: MaskedRoute
      /** What comes otherwise for a caller of the hotline. */
      readonly menu: IvrMenu | null
      readonly deadlineAt: Instant
    }
  /** The side that asked from a page is being called. */
  | { readonly name: 'mask-calling'; readonly deadlineAt: Instant }
  /** The other side rings. */
  | {
      readonly name: 'mask-ringing'
      readonly leg: LegId
      /** What the first side is being told; null once that is over. */
      readonly playing: PlaybackId | null
      readonly deadlineAt: Instant
    }
  /** Both sides talk, until one hangs up or the talk is as long as it may be. */
  | {
      readonly name: 'masked'
      readonly leg: LegId
      readonly since: Instant
      readonly deadlineAt: Instant
    }
  /** The talk is over and the citizen is asked for a grade. */
  | {
      readonly name: 'rating'
      readonly termination: Termination
      readonly by: SeatLeg
      /** Given; the citizen is being thanked. */
      readonly grade: Grade | null
      readonly playback: PlaybackId
      readonly deadlineAt: Instant
    }
  | {
      readonly name: 'ending'
      readonly summary: CallSummary
      /** The citizen's leg is hung up again at each deadline, until the PBX reports it gone. */
      readonly deadlineAt: Instant
      readonly tries: number
    }
