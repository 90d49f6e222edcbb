import type { OpeningHours } from '#database/types.ts'
import { cityClock, DAY_MS, type Instant, MINUTE_MS } from '#kernel/time.ts'

const DAY_MINUTES = DAY_MS / MINUTE_MS

/** Whether a line is in service at this moment; null: round the clock. `to` is the first minute that is closed. */
export function isOpen(hours: readonly OpeningHours[] | null, at: Instant): boolean {
  if (hours === null) return true
  const { weekday, minute } = cityClock(at)
  const yesterday = weekday === 1 ? 7 : weekday - 1
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
