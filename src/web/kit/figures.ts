import { clock, dayOf, duration } from './time.ts'

/** `96.4%`; a dash where there is nothing to divide by. */
export function percent(value: number | null, digits = 1): string {
  return value === null ? '—' : `${(value * 100).toFixed(digits)}%`
}

/** `0:42` of a mean that may not exist. */
export function mean(ms: number | null): string {
  return ms === null ? '—' : duration(ms)
}

/** `1:02` hours and minutes of a long time. */
export function hours(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
}

/** `14:15`, with the day before it where a page shows more than one. */
export function intervalName(start: string, step: '15m' | '1h' | '1d', manyDays: boolean): string {
  const day = dayOf(Date.parse(start)).slice(5)
  const time = clock(start).slice(0, 5)
  if (step === '1d') return day
  return manyDays ? `${day} ${time}` : time
}
