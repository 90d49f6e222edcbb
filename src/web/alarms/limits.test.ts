import { expect, test } from 'vitest'
import type { AlarmLimit } from '../../floor/alarms/schema.ts'
import { inPageOrder, paceOf, valueText } from './limits.ts'

const MIN = 60_000
function limit(kind: AlarmLimit['kind'], given: Partial<AlarmLimit>): AlarmLimit {
  const none = { queue: null, reason: null, notice: null, warning: null, serious: null, leastCalls: null }
  return { kind, ...none, active: true, ...given }
}
const LIMITS = [
  limit('long-not-ready', { warning: 30 * MIN }),
  limit('long-not-ready', { reason: 'break', notice: 15 * MIN, serious: 20 * MIN }),
  limit('long-not-ready', { reason: 'training', warning: 1, active: false }),
  limit('long-talk', { serious: 40 * MIN }),
]

test.each([
  ['not-ready', 'break', 12 * MIN - 1, 15 * MIN, 'calm'],
  ['not-ready', 'break', 12 * MIN, 15 * MIN, 'near'],
  ['not-ready', 'break', 15 * MIN, 15 * MIN, 'over'],
  ['not-ready', 'meal', 15 * MIN, 30 * MIN, 'calm'],
  ['talking', null, 40 * MIN, 40 * MIN, 'over'],
] as const)('%s %s for %d ms', (state, reason, lasted, limitMs, pace) => {
  expect(paceOf({ state, reason, sinceMs: 1_000 }, LIMITS, 1_000 + lasted)).toEqual({ limitMs, pace })
})

test('a reason that is left alone, and a state without a limit, have no pace', () => {
  const state = { state: 'not-ready', reason: 'training', sinceMs: 0 }
  expect(paceOf(state, LIMITS, 90 * MIN)).toBeNull()
  expect(paceOf({ ...state, state: 'ready' }, LIMITS, 90 * MIN)).toBeNull()
  expect(paceOf({ ...state, state: 'wrap-up' }, LIMITS, 90 * MIN)).toBeNull()
})

test('values in their unit; limits in the order of the page', () => {
  expect(valueText('long-talk', 90_000)).toBe('1:30')
  expect(valueText('answer-rate-24-h', 88.4)).toBe('88.4%')
  expect(valueText('no-answers', 3)).toBe('3')
  const [first, second] = inPageOrder([LIMITS[1], LIMITS[3], LIMITS[0]].flatMap(one => one ?? []))
  expect([first?.kind, second?.reason]).toEqual(['long-talk', null])
})
