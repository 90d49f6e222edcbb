import { cityDate, cityInstant, daysAfter, type Instant, weekdayOf } from '#kernel/time.ts'

/** Days that are not what their weekday says: public holidays, and weekends worked in their stead (调休). */
export type WorkCalendar = ReadonlyMap<string, { readonly works: boolean }>

/** On the city's clock, HH:MM; `to` is after `from`, on the same day. */
export interface WorkingHours {
  readonly from: string
  readonly to: string
}

/** When the city's offices work. `hours` are in order, apart from each other, and at least one. */
export interface WorkTime {
  readonly calendar: WorkCalendar
  readonly hours: readonly WorkingHours[]
}

/** From the one instant up to the other, which does not belong to it. */
export interface Span {
  readonly from: Instant
  readonly to: Instant
}

export function isWorkingDay(day: string, calendar: WorkCalendar): boolean {
  return calendar.get(day)?.works ?? weekdayOf(day) <= 5
}

/** The n-th working day (n ≥ 1) after a day, which itself does not count (民法典 §201). */
export function workingDayAfter(day: string, n: number, calendar: WorkCalendar): string {
  let found = day
  for (let left = n; left > 0; ) {
    found = daysAfter(found, 1)
    if (isWorkingDay(found, calendar)) left -= 1
  }
  return found
}

/** Close of business of a working day (民法典 §203). */
export function endOfBusiness(day: string, { hours }: WorkTime): Instant {
  return cityInstant(day, lastOf(hours).to)
}

export function startOfBusiness(day: string, { hours }: WorkTime): Instant {
  return cityInstant(day, firstOf(hours).from)
}

/** How much of a full working day is worked. */
export function workingDayMs(time: WorkTime): number {
  // Any day does: the city has no summer time.
  return spansOf('2026-01-05', time.hours).reduce((sum, { from, to }) => sum + to - from, 0)
}

/** Working time between two instants; none when `to` is not after `from`. */
export function workingMs(from: Instant, to: Instant, time: WorkTime): number {
  let sum = 0
  for (let day = cityDate(from); cityInstant(day, '00:00') < to; day = daysAfter(day, 1)) {
    if (!isWorkingDay(day, time.calendar)) continue
    for (const span of spansOf(day, time.hours)) {
      sum += Math.max(0, Math.min(to, span.to) - Math.max(from, span.from))
    }
  }
  return sum
}

/** The first instant, from `from` on, by which so much working time has passed; `from` itself for none. */
export function afterWorkingMs(from: Instant, ms: number, time: WorkTime): Instant {
  if (ms <= 0) return from
  if (workingDayMs(time) <= 0) throw new Error('a day without working hours never passes any')
  let left = ms
  for (let day = cityDate(from); ; day = daysAfter(day, 1)) {
    if (!isWorkingDay(day, time.calendar)) continue
    for (const span of spansOf(day, time.hours)) {
      const begins = Math.max(from, span.from)
      const worked = Math.max(0, span.to - begins)
      if (worked >= left) return begins + left
      left -= worked
    }
  }
}

function spansOf(day: string, hours: readonly WorkingHours[]): Span[] {
  return hours.map(({ from, to }) => ({ from: cityInstant(day, from), to: cityInstant(day, to) }))
}

function firstOf(hours: readonly WorkingHours[]): WorkingHours {
  const first = hours[0]
  if (first === undefined) throw new Error('no working hours')
  return first
}

function lastOf(hours: readonly WorkingHours[]): WorkingHours {
  return hours.at(-1) ?? firstOf(hours)
}
