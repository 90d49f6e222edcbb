import type { LineForm, LineView } from '../../floor/lines/schema.ts'

export const MERGE_MODES = [
  'merged',
  'parallel',
  'sub-centre',
] as const satisfies readonly LineForm['mergeMode'][]

export const LINE_FIELDS = [
  'name',
  'mergeMode',
  'queue',
  'greets',
  'hours',
  'active',
] as const satisfies readonly (keyof LineForm)[]

export type Span = NonNullable<LineForm['hours']>[number]

export const DAYS = [1, 2, 3, 4, 5, 6, 7] as const
export type Day = (typeof DAYS)[number]

export const OFFICE_HOURS: Span = { days: [1, 2, 3, 4, 5], from: '08:30', to: '18:00' }

export const BLANK_LINE: LineForm = {
  name: '',
  mergeMode: 'merged',
  queue: '',
  greets: true,
  hours: null,
  active: true,
}

export function formOf({ name, mergeMode, queue, greets, hours, active }: LineView): LineForm {
  return { name, mergeMode, queue, greets, hours, active }
}

export interface LineFilter {
  readonly search: string
  /** Null: all. */
  readonly queue: string | null
  readonly mergeMode: LineForm['mergeMode'] | null
}

export function linesShown(lines: readonly LineView[], filter: LineFilter): readonly LineView[] {
  const search = filter.search.trim().toLowerCase()
  return lines.filter(
    line =>
      (filter.queue === null || line.queue === filter.queue) &&
      (filter.mergeMode === null || line.mergeMode === filter.mergeMode) &&
      (line.number.includes(search) || line.name.toLowerCase().includes(search)),
  )
}

/** `830`, `8：30`, `8.30` and `0830` as `08:30`; what is no time of day stays as it was typed. */
export function timeTyped(text: string): string {
  const found = /^(\d{1,2}):?(\d\d)$/.exec(text.normalize('NFKC').trim().replace('.', ':'))
  return found === null ? text : `${(found[1] ?? '').padStart(2, '0')}:${found[2]}`
}

/** A stretch of one weekday, in minutes of that day. */
export interface Stretch {
  readonly day: Day
  readonly from: number
  readonly to: number
}
const DAY_MINUTES = 24 * 60

/** The hours as stretches of single days, for drawing the week; past midnight they go on on the next day. */
export function weekOf(hours: LineForm['hours']): readonly Stretch[] {
  if (hours === null) return DAYS.map(day => ({ day, from: 0, to: DAY_MINUTES }))
  return hours.flatMap(({ days, from, to }) => {
    const [begins, ends] = [minuteOf(from), minuteOf(to)]
    if (begins === null || ends === null || begins === ends) return []
    return DAYS.filter(day => days.includes(day)).flatMap((day): Stretch[] => {
      if (begins < ends) return [{ day, from: begins, to: ends }]
      const next = DAYS[day % 7] ?? 1
      const today = { day, from: begins, to: DAY_MINUTES }
      return ends === 0 ? [today] : [today, { day: next, from: 0, to: ends }]
    })
  })
}

function minuteOf(time: string): number | null {
  const found = /^(\d\d):(\d\d)$/.exec(time)
  return found === null ? null : Number(found[1]) * 60 + Number(found[2])
}

/** Runs of three days or more, and single ones, for saying them: `[[1, 5], [7, 7]]`. */
export function dayRuns(days: readonly number[]): readonly (readonly [from: Day, to: Day])[] {
  const runs: [Day, Day][] = []
  for (const day of DAYS.filter(one => days.includes(one))) {
    const last = runs.at(-1)
    if (last !== undefined && last[1] === day - 1) last[1] = day
    else runs.push([day, day])
  }
  return runs.flatMap(([from, to]): (readonly [Day, Day])[] =>
    to - from === 1
      ? [
          [from, from],
          [to, to],
        ]
      : [[from, to]],
  )
}
