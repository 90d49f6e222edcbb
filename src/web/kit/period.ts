import { dayOf } from './time.ts'

const DAY_MS = 86_400_000
/** As the service: it counts no longer period at once. */
export const MOST_DAYS = 31

export const PERIOD_KINDS = ['today', 'yesterday', 'week', 'custom'] as const
export type PeriodKind = (typeof PERIOD_KINDS)[number]

/** Days as the city counts them, `YYYY-MM-DD`; both ends are in it. */
export interface Days {
  readonly first: string
  readonly last: string
}

/** The days that are meant, at this moment; `custom` is what was chosen. */
export function daysOf(kind: PeriodKind, custom: Days, nowMs: number): Days {
  const today = dayOf(nowMs)
  switch (kind) {
    case 'today':
      return { first: today, last: today }
    case 'yesterday': {
      const yesterday = dayOf(nowMs - DAY_MS)
      return { first: yesterday, last: yesterday }
    }
    case 'week':
      return { first: dayOf(nowMs - 6 * DAY_MS), last: today }
    case 'custom':
      return custom
  }
}

/** From the first midnight to the one after the last day, as the service takes it. */
export function periodOf({ first, last }: Days): { readonly from: string; readonly to: string } {
  return {
    from: midnight(first).toISOString(),
    to: new Date(midnight(last).getTime() + DAY_MS).toISOString(),
  }
}

export function lengthOf({ first, last }: Days): number {
  return Math.round((midnight(last).getTime() - midnight(first).getTime()) / DAY_MS) + 1
}

/** Null: it can be counted. */
export function problemWith(days: Days): 'order' | 'length' | null {
  const length = lengthOf(days)
  if (!(length >= 1)) return 'order'
  return length > MOST_DAYS ? 'length' : null
}

export function dayAfter(day: string, days: number): string {
  return dayOf(midnight(day).getTime() + days * DAY_MS)
}

function midnight(day: string): Date {
  return new Date(`${day}T00:00:00+08:00`)
}
