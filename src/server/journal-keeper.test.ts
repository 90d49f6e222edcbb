import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { LiveCenter } from '#contact-center/center.ts'
import { HOUR_MS, MINUTE_MS } from '#kernel/time.ts'
import { keepJournalShort } from './journal-keeper.ts'

const floor = new LiveCenter()
const journal = {
  length: 0,
  begun: 0,
  compact() {
    this.length = 0
    this.begun++
  },
}
const facts = { behind: 0 }
let stop: () => void
beforeEach(() => {
  vi.useFakeTimers()
  Object.assign(journal, { length: 0, begun: 0 })
  facts.behind = 0
  stop = keepJournalShort(journal, floor, facts)
})
afterEach(() => {
  stop()
  vi.useRealTimers()
})

test('a long journal is begun anew within a minute, a short one within an hour, an empty one never', () => {
  journal.length = 20_001
  vi.advanceTimersByTime(MINUTE_MS)
  expect(journal.begun).toBe(1)
  journal.length = 1
  vi.advanceTimersByTime(HOUR_MS - MINUTE_MS)
  expect(journal.begun).toBe(1)
  vi.advanceTimersByTime(MINUTE_MS)
  expect(journal).toMatchObject({ begun: 2, length: 0 })
  vi.advanceTimersByTime(3 * HOUR_MS)
  expect(journal.begun).toBe(2)
})

test('one whose facts are not all written is kept until they are', () => {
  journal.length = 1
  facts.behind = 1
  vi.advanceTimersByTime(2 * HOUR_MS)
  expect(journal.begun).toBe(0)
  facts.behind = 0
  vi.advanceTimersByTime(MINUTE_MS)
  expect(journal.begun).toBe(1)
})

test('at the end it is begun anew', () => {
  journal.length = 1
  stop()
  expect(journal.begun).toBe(1)
})
