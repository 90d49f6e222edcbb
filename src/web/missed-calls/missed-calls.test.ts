import { expect, test } from 'vitest'
import type { MissedCall } from '../../floor/missed-calls/schema.ts'
import { actOfKey, actsOn, moved } from './keys.ts'

const call = (claimedBy: string | null, closedAt: string | null = null) =>
  ({ claimedBy, closedAt }) as Partial<MissedCall> as MissedCall

test.each([
  ['agent', call(null), { claim: true, release: false, close: true }],
  ['agent', call('me'), { claim: false, release: true, close: true }],
  ['agent', call('other'), { claim: false, release: false, close: false }],
  ['shift-lead', call('other'), { claim: true, release: true, close: true }],
  ['quality', call(null), { claim: false, release: false, close: false }],
  ['admin', call(null, '2026-11-21T00:00:00.000Z'), { claim: false, release: false, close: false }],
] as const)('%s and %j', (role, entry, acts) => {
  expect(actsOn(entry, { id: 'me', role })).toEqual(acts)
})

test('keys, in either case', () => {
  expect(['c', 'C', 'ArrowDown', '/', 'x', 'g'].map(actOfKey)).toEqual([
    'claim',
    'claim',
    'next',
    'search',
    'given-up',
    null,
  ])
})

test('arrows stay in the list', () => {
  const calls = [{ id: 7 }, { id: 5 }, { id: 3 }]
  expect([moved(calls, null, 1), moved(calls, 7, 1), moved(calls, 3, 1), moved(calls, 7, -1)]).toEqual([
    7, 5, 3, 7,
  ])
  expect(moved(calls, 99, 1)).toBe(7)
  expect(moved([], null, 1)).toBeNull()
})
