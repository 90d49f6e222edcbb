import type { OpeningHours } from '#database/types.ts'
import { cityClock, cityDate, DAY_MS, daysAfter, type Instant, MINUTE_MS } from '#kernel/time.ts'
import { type CityCalendar, countsAs } from '../calendar/index.ts'

const DAY_MINUTES = DAY_MS / MINUTE_MS

/**
 * Whether a line is in service at this moment; null: round the clock. `to` is the first minute that is closed.
 * A public holiday has the hours of a Sunday, a weekend that is worked those of a Monday.
 */
export function isOpen(
  hours: readonly OpeningHours[] | null,
  at: Instant,
  calendar: CityCalendar = new Map(),
): boolean {
  if (hours === null) return true
  const { minute } = cityClock(at)
  const day = cityDate(at)
  const weekday = countsAs(day, calendar)
  const yesterday = countsAs(daysAfter(day, -1), calendar)
  return hours.some(({ days, from, to }) => {
    const begins = minuteOf(from)
    // Past midnight the span still belongs to the day on which it began.
    const ends = minuteOf(to) + (minuteOf(to) <= begins ? DAY_MINUTES : 0)
    if (days.includes(weekday) && minute >= begins && minute < ends) return true
    return days.includes(yesterday) && minute + DAY_MINUTES < ends
  })
}

function minuteOf(time: string): number {
  const [hours, minutes] = time.split(':')
  return Number(hours) * 60 + Number(minutes)
}
