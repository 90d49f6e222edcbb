import { expect, test } from 'vitest'
import { isOpen } from './hours.ts'

const OFFICE = [{ days: [1, 2, 3, 4, 5], from: '08:30', to: '18:00' }]
const FRIDAY_NIGHT = [{ days: [5], from: '22:00', to: '06:00' }]
const SUNDAY_NIGHT = [{ days: [7], from: '22:00', to: '06:00' }]
const SATURDAY = [{ days: [6], from: '00:00', to: '24:00' }]

/** 2026-11-20 is a Friday. */
test.each([
  ['a minute before', OFFICE, '2026-11-20T08:29:59+08:00', false],
  ['to the minute', OFFICE, '2026-11-20T08:30:00+08:00', true],
  ['the last second', OFFICE, '2026-11-20T17:59:59+08:00', true],
  ['the first closed minute', OFFICE, '2026-11-20T18:00:00+08:00', false],
  ['at the weekend', OFFICE, '2026-11-21T10:00:00+08:00', false],
  [
    'by the city, not by UTC: half past eight there, half past midnight here',
    OFFICE,
    '2026-11-23T00:30:00Z',
    true,
  ],
  ['by the city, not by UTC: half past six there, half past ten here', OFFICE, '2026-11-20T10:30:00Z', false],
  ['before a night begins', FRIDAY_NIGHT, '2026-11-20T21:59:00+08:00', false],
  ['in the night', FRIDAY_NIGHT, '2026-11-20T23:59:00+08:00', true],
  ['in the night, past midnight', FRIDAY_NIGHT, '2026-11-21T05:59:00+08:00', true],
  ['when the night is over', FRIDAY_NIGHT, '2026-11-21T06:00:00+08:00', false],
  ['the morning before the night', FRIDAY_NIGHT, '2026-11-20T05:00:00+08:00', false],
  ['the night after', FRIDAY_NIGHT, '2026-11-21T22:30:00+08:00', false],
  ['Monday morning belongs to Sunday night', SUNDAY_NIGHT, '2026-11-23T01:00:00+08:00', true],
  ['Sunday morning does not', SUNDAY_NIGHT, '2026-11-22T01:00:00+08:00', false],
  ['a whole day from its first minute', SATURDAY, '2026-11-21T00:00:00+08:00', true],
  ['a whole day to its last', SATURDAY, '2026-11-21T23:59:59+08:00', true],
  ['and no longer', SATURDAY, '2026-11-22T00:00:00+08:00', false],
  ['with several spans, in any', [...OFFICE, ...SATURDAY], '2026-11-21T10:00:00+08:00', true],
  ['round the clock', null, '2026-11-22T03:00:00+08:00', true],
] as const)('%s', (_, hours, at, open) => {
  expect(isOpen(hours, Date.parse(at))).toBe(open)
})

/** 2026-11-20 is a holiday, the Saturday after it is worked. */
const CALENDAR = new Map([
  ['2026-11-20', { works: false }],
  ['2026-11-21', { works: true }],
])

test.each([
  ['a holiday has no office hours', OFFICE, '2026-11-20T10:00:00+08:00', false],
  ['a worked Saturday has', OFFICE, '2026-11-21T10:00:00+08:00', true],
  ['and is no Saturday', SATURDAY, '2026-11-21T22:00:00+08:00', false],
  ['a holiday is a Sunday, into its night', SUNDAY_NIGHT, '2026-11-21T05:00:00+08:00', true],
  ['round the clock is round the clock', null, '2026-11-20T03:00:00+08:00', true],
] as const)('%s', (_, hours, at, open) => {
  expect(isOpen(hours, Date.parse(at), CALENDAR)).toBe(open)
})
