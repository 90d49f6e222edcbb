import { describe, expect, test } from 'vitest'
import { announcedDays, countsAs } from './rules.ts'

describe('what a day counts as', () => {
  const calendar = new Map([
    ['2026-10-01', { works: false }],
    ['2026-10-10', { works: true }],
    ['2026-10-12', { works: true }],
  ])

  test.each([
    ['a Thursday that is a holiday, as a Sunday', '2026-10-01', 7],
    ['a Saturday that is worked, as a Monday', '2026-10-10', 1],
    ['a worked Monday, as itself', '2026-10-12', 1],
    ['any other day, as its weekday', '2026-10-09', 5],
  ])('%s', (_, day, weekday) => expect(countsAs(day, calendar)).toBe(weekday))
})

test('2026 as it was announced: thirty-three days off or more, and the weekends that pay for them', () => {
  const days = new Map(announcedDays(2026).map(one => [one.day, one]))
  expect(days.get('2026-10-01')).toEqual({ day: '2026-10-01', works: false, name: '国庆节' })
  expect(days.get('2026-10-10')).toMatchObject({ works: true })
  expect(days.get('2026-03-03')).toBeUndefined()
  expect([...days.values()].filter(({ works }) => !works).length).toBeGreaterThanOrEqual(33)
})

test('a year that nobody has announced is empty', () => expect(announcedDays(2098)).toEqual([]))
