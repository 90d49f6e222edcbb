import type { ClockKind } from '../../cases/clocks/clock.ts'

export const KINDS: readonly ClockKind[] = ['dispatch', 'sign', 'contact', 'handle', 'call-back', 'rework']
/** The clocks that can be lengthened. */
export const EXTENDED = ['handle', 'rework'] as const
/** The row for types that have none of their own, as the service has it. */
export const OTHER_TYPES = '*'
