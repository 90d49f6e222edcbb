import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cityInstant, DAY_MS, HOUR_MS, MINUTE_MS } from '#kernel/time.ts'
import {
  afterWorkingMs,
  endOfBusiness,
  isWorkingDay,
  startOfBusiness,
  type WorkTime,
  workingDayAfter,
  workingDayMs,
  workingMs,
} from './working-time.ts'

/** 国庆 2026: off from 1 to 7 October, Saturday the 10th worked in its stead. */
const time: WorkTime = {
  calendar: new Map([
    ...['01', '02', '05', '06', '07'].map((day): [string, { works: boolean }] => [
      `2026-10-${day}`,
      { works: false },
    ]),
    ['2026-10-10', { works: true }],
  ]),
  hours: [
    { from: '08:30', to: '12:00' },
    { from: '14:30', to: '17:30' },
  ],
}

test.each([
  ['a Wednesday', '2026-09-30', true],
  ['a Thursday that is a holiday', '2026-10-01', false],
  ['a Saturday that is worked', '2026-10-10', true],
  ['any other Sunday', '2026-10-11', false],
])('%s', (_, day, works) => expect(isWorkingDay(day, time.calendar)).toBe(works))

test.each([
  ['2026-09-29', 1, '2026-09-30'],
  ['2026-09-30', 1, '2026-10-08'],
  ['2026-10-04', 1, '2026-10-08'],
  ['2026-10-09', 1, '2026-10-10'],
  ['2026-10-09', 2, '2026-10-12'],
])('after %s, working day %i is %s', (day, n, found) =>
  expect(workingDayAfter(day, n, time.calendar)).toBe(found),
)

test('business of a day begins, ends and lasts as its hours say', () => {
  expect(startOfBusiness('2026-09-30', time)).toBe(cityInstant('2026-09-30', '08:30'))
  expect(endOfBusiness('2026-09-30', time)).toBe(cityInstant('2026-09-30', '17:30'))
  expect(workingDayMs(time)).toBe(6.5 * HOUR_MS)
})

describe('working time between', () => {
  const at = (text: string) => cityInstant(text.slice(0, 10), text.slice(11))

  test.each([
    ['morning and afternoon, not the rest at noon', '2026-09-30 11:00', '2026-09-30 15:00', 1.5],
    ['an evening and the holiday: nothing', '2026-09-30 18:00', '2026-10-08 08:30', 0],
    ['over the holiday, one hour each side', '2026-09-30 16:30', '2026-10-08 09:30', 2],
    ['backwards: nothing', '2026-09-30 11:00', '2026-09-30 09:00', 0],
  ])('%s', (_, from, to, hours) => expect(workingMs(at(from), at(to), time)).toBe(hours * HOUR_MS))

  test('and the instant by which it has passed are each other undone', () => {
    const start = fc.integer({ min: 0, max: 20 * 24 * 60 }).map(n => at('2026-09-25 00:00') + n * MINUTE_MS)
    fc.assert(
      fc.property(start, fc.integer({ min: 1, max: 12 * DAY_MS }), (from, ms) => {
        const to = afterWorkingMs(from, ms, time)
        expect(workingMs(from, to, time)).toBe(ms)
        expect(workingMs(from, to - 1, time)).toBe(ms - 1)
      }),
    )
  })
})

test('a day without hours is a mistake, not an endless loop', () => {
  expect(() => afterWorkingMs(0, 1, { ...time, hours: [] })).toThrow('without working hours')
})
