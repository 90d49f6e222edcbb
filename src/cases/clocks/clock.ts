import type { UnitId } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'

/** 派单, 签收, 首次联系/到场, 办理, 回访, 重办. */
export const CLOCK_KINDS = ['dispatch', 'sign', 'contact', 'handle', 'call-back', 'rework'] as const
export type ClockKind = (typeof CLOCK_KINDS)[number]

/** On the wall, day and night; or in working days, counted as 民法典 §201, §203 count them. */
export type Limit =
  | { readonly unit: 'wall'; readonly ms: number }
  | { readonly unit: 'working-days'; readonly days: number }

export interface Pause {
  readonly from: Instant
  /** null: it still stands. */
  readonly to: Instant | null
}

/**
 * A clock keeps what happened, never what is left: when it is due is worked out from these alone, so neither a pause
 * nor another limit can lose or invent time.
 */
export interface Clock {
  readonly kind: ClockKind
  /** Whose signature or contact it waits for; null: the order's own. */
  readonly unit: UnitId | null
  readonly startedAt: Instant
  /** As of the order's type and priority now. */
  readonly limit: Limit
  readonly extensions: readonly Limit[]
  readonly pauses: readonly Pause[]
  readonly stoppedAt: Instant | null
}
