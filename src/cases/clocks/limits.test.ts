import { describe, expect, test } from 'vitest'
import { cityInstant, HOUR_MS, MINUTE_MS } from '#kernel/time.ts'
import { checkLimits } from './check-limits.ts'
import { type ClockLimits, DEFAULT_LIMITS, escalationsFor, extensionFor, limitFor } from './limits.ts'

const TYPES = ['CONSULT', 'HELP', 'COMPLAINT', 'REPORT', 'SUGGEST', 'PRAISE', 'OTHER', 'INVALID']
const ten = cityInstant('2026-09-21', '10:00')
const minutes = (count: number) => ({ unit: 'wall', ms: count * MINUTE_MS })
const days = (count: number) => ({ unit: 'working-days', days: count })

describe('the limit of', () => {
  test.each([
    ['a signature, urgent', 'sign', 'HELP', 'P1', minutes(15)],
    ['handling, urgent: a day and a night', 'handle', 'COMPLAINT', 'P1', minutes(24 * 60)],
    ['handling a report', 'handle', 'REPORT', 'P3', days(10)],
    ['handling a type without a row: as help', 'handle', 'OTHER', 'P3', days(5)],
    ['handling before a type was chosen: as help', 'handle', null, 'P3', days(5)],
    ['the rework of a suggestion: none', 'rework', 'SUGGEST', 'P3', null],
    ['an emergency: none, it is handed over', 'handle', 'HELP', 'P0', null],
  ] as const)('%s', (_, kind, type, priority, limit) =>
    expect(limitFor(DEFAULT_LIMITS, kind, type, priority, ten)).toEqual(limit),
  )
})

describe('上不过午、下不过夜: a dispatch', () => {
  const slow: ClockLimits = {
    ...DEFAULT_LIMITS,
    limits: {
      ...DEFAULT_LIMITS.limits,
      dispatch: { P1: null, P2: null, P3: { '*': { unit: 'wall', ms: 4 * HOUR_MS } } },
    },
    dispatch: { capMs: 3 * HOUR_MS, floorMs: 5 * MINUTE_MS },
  }
  const limitAt = (table: ClockLimits, day: string, clock: string, type = 'HELP') =>
    limitFor(table, 'dispatch', type, 'P3', cityInstant(day, clock))

  test.each([
    ['never takes longer than the cap', '08:00', 180],
    ['of the late morning is due by noon', '11:20', 40],
    ['just before noon keeps the least time', '11:58', 5],
    ['of noon itself belongs to the afternoon', '12:00', 180],
    ['of the late evening is due by midnight', '23:00', 60],
    ['just before midnight keeps the least time', '23:59', 5],
  ])('%s', (_, clock, left) => expect(limitAt(slow, '2026-09-21', clock)).toEqual(minutes(left)))

  test('keeps its own limit where that is shorter than all of these', () => {
    expect(limitAt(DEFAULT_LIMITS, '2026-09-21', '11:58', 'SUGGEST')).toEqual(minutes(5))
    expect(limitFor(DEFAULT_LIMITS, 'dispatch', 'HELP', 'P1', cityInstant('2026-09-21', '11:58'))).toEqual(
      minutes(2),
    )
  })
})

test('a complaint is extended twice, the second time by a leader; a dispatch never', () => {
  expect(extensionFor(DEFAULT_LIMITS, 'handle', 'COMPLAINT', 'P3')).toEqual({
    times: 2,
    most: days(7),
    leaderFrom: 2,
  })
  expect(extensionFor(DEFAULT_LIMITS, 'dispatch', 'COMPLAINT', 'P3')).toBeNull()
})

test('only signatures are passed on upwards', () => {
  expect(escalationsFor(DEFAULT_LIMITS, 'sign')).toEqual([30 * MINUTE_MS, 60 * MINUTE_MS])
  expect(escalationsFor(DEFAULT_LIMITS, 'handle')).toEqual([])
})

describe('the check', () => {
  test('finds nothing wrong with the table that a city begins with', () => {
    expect(checkLimits(DEFAULT_LIMITS, TYPES)).toEqual({})
  })

  test('names every wrong cell', () => {
    const { limits, extensions } = DEFAULT_LIMITS
    const wrong: ClockLimits = {
      hours: [
        { from: '08:30', to: '12:00' },
        { from: '11:00', to: '17:30' },
        { from: '19:00', to: '7 pm' },
      ],
      limits: {
        ...limits,
        dispatch: { ...limits.dispatch, P2: { unit: 'wall', ms: 31 * MINUTE_MS } },
        sign: { P1: { unit: 'working-days', days: 1 }, P2: null, P3: { HELP: { unit: 'wall', ms: 1 } } },
        handle: {
          ...limits.handle,
          P1: { unit: 'working-days', days: 1 },
          P2: { unit: 'working-days', days: 1.5 },
        },
        rework: { ...limits.rework, P3: { ...limits.rework.P3, TYPO: null } },
      },
      extensions: {
        ...extensions,
        sign: {
          P1: null,
          P2: { times: 1, most: { unit: 'wall', ms: HOUR_MS }, leaderFrom: null },
          P3: { '*': null },
        },
        'call-back': {
          P1: { times: 1, most: { unit: 'working-days', days: 1 }, leaderFrom: null },
          P2: { times: 0, most: { unit: 'working-days', days: 1 }, leaderFrom: null },
          P3: { '*': null },
        },
      },
      dispatch: { capMs: 30 * MINUTE_MS, floorMs: 40 * MINUTE_MS },
      escalateSignAfterMs: [60 * MINUTE_MS, 30 * MINUTE_MS],
    }
    expect(checkLimits(wrong, ['HELP', 'CONSULT', 'COMPLAINT', 'REPORT', 'SUGGEST'])).toEqual({
      'hours.1': 'wrong-order',
      'hours.2': 'wrong-form',
      'limits.dispatch.P2': 'over-cap',
      'limits.sign.P1': 'wall-only',
      'limits.sign.P3.HELP': 'out-of-range',
      'limits.sign.P3.CONSULT': 'missing',
      'limits.sign.P3.COMPLAINT': 'missing',
      'limits.sign.P3.REPORT': 'missing',
      'limits.sign.P3.SUGGEST': 'missing',
      'limits.handle.P1': 'wall-only',
      'limits.handle.P2': 'out-of-range',
      'limits.rework.P3.TYPO': 'unknown-type',
      'extensions.handle.P1': 'other-unit',
      'extensions.sign.P2': 'no-limit',
      'extensions.call-back.P1': 'other-unit',
      'extensions.call-back.P2': 'out-of-range',
      'dispatch.floorMs': 'over-cap',
      'escalateSignAfterMs.1': 'wrong-order',
    })
  })

  test('a city without working hours has none to count in', () => {
    expect(checkLimits({ ...DEFAULT_LIMITS, hours: [] }, TYPES)).toEqual({ hours: 'missing' })
  })
})
