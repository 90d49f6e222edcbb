import type { CallId, LegId, QueueId, SeatNumber } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'
import type { Agent, PhoneKind, SeatPurpose } from '../events.ts'

/**
 * A seat (座席): the position an agent signs in at, its phone and its desk page.
 *
 *   signed-out ──▶ not-ready ◀──▶ ready ──▶ reserved ──▶ ringing ──▶ in a call ──▶ wrap-up ──▶ ready
 *                      ▲                       │            │                       │
 *                      └── did not answer ─────┴────────────┤                  not-ready, when
 *                                                           ▼                  asked for during the call
 *                                                       releasing ──▶ ready (the caller left)
 *
 * `reserved`: the screen-pop is on its way and the phone does not ring yet. In a call the seat is `talking`,
 * `holding` (the citizen hears music), `consulting` (a third party instead of the citizen) or `dialling` (the
 * citizen is being called), as the call says. `releasing`: the phone is being told to stop; no new call until it
 * has. An agent who dials, and a supervisor who watches, ring at their own wish from any idle state and go back
 * to it; only the agent of a call has a wrap-up.
 */
export interface Seat {
  readonly number: SeatNumber
  readonly agent: Agent | null
  readonly phone: PhoneKind
  /** The phone that rings has a live registration. */
  readonly registered: boolean
  /** The desk page holds a live socket. */
  readonly deskConnected: boolean
  /** The phone picks up by itself (自动应答), as the agent has chosen since sign-in. */
  readonly autoAnswer: boolean
  /** Calls answered since sign-in, and when the last one was: what some strategies choose by. */
  readonly answered: number
  readonly lastAnsweredAt: Instant | null
  /** The queue whose call occupies the seat until its wrap-up ends, and since when. */
  readonly serving: { readonly queue: QueueId; readonly since: Instant } | null
  readonly state: SeatState
}

/** Where the seat goes when its call is over: as asked by the agent meanwhile. */
export type AfterCall =
  | { readonly name: 'ready' }
  | { readonly name: 'not-ready'; readonly reason: string }
  | { readonly name: 'signed-out' }

export type SeatState =
  | { readonly name: 'signed-out'; readonly since: Instant }
  | {
      readonly name: 'not-ready'
      readonly since: Instant
      readonly reason: string
      /** Set because phone or desk was lost: ready again as soon as both are back. */
      readonly resumes: boolean
    }
  | {
      readonly name: 'ready'
      readonly since: Instant
      /** Survives a caller who left while it rang: the seat does not lose its turn. */
      readonly idleSince: Instant
      /** Phone or desk is lost and has until then to come back; null: both are there. */
      readonly deadlineAt: Instant | null
    }
  | (Busy & {
      readonly name: 'reserved'
      readonly caller: string
      readonly deadlineAt: Instant
      readonly after: AfterCall
    })
  | (Busy & {
      readonly name: 'ringing'
      readonly caller: string
      readonly deadlineAt: Instant
      readonly after: AfterCall
    })
  | InCall
  | (Busy & {
      readonly name: 'releasing'
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
      /** It can be extended once. */
      readonly extended: boolean
      readonly after: AfterCall
    }

/** The phone is picked up. */
export type InCall = Busy & {
  readonly name: 'dialling' | 'talking' | 'holding' | 'consulting'
  /** When the phone was picked up; `since` is when the present name began. */
  readonly answeredAt: Instant
  readonly after: AfterCall
}

interface Busy {
  readonly since: Instant
  readonly call: CallId
  readonly leg: LegId
  readonly purpose: SeatPurpose
  readonly idleSince: Instant
}

export function isInCall(state: SeatState): state is InCall {
  switch (state.name) {
    case 'dialling':
    case 'talking':
    case 'holding':
    case 'consulting':
      return true
    default:
      return false
  }
}

/** Whether the queue may offer this seat a call now: ready, its phone reachable and its page connected. */
export function isOfferable(seat: Seat): boolean {
  return seat.state.name === 'ready' && seat.registered && seat.deskConnected
}
