/** `0:07`, `12:34`, `1:02:03`; never negative. */
export function duration(ms: number): string {
  const whole = Math.max(0, Math.floor(ms / 1_000))
  const seconds = String(whole % 60).padStart(2, '0')
  const minutes = Math.floor(whole / 60) % 60
  const hours = Math.floor(whole / 3_600)
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`
}

/** The local clock of an instant, `14:05:09`. */
export function clock(iso: string): string {
  const at = new Date(iso)
  return [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':')
}

/** `2026-11-21`, local: the day an agent's list of calls is about. */
export function dayOf(ms: number): string {
  const at = new Date(ms)
  return [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-')
}

/** `11-21 14:05` for an instant of this year, with the year before it for others. */
export function dateAndTime(iso: string, nowMs: number): string {
  const at = new Date(iso)
  const day = [two(at.getMonth() + 1), two(at.getDate())].join('-')
  const year = at.getFullYear() === new Date(nowMs).getFullYear() ? '' : `${at.getFullYear()}-`
  return `${year}${day} ${two(at.getHours())}:${two(at.getMinutes())}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
