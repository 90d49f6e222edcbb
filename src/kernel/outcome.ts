/** Why a use case said no. The code is stable and translated by the browser; `detail` is for the log. */
export interface Refusal {
  readonly code: RefusalCode
  readonly detail?: string
  /** For `bad-input`: what is wrong with each field, by its name. */
  readonly fields?: Readonly<Record<string, string>>
  /** For `too-many-attempts`: when asking again makes sense. */
  readonly retryAfterMs?: number
}

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: Refusal }

export function ok<T>(value: T): Outcome<T> {
  return { ok: true, value }
}

export function refuse(code: RefusalCode, detail?: string): Outcome<never> {
  return { ok: false, refusal: detail === undefined ? { code } : { code, detail } }
}

/** @param fields what is wrong with each field, by its name */
export function badInput(fields: Readonly<Record<string, string>>): Outcome<never> {
  return { ok: false, refusal: { code: 'bad-input', fields } }
}

/** A refusal on its way from a route to the one error handler: HTTP's plugins know no other way out. */
export class Refused extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.detail ?? refusal.code)
    this.refusal = refusal
  }
}

/** @throws Refused when the outcome is a refusal */
export function orThrow<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value
  throw new Refused(outcome.refusal)
}

/** Every reason to refuse, in one place; server/refusal-status.ts gives each its HTTP status. */
export type RefusalCode =
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
  | 'recording-not-ready'
  | 'missed-call-closed'
  | 'missed-call-claimed'
  | 'missed-call-not-claimed'
  | 'handover-unread'
  | 'handover-published'
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
  | 'own-account'
  | 'own-request'
  | 'last-admin'
  | 'already-decided'
  | 'left-a-trace'
  | 'attachment-empty'
  | 'attachment-too-large'
  | 'attachment-type-refused'
  | 'attachment-type-differs'
  | 'attachments-full'
  | 'export-too-large'
  | 'act-not-now'
  | 'order-held'
  | 'order-not-held'
  | 'one-lead-needed'
  | 'unit-assigned-already'
  | 'unit-not-assigned'
  | 'unit-takes-none'
  | 'unit-returned-it'
  | 'unit-not-below'
  | 'return-binding'
  | 'return-too-late'
  | 'return-needs-ruling'
  | 'return-needs-meeting'
  | 'no-return-asked'
  | 'nothing-to-meet-about'
  | 'signed-already'
  | 'not-signed'
  | 'co-units-open'
  | 'extension-asked'
  | 'no-extension-asked'
  | 'extension-spent'
  | 'extension-too-long'
  | 'extension-too-late'
  | 'extension-needs-leader'
  | 'hold-asked'
  | 'no-hold-asked'
  | 'type-missing'
  | 'reopen-too-late'
  | 'call-back-too-soon'
  | 'level-not-higher'
  | 'not-supervised'
  | 'other-person-needed'
  | 'override-asked'
  | 'no-override-asked'
  | 'merge-into-self'
  | 'merge-target-closed'
  | 'archive-too-early'
  | 'part-has-parent'
  | 'parts-too-deep'
  | 'step-out-of-turn'
  | 'not-that-day'
  | 'leader-day-begun'
  | 'mask-direction'
  | 'mask-not-registered'
  | 'mask-too-many'
  | 'mask-own-number'
  | 'mask-busy'
  | 'mask-unbound'
  | 'mask-expired'
  | 'mask-wrong-pin'
  | 'mask-nobody'
  | 'mask-not-reached'
  | 'mask-waiting'
  | 'mask-by-carrier'
  | 'mask-without-end'
  | 'mask-too-long'
  | 'mask-bound-already'
  | 'mask-order-over'
  | 'mask-no-citizen'
  | 'mask-no-pool'
  | 'numbers-in-use'
  | 'unit-has-orders'
  | 'unit-has-units'
  | 'unit-above-closed'
  | 'unavailable'

/** For the default branch of a switch over a union: a new member fails to compile there. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`)
}
