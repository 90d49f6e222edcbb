import { expect, test } from 'vitest'
import { signInWaitMs } from './rules.ts'

test.each([
  [0, 0],
  [4, 0],
  [5, 10_000],
  [6, 20_000],
  [8, 80_000],
  [10, 300_000],
  [1_000, 300_000],
])('after %i failures a login waits %i ms', (failures, wait) => {
  expect(signInWaitMs(failures, 1_000, 1_000)).toBe(wait)
})

test('the wait runs from the last failure and is then over', () => {
  expect(signInWaitMs(5, 1_000, 10_999)).toBe(1)
  expect(signInWaitMs(5, 1_000, 11_000)).toBe(0)
  expect(signInWaitMs(5, 1_000, 99_000)).toBe(0)
})
