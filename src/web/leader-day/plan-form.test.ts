import { expect, test } from 'vitest'
import { monthAfter, monthOf, stateOf } from './plan-form.ts'

test('months follow one another over the turn of the year', () => {
  expect(monthAfter(monthOf('2026-12-03'), 1)).toEqual({ year: 2027, month: 1 })
  expect(monthAfter({ year: 2026, month: 1 }, -1)).toEqual({ year: 2025, month: 12 })
})

test('a day is planned, then has its list, then has begun; or nobody came', () => {
  const day = { day: '2026-11-22', preparedAt: null, signedInAt: null }
  const at = '2026-11-21T12:00:00Z'
  expect(stateOf(day, '2026-11-22')).toBe('planned')
  expect(stateOf({ ...day, preparedAt: at }, '2026-11-21')).toBe('prepared')
  expect(stateOf({ ...day, preparedAt: at, signedInAt: at }, '2026-11-23')).toBe('begun')
  expect(stateOf({ ...day, preparedAt: at }, '2026-11-23')).toBe('missed')
})
