import { expect, test } from 'vitest'
import { asId, type UnitId } from '#kernel/ids.ts'
import type { Clock, ClockKind, Limit } from './clock.ts'
import {
  extend,
  isPaused,
  pauseClocks,
  relimit,
  resumeClocks,
  startClock,
  stopClock,
  stopClocks,
} from './operations.ts'

const street: UnitId = asId('street')
const bureau: UnitId = asId('bureau')
const limit: Limit = { unit: 'wall', ms: 1_000 }
const sign = { kind: 'sign', unit: street } as const
const handle = { kind: 'handle', unit: null } as const
const kinds = (clocks: readonly Clock[]) =>
  clocks.filter(({ stoppedAt }) => stoppedAt === null).map(({ kind }) => kind)

const two = startClock(startClock([], sign, limit, 10), handle, limit, 20)

test('one of a kind and unit runs at most; another unit has its own', () => {
  expect(startClock(two, sign, limit, 30)).toBe(two)
  expect(kinds(startClock(two, { ...sign, unit: bureau }, limit, 30))).toEqual(['sign', 'handle', 'sign'])
})

test('a clock that was stopped keeps its end; a new one starts beside it', () => {
  const stopped = stopClock(two, sign, 30)
  expect(stopped[0]).toMatchObject({ stoppedAt: 30 })
  expect(stopClock(stopped, sign, 40)).toEqual(stopped)
  expect(stopClocks(stopped, 40)[0]).toEqual(stopped[0])
  expect(startClock(stopped, sign, limit, 50)).toHaveLength(3)
})

test('one that was stopped as it started never was', () => {
  expect(startClock(stopClock(two, sign, 10), sign, limit, 10)).toHaveLength(2)
})

test('nothing is done to a clock that was stopped', () => {
  const stopped = stopClocks(two, 30)
  const all: readonly ClockKind[] = ['sign', 'handle']
  expect(pauseClocks(stopped, 40, all)).toEqual(stopped)
  expect(resumeClocks(stopped, 40)).toEqual(stopped)
  expect(relimit(stopped, () => ({ unit: 'wall', ms: 5 }))).toEqual(stopped)
  expect(extend(stopped, handle, limit)).toEqual(stopped)
})

test('all of one unit stop, others run on', () => {
  expect(kinds(stopClocks(two, 30, street))).toEqual(['handle'])
})

test('only the kinds that were named pause, once; none pauses from before its start', () => {
  const paused = pauseClocks(pauseClocks(two, 15, ['handle']), 40, ['handle'])
  expect(paused.map(isPaused)).toEqual([false, true])
  expect(paused[1]?.pauses).toEqual([{ from: 20, to: null }])
  expect(resumeClocks(paused, 60)[1]?.pauses).toEqual([{ from: 20, to: 60 }])
  expect(resumeClocks(paused, 20)).toEqual(two)
})

test('a pause ends when its clock is stopped', () => {
  const stopped = stopClock(pauseClocks(two, 30, ['handle']), handle, 50)
  expect(stopped[1]).toMatchObject({ pauses: [{ from: 30, to: 50 }], stoppedAt: 50 })
})

test('where another priority has no such clock, the limit stays', () => {
  expect(
    relimit(two, ({ kind }) => (kind === 'sign' ? { unit: 'wall', ms: 5 } : null)).map(one => one.limit),
  ).toEqual([{ unit: 'wall', ms: 5 }, limit])
})
