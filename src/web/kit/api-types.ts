import type { Pop } from '../../floor/screen-pops/schema.ts'
import type { SeatView } from '../../floor/seats/schema.ts'

/** What the service says beside its rooms' own schemas, which the pages import from there. */

export type SeatStateName = SeatView['state']
export type PhoneKind = SeatView['phone']
/** Where a seat goes when its call is over. */
export type AfterCall = NonNullable<SeatView['after']>

/** What a desk is told first on every connection. */
export interface Snapshot {
  readonly seat: SeatView | null
  readonly pop: Pop | null
  readonly cursor: number | null
}

export interface Alarm {
  readonly code: string
  readonly text: string
}

/** Why the service said no; `unreachable` and `unexpected` are this side's own. */
export type ProblemCode =
  | 'not-signed-in'
  | 'wrong-password'
  | 'too-many-attempts'
  | 'not-allowed'
  | 'not-found'
  | 'bad-input'
  | 'changed-meanwhile'
  | 'exists-already'
  | 'seat-unknown'
  | 'seat-taken'
  | 'agent-has-seat'
  | 'no-seat'
  | 'no-agent'
  | 'seat-busy'
  | 'phone-not-registered'
  | 'desk-not-connected'
  | 'not-in-wrap-up'
  | 'no-call'
  | 'not-in-call'
  | 'not-connected'
  | 'not-your-call'
  | 'already-held'
  | 'not-held'
  | 'on-hold'
  | 'transfer-running'
  | 'no-transfer'
  | 'transfer-ringing'
  | 'transfer-merged'
  | 'transfer-target-self'
  | 'transfer-target-unavailable'
  | 'queue-unknown'
  | 'line-unknown'
  | 'entry-unknown'
  | 'number-invalid'
  | 'number-not-allowed'
  | 'number-is-ours'
  | 'trunk-missing'
  | 'nothing-to-redial'
  | 'caller-number-withheld'
  | 'already-extended'
  | 'not-ringing'
  | 'answer-on-phone'
  | 'missed-call-closed'
  | 'missed-call-claimed'
  | 'missed-call-not-claimed'
  | 'recording-not-ready'
  | 'handover-unread'
  | 'handover-published'
  | 'missed-call-closed'
  | 'missed-call-claimed'
  | 'missed-call-not-claimed'
  | 'own-seat'
  | 'own-seat-busy'
  | 'own-phone-lost'
  | 'not-agent-of-call'
  | 'watched-by-other'
  | 'watching-already'
  | 'not-watching'
  | 'caller-left'
  | 'caller-being-offered'
  | 'caller-not-on-line'
  | 'seat-not-ready'
  | 'priority-limit'
  | 'unavailable'
  | 'unreachable'
  | 'unexpected'
