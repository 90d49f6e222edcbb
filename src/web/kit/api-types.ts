import type { Pop } from '../../floor/screen-pops/schema.ts'
import type { SeatView } from '../../floor/seats/schema.ts'
import type { RefusalCode } from '../../kernel/outcome.ts'

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
export type ProblemCode = RefusalCode | 'unreachable' | 'unexpected'
