import { expect, test } from 'vitest'
import { daysOfMonth } from './days-of-month.ts'

test('a month begins under its weekday', () => {
  const { before, days } = daysOfMonth(2026, 10)
  expect(before).toEqual([1, 2, 3])
  expect(days[0]).toEqual({ day: '2026-10-01', weekday: 4 })
  expect(days.at(-1)).toEqual({ day: '2026-10-31', weekday: 6 })
})

test('February of a leap year, and a month that begins on a Monday', () => {
  expect(daysOfMonth(2028, 2).days).toHaveLength(29)
  expect(daysOfMonth(2026, 6).before).toEqual([])
})
