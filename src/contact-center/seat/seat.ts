import type { CallId, LegId, SeatNumber } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'
import type { Agent, PhoneKind } from '../events.ts'

/**
 * A seat (座席): the position an agent signs in at, its phone and its desk page.
 *
 *   signed-out ──▶ not-ready ◀──▶ ready ──▶ reserved ──▶ ringing ──▶ talking ──▶ wrap-up ──▶ ready
 *                      ▲                       │            │                       │
 *                      └── did not answer ─────┴────────────┤                  not-ready, when
 *                                                           ▼                  asked for during the call
 *                                                       releasing ──▶ ready (the caller left)
 *
 * `reserved`: the screen-pop is on its way and the phone does not ring yet. `releasing`: the phone is being
 * told to stop; no new call until it has.
 */
export interface Seat {
  readonly number: SeatNumber
  readonly agent: Agent | null
  readonly phone: PhoneKind
  /** The phone that rings has a live registration. */
  readonly registered: boolean
  /** The desk page holds a live socket. */
  readonly deskConnected: boolean
  /** Calls answered since sign-in, and when the last one was: what some strategies choose by. */
  readonly answered: number
  readonly lastAnsweredAt: Instant | null
  readonly state: SeatState
}

/** Where the seat goes when its call is over: as asked by the agent meanwhile. */
export type AfterCall =
  | { readonly name: 'ready' }
  | { readonly name: 'not-ready'; readonly reason: string }
  | { readonly name: 'signed-out' }

export type SeatState =
  | { readonly name: 'signed-out'; readonly since: Instant }
  | { readonly name: 'not-ready'; readonly since: Instant; readonly reason: string }
  /** `idleSince` survives a caller who left while it rang: the seat does not lose its turn. */
  | { readonly name: 'ready'; readonly since: Instant; readonly idleSince: Instant }
  | (Busy & {
      readonly name: 'reserved'
      readonly caller: string
      readonly idleSince: Instant
      readonly deadlineAt: Instant
      readonly after: AfterCall
    })
  | (Busy & {
      readonly name: 'ringing'
      readonly idleSince: Instant
      readonly deadlineAt: Instant
      readonly after: AfterCall
    })
  | (Busy & { readonly name: 'talking'; readonly after: AfterCall })
  | (Busy & {
      readonly name: 'releasing'
      readonly idleSince: Instant
      readonly deadlineAt: Instant
      /** How often the phone has been told to stop. */
      readonly tries: number
      readonly goesTo: AfterCall | { readonly name: 'wrap-up'; readonly after: AfterCall }
    })
  | {
      readonly name: 'wrap-up'
      readonly since: Instant
      readonly call: CallId
      readonly deadlineAt: Instant
      readonly after: AfterCall
    }

interface Busy {
  readonly since: Instant
  readonly call: CallId
  readonly leg: LegId
}

/** Whether the queue may offer this seat a call now: ready, its phone reachable and its page connected. */
export function isOfferable(seat: Seat): boolean {
  return seat.state.name === 'ready' && seat.registered && seat.deskConnected
}
