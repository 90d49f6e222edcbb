import type { ShiftView } from '../../people/shifts/schema.ts'
import { daysAfter } from './days.ts'

export interface BegunShift {
  readonly day: string
  readonly shift: string
  readonly startsAt: string
  readonly endsAt: string
}

/** As many as a day and a half has. */
const SHOWN = 5

/** The shifts that have begun by now, the latest first. */
export function begunShifts(kinds: readonly ShiftView[], now: number, today: string): readonly BegunShift[] {
  return [today, daysAfter(today, -1), daysAfter(today, -2)]
    .flatMap(day =>
      kinds.map(({ id, from, to }) => ({
        day,
        shift: id,
        startsAt: `${day}T${from}:00+08:00`,
        endsAt: `${to <= from ? daysAfter(day, 1) : day}T${to}:00+08:00`,
      })),
    )
    .filter(({ startsAt }) => Date.parse(startsAt) <= now)
    .toSorted((a, b) => Date.parse(b.startsAt) - Date.parse(a.startsAt))
    .slice(0, SHOWN)
}
