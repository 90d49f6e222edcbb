import { cityClock, cityDate, cityInstant, DAY_MS, type Instant, MINUTE_MS } from '#kernel/time.ts'

/** Days that are not what their weekday says: public holidays, and weekends worked in their stead (调休). Never changed. */
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
  return isWorkedFrom(midnight(day), calendar)
}

/** The n-th working day (n ≥ 1) after a day, which itself does not count (民法典 §201). */
export function workingDayAfter(day: string, n: number, calendar: WorkCalendar): string {
  let found = midnight(day)
  for (let left = n; left > 0; ) {
    found += DAY_MS
    if (isWorkedFrom(found, calendar)) left -= 1
  }
  return cityDate(found)
}

/** Close of business of a working day (民法典 §203). */
export function endOfBusiness(day: string, { hours }: WorkTime): Instant {
  const last = hours.at(-1)
  if (last === undefined) throw new Error('no working hours')
  return cityInstant(day, last.to)
}

export function startOfBusiness(day: string, { hours }: WorkTime): Instant {
  const [first] = hours
  if (first === undefined) throw new Error('no working hours')
  return cityInstant(day, first.from)
}

/** How much of a full working day is worked. */
export function workingDayMs({ hours }: WorkTime): number {
  return shiftsOf(hours).reduce((sum, { from, to }) => sum + to - from, 0)
}

/** Working time between two instants; none when `to` is not after `from`. */
export function workingMs(from: Instant, to: Instant, { calendar, hours }: WorkTime): number {
  const shifts = shiftsOf(hours)
  let sum = 0
  for (let day = midnight(cityDate(from)); day < to; day += DAY_MS) {
    if (!isWorkedFrom(day, calendar)) continue
    for (const shift of shifts) {
      sum += Math.max(0, Math.min(to, day + shift.to) - Math.max(from, day + shift.from))
    }
  }
  return sum
}

/** The first instant, from `from` on, by which so much working time has passed; `from` itself for none. */
export function afterWorkingMs(from: Instant, ms: number, time: WorkTime): Instant {
  if (ms <= 0) return from
  if (workingDayMs(time) <= 0) throw new Error('a day without working hours never passes any')
  const shifts = shiftsOf(time.hours)
  let left = ms
  for (let day = midnight(cityDate(from)); ; day += DAY_MS) {
    if (!isWorkedFrom(day, time.calendar)) continue
    for (const shift of shifts) {
      const begins = Math.max(from, day + shift.from)
      const worked = Math.max(0, day + shift.to - begins)
      if (worked >= left) return begins + left
      left -= worked
    }
  }
}

/*
 * Lists and sweeps reckon thousands of clocks at a time, so days are walked as instants: the city has no summer time,
 * and each of its days is as long as any other.
 */

function midnight(day: string): Instant {
  return cityInstant(day, '00:00')
}

/** @param day its first instant */
function isWorkedFrom(day: Instant, calendar: WorkCalendar): boolean {
  return byFirstInstant(calendar).get(day) ?? cityClock(day).weekday <= 5
}

/** Worked out once a calendar: writing out the name of each day that is walked over would take most of the time. */
const indexes = new WeakMap<WorkCalendar, ReadonlyMap<Instant, boolean>>()

function byFirstInstant(calendar: WorkCalendar): ReadonlyMap<Instant, boolean> {
  const known = indexes.get(calendar)
  if (known !== undefined) return known
  const index = new Map([...calendar].map(([day, { works }]) => [midnight(day), works]))
  indexes.set(calendar, index)
  return index
}

/** Working hours in milliseconds since midnight. */
function shiftsOf(hours: readonly WorkingHours[]): Span[] {
  return hours.map(({ from, to }) => ({ from: sinceMidnight(from), to: sinceMidnight(to) }))
}

function sinceMidnight(time: string): number {
  const [hour = '', minute = ''] = time.split(':')
  return (Number(hour) * 60 + Number(minute)) * MINUTE_MS
}
