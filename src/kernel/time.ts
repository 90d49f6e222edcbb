/** Milliseconds since 1970 UTC, read from a clock port and handed in; the pure core never asks for it. */
export type Instant = number

export const SECOND_MS = 1_000
export const MINUTE_MS = 60 * SECOND_MS
export const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS

/** China keeps one clock. Days, work-order numbers and reports are told in it; instants are stored in UTC. */
export const CITY_ZONE = 'Asia/Shanghai'

/** The first instant of a calendar day (YYYY-MM-DD) in the city, and that of the next. */
export function cityDay(day: string): { readonly from: Date; readonly to: Date } {
  const from = new Date(`${day}T00:00:00+08:00`)
  return { from, to: new Date(from.getTime() + DAY_MS) }
}

/** The city's calendar day that this instant falls in. */
export function today(at: Instant): { readonly from: Date; readonly to: Date } {
  const offsetMs = 8 * HOUR_MS
  return cityDay(new Date(at + offsetMs).toISOString().slice(0, 10))
}
