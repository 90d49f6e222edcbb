import { describe, expect, test } from 'vitest'
import { hours, intervalName, mean, percent } from './figures.ts'
import { dayAfter, daysOf, lengthOf, periodOf, problemWith } from './period.ts'

describe('periods', () => {
  // 00:30 on the 22nd in the city, still the 21st in Greenwich.
  const now = Date.UTC(2026, 10, 21, 16, 30)
  const custom = { first: '2026-11-01', last: '2026-11-03' }

  test.each([
    ['today', '2026-11-22', '2026-11-22'],
    ['yesterday', '2026-11-21', '2026-11-21'],
    ['week', '2026-11-16', '2026-11-22'],
    ['custom', '2026-11-01', '2026-11-03'],
  ] as const)("%s is of the city's days", (kind, first, last) => {
    expect(daysOf(kind, custom, now)).toEqual({ first, last })
  })

  test('a period ends at the midnight after its last day', () => {
    expect(periodOf(custom)).toEqual({ from: '2026-10-31T16:00:00.000Z', to: '2026-11-03T16:00:00.000Z' })
    expect(lengthOf(custom)).toBe(3)
    expect(dayAfter('2026-11-30', 1)).toBe('2026-12-01')
    expect(dayAfter('2026-11-01', -1)).toBe('2026-10-31')
  })

  test('31 days from first to last can be counted', () => {
    expect(problemWith({ first: '2026-11-01', last: '2026-12-01' })).toBeNull()
    expect(problemWith({ first: '2026-11-01', last: '2026-12-02' })).toBe('length')
    expect(problemWith({ first: '2026-11-02', last: '2026-11-01' })).toBe('order')
    expect(problemWith({ first: '', last: '2026-11-01' })).toBe('order')
  })
})

test('figures as they are shown', () => {
  expect([percent(0.8214), percent(1, 0), percent(null)]).toEqual(['82.1%', '100%', '—'])
  expect([mean(42_900), mean(null), hours(3_720_000), hours(29_000)]).toEqual(['0:42', '—', '1:02', '0:00'])
  const start = '2026-11-21T16:15:00.000Z'
  expect(intervalName(start, '15m', false)).toBe('00:15')
  expect(intervalName(start, '1h', true)).toBe('11-22 00:15')
  expect(intervalName(start, '1d', true)).toBe('11-22')
})
