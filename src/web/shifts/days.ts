/** Calendar days of the city, YYYY-MM-DD, as the service names them. */

const DAY_MS = 86_400_000

const midnight = (day: string) => Date.parse(`${day}T00:00:00Z`)

export function daysAfter(day: string, days: number): string {
  return new Date(midnight(day) + days * DAY_MS).toISOString().slice(0, 10)
}

export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** ISO: 1 is Monday. */
export function weekdayOf(day: string): Weekday {
  const sunday = new Date(midnight(day)).getUTCDay()
  return WEEKDAYS.find(weekday => weekday % 7 === sunday) ?? 7
}

export function mondayOf(day: string): string {
  return daysAfter(day, 1 - weekdayOf(day))
}

export function daysFrom(day: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => daysAfter(day, index))
}
