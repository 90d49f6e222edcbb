/** `0:07`, `12:34`, `1:02:03`; never negative. */
export function duration(ms: number): string {
  const whole = Math.max(0, Math.floor(ms / 1_000))
  const seconds = String(whole % 60).padStart(2, '0')
  const minutes = Math.floor(whole / 60) % 60
  const hours = Math.floor(whole / 3_600)
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`
}

/** The hotline's own time: an agent's computer may be set to another, and the service counts days by this one. */
const CITY = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})

function cityParts(ms: number): Readonly<Record<string, string>> {
  return Object.fromEntries(CITY.formatToParts(ms).map(({ type, value }) => [type, value]))
}

/** The city's clock at an instant, `14:05:09`. */
export function clock(iso: string): string {
  const { hour, minute, second } = cityParts(Date.parse(iso))
  return `${hour}:${minute}:${second}`
}

/** `2026-11-21` in the city: the day an agent's list of calls is about. */
export function dayOf(ms: number): string {
  const { year, month, day } = cityParts(ms)
  return `${year}-${month}-${day}`
}

/** `11-21 14:05` for an instant of this year, with the year before it for others. */
export function dateAndTime(iso: string, nowMs: number): string {
  const { year, month, day, hour, minute } = cityParts(Date.parse(iso))
  const before = year === cityParts(nowMs).year ? '' : `${year}-`
  return `${before}${month}-${day} ${hour}:${minute}`
}
