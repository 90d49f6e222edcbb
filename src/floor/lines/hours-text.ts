import type { OpeningHours } from '#database/types.ts'

/** Opening hours in a cell of a table: `周一至周五 08:30-18:00；周六、周日 09:00-12:00`; round the clock: `全天`. */

const DAYS = '一二三四五六日'
export const ROUND_THE_CLOCK = '全天'

export function hoursText(hours: readonly OpeningHours[] | null): string {
  if (hours === null) return ROUND_THE_CLOCK
  return hours.map(({ days, from, to }) => `${daysText(days)} ${from}-${to}`).join('；')
}

function daysText(days: readonly number[]): string {
  const sorted = days.toSorted((a, b) => a - b)
  const [first, last] = [sorted[0], sorted.at(-1)]
  if (first === undefined || last === undefined) return ''
  const isRun = sorted.length > 2 && last - first === sorted.length - 1
  return isRun ? `${dayName(first)}至${dayName(last)}` : sorted.map(dayName).join('、')
}

function dayName(day: number): string {
  return `周${DAYS[day - 1] ?? ''}`
}

/**
 * Reads what `hoursText` writes, and the ways people write it: full-width signs, 天 for 日, days as 1-7, 每天.
 * @returns undefined when it cannot be told what is meant
 */
export function parseHours(text: string): readonly OpeningHours[] | null | undefined {
  const plain = text.normalize('NFKC').replaceAll(/[~—–]/g, '-').trim()
  if (plain === '' || plain === ROUND_THE_CLOCK) return null
  const spans = plain
    .split(/[;\n]/)
    .map(part => part.trim())
    .filter(part => part !== '')
    .map(parseSpan)
  return spans.every(span => span !== undefined) ? spans : undefined
}

function parseSpan(text: string): OpeningHours | undefined {
  const found = /^(.+?)\s*(\d{1,2}:\d\d)\s*[-至到]\s*(\d{1,2}:\d\d)$/.exec(text)
  if (found === null) return undefined
  const [, dayPart = '', from = '', to = ''] = found
  const days = parseDays(dayPart)
  const begins = clockTime(from, 23)
  const ends = clockTime(to, 24)
  return days === undefined || begins === undefined || ends === undefined
    ? undefined
    : { days, from: begins, to: ends }
}

function parseDays(text: string): number[] | undefined {
  const plain = text.replaceAll(/\s|周|星期|礼拜/g, '')
  if (/^(每天|每日)$/.test(plain)) return [1, 2, 3, 4, 5, 6, 7]
  const days = plain.split(/[、,]/).flatMap(part => {
    const [first = '', last = first, ...more] = part.split(/[-至到]/)
    const [from, to] = [dayNumber(first), dayNumber(last)]
    if (from === undefined || to === undefined || from > to || more.length > 0) return [undefined]
    return Array.from({ length: to - from + 1 }, (_, index) => from + index)
  })
  const known = days.filter(day => day !== undefined)
  return known.length < days.length ? undefined : [...new Set(known)].sort((a, b) => a - b)
}

function dayNumber(text: string): number | undefined {
  if (/^[1-7]$/.test(text)) return Number(text)
  if (text === '天') return 7
  return text.length === 1 && DAYS.includes(text) ? DAYS.indexOf(text) + 1 : undefined
}

function clockTime(text: string, lastHour: number): string | undefined {
  const [hour = '', minute = ''] = text.split(':')
  const fits = Number(hour) <= lastHour && Number(minute) <= 59 && (Number(hour) < 24 || minute === '00')
  return fits ? `${hour.padStart(2, '0')}:${minute}` : undefined
}
