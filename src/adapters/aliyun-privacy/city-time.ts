import type { Instant } from '#kernel/time.ts'

/** Aliyun writes times as China's clocks show them, `2026-12-01 08:00:00`, and says no zone. */
const OFFSET = '+08:00'
const OFFSET_MS = 8 * 3_600_000

export function toCityTime(at: Instant): string {
  return new Date(at + OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ')
}

/** @returns null when it is no time */
export function fromCityTime(text: unknown): Instant | null {
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) return null
  const at = Date.parse(`${text.replace(' ', 'T')}${OFFSET}`)
  return Number.isNaN(at) ? null : at
}
