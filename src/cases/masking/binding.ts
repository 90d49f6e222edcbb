import type { BindingId, ShortNumber, UnitId, WorkOrderId } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'

/** Who may begin a masked call: either, the unit alone, the citizen alone. */
export const MASK_DIRECTIONS = ['both', 'to-citizen', 'to-unit'] as const
export type MaskDirection = (typeof MASK_DIRECTIONS)[number]

export type MaskSide = 'unit' | 'citizen'

/**
 * A binding (号码绑定) ties a short number to one order, its citizen and one unit for a time. Nobody else has that
 * short number until it has rested, so whoever calls through it can mean one counterpart only. Numbers are in the one
 * form in which all numbers are compared.
 */
export interface Binding {
  readonly id: BindingId
  readonly order: WorkOrderId
  readonly unit: UnitId
  readonly short: ShortNumber
  readonly citizen: string
  /** From which the unit calls without a PIN. */
  readonly unitNumbers: readonly string[]
  /** Which of them rings now when the citizen calls; null: nobody is at hand. */
  readonly unitAnswersAt: string | null
  /** Any telephone may speak for the unit after the PIN. */
  readonly hasPin: boolean
  readonly direction: MaskDirection
  readonly validFrom: Instant
  readonly validUntil: Instant
  readonly endedAt: Instant | null
  readonly mostCallsADay: number
  readonly mostTalkMs: number
  readonly records: boolean
}

/** From when on a binding is of no use any more. */
export function overAt({ validUntil, endedAt }: Pick<Binding, 'validUntil' | 'endedAt'>): Instant {
  return endedAt === null ? validUntil : Math.min(validUntil, endedAt)
}
