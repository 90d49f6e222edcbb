import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Coalesced } from './coalesce.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('the first change is worked on at once, those within the time share one run at its end', () => {
  let runs = 0
  const work = new Coalesced(1_000, () => runs++)
  work.changed()
  vi.advanceTimersByTime(0)
  expect(runs).toBe(1)
  for (let change = 0; change < 100; change++) work.changed()
  vi.advanceTimersByTime(999)
  expect(runs).toBe(1)
  vi.advanceTimersByTime(1)
  expect(runs).toBe(2)
  vi.advanceTimersByTime(10_000)
  expect(runs).toBe(2)
})

test('a cancelled change is not worked on, and leaves no timer', () => {
  let runs = 0
  const work = new Coalesced(1_000, () => runs++)
  work.changed()
  work.cancel()
  expect(vi.getTimerCount()).toBe(0)
  vi.advanceTimersByTime(5_000)
  expect(runs).toBe(0)
})
