/** Milliseconds since 1970 UTC, read from a clock port and handed in; the pure core never asks for it. */
export type Instant = number

export const SECOND_MS = 1_000
export const MINUTE_MS = 60 * SECOND_MS
export const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS

/** China keeps one clock. Days, work-order numbers and reports are told in it; instants are stored in UTC. */
export const CITY_ZONE = 'Asia/Shanghai'

/** China has had no summer time since 1991. */
const CITY_OFFSET_MS = 8 * HOUR_MS

/** What the city's clocks show: ISO weekday (1 is Monday) and minutes since midnight. */
export function cityClock(at: Instant): { readonly weekday: number; readonly minute: number } {
  const shown = new Date(at + CITY_OFFSET_MS)
  return { weekday: shown.getUTCDay() || 7, minute: shown.getUTCHours() * 60 + shown.getUTCMinutes() }
}

/** The first instant of a calendar day (YYYY-MM-DD) in the city, and that of the next. */
export function cityDay(day: string): { readonly from: Date; readonly to: Date } {
  const from = new Date(`${day}T00:00:00+08:00`)
  return { from, to: new Date(from.getTime() + DAY_MS) }
}

/** The city's calendar day that this instant falls in. */
export function today(at: Instant): { readonly from: Date; readonly to: Date } {
  return cityDay(cityDate(at))
}

/** The calendar day that the city's clocks show, YYYY-MM-DD. */
export function cityDate(at: Instant): string {
  return new Date(at + CITY_OFFSET_MS).toISOString().slice(0, 10)
}

/** The calendar day so many days after another; before it, when negative. */
export function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}

/** ISO weekday of a calendar day: 1 is Monday. */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7
}

/** The instant at which the city's clocks show a time (HH:MM) on a calendar day. */
export function cityInstant(day: string, time: string): Instant {
  return Date.parse(`${day}T${time}:00+08:00`)
}
