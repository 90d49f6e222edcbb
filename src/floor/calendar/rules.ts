import chineseDays from 'chinese-days'
import { DAY_MS, daysAfter, weekdayOf } from '#kernel/time.ts'
import type { CalendarDay } from './schema.ts'

/** Days that are not what their weekday says, by YYYY-MM-DD. */
export type CityCalendar = ReadonlyMap<string, { readonly works: boolean }>

/**
 * The ISO weekday that a day counts as: a public holiday as a Sunday, a weekend that is worked as a Monday. So a
 * line needs no hours of its own for holidays.
 */
export function countsAs(day: string, calendar: CityCalendar): number {
  const weekday = weekdayOf(day)
  const works = calendar.get(day)?.works
  if (works === undefined) return weekday
  if (!works) return 7
  return weekday > 5 ? 1 : weekday
}

/**
 * A year as 国务院办公厅 announced it, from the package `chinese-days`; empty while it has not been announced.
 * The package says of each day whether it is worked and, for those that are special, `English,中文,days`.
 */
export function announcedDays(year: number): readonly CalendarDay[] {
  const first = `${year}-01-01`
  const length = (Date.parse(`${year + 1}-01-01`) - Date.parse(first)) / DAY_MS
  return Array.from({ length }, (_, index) => daysAfter(first, index)).flatMap(day => {
    const { work, name } = chineseDays.getDayDetail(day)
    const [, chinese] = name.split(',')
    return chinese === undefined ? [] : [{ day, works: work, name: chinese }]
  })
}
