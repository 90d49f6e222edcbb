import type { UnitId } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'
import type { Clock, ClockKind, Limit } from '../clocks/clock.ts'
import type { ExtensionAllowance } from '../clocks/limits.ts'
import type { OrderStatus, Priority } from './order.ts'
import type { LifeTable } from './table.ts'

/** What a decision needs to know beside the order, the act and who acts. */
export interface Context {
  readonly at: Instant
  readonly table: LifeTable
  /** The actor took part in the call that the order came from, or leads those who did. */
  readonly tookPart: boolean
  /** Whether a unit stands below another, at any depth. */
  isBelow(unit: UnitId, above: UnitId): boolean
  /** For `merge`: how the other order stands; null when there is none. */
  readonly mergeTarget: OrderStatus | null
  /** null: this clock is not kept for such an order. */
  limitOf(kind: ClockKind, type: string | null, priority: Priority, startedAt: Instant): Limit | null
  /** null: such an order is not extended. */
  extensionOf(type: string | null, priority: Priority): ExtensionAllowance | null
  /** null while it is paused. */
  dueOf(clock: Clock): Instant | null
  /** The end of the n-th working day after an instant. */
  afterWorkingDays(at: Instant, days: number): Instant
}
