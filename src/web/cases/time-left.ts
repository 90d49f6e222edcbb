import type { Words } from '../kit/language.tsx'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** On the wall there is no yellow: the last fifth stands for it. */
const LAST_PART = 0.2

/** Whether a running clock is soon due; instants in milliseconds. */
export function isSoonDue(
  now: number,
  clock: { readonly startedAt: number; readonly yellowAt: number | null; readonly dueAt: number },
): boolean {
  const { startedAt, yellowAt, dueAt } = clock
  return now >= (yellowAt ?? dueAt - (dueAt - startedAt) * LAST_PART)
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
