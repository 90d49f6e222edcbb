import type { Limit } from '../../cases/clocks/clock.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

export const LIMIT_UNITS = ['minutes', 'hours', 'working-days'] as const
export type LimitUnit = (typeof LIMIT_UNITS)[number]

/** A limit as a cell shows it: whole hours as hours, else minutes. */
export interface LimitCell {
  readonly amount: number
  readonly unit: LimitUnit
}

export function cellOf(limit: Limit): LimitCell {
  if (limit.unit === 'working-days') return { amount: limit.days, unit: 'working-days' }
  if (limit.ms > 0 && limit.ms % HOUR_MS === 0) return { amount: limit.ms / HOUR_MS, unit: 'hours' }
  return { amount: limit.ms / MINUTE_MS, unit: 'minutes' }
}

export function limitOf({ amount, unit }: LimitCell): Limit {
  if (unit === 'working-days') return { unit, days: amount }
  return { unit: 'wall', ms: amount * (unit === 'hours' ? HOUR_MS : MINUTE_MS) }
}

export function isUnit(text: string): text is LimitUnit {
  return LIMIT_UNITS.some(unit => unit === text)
}

/** A record without one of its keys: the cell goes by the row's `*` again. */
export function without<Cell>(cells: Readonly<Record<string, Cell>>, key: string): Record<string, Cell> {
  return Object.fromEntries(Object.entries(cells).filter(([name]) => name !== key))
}
