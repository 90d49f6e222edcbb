import type { Words } from '../kit/language.tsx'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** How a clock stands: in time, soon due, due. */
export type Pace = 'calm' | 'soon' | 'over'

/** Of a running clock; `yellowAt` and `dueAt` in milliseconds, null where there is none. */
export function paceOf(now: number, yellowAt: number | null, dueAt: number): Pace {
  if (now >= dueAt) return 'over'
  return yellowAt !== null && now >= yellowAt ? 'soon' : 'calm'
}

/** `剩 2 时 15 分`, `超 3 分`: to the minute, so that nothing flickers. */
export function timeLeft(t: Words['t'], leftMs: number): string {
  const time = spanText(t, Math.abs(leftMs))
  return leftMs < 0 ? t('left.over', { time }) : t('left.left', { time })
}

function spanText(t: Words['t'], ms: number): string {
  const hours = Math.floor(ms / HOUR_MS)
  const minutes = Math.floor((ms % HOUR_MS) / MINUTE_MS)
  if (ms >= DAY_MS) return t('left.days', { days: Math.floor(ms / DAY_MS), hours: hours % 24 })
  if (hours > 0) return t('left.hours', { hours, minutes })
  return minutes > 0 ? t('left.minutes', { minutes }) : t('left.now')
}
