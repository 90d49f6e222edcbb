import { expect, test } from 'vitest'
import { betweenBands, type QueueRow, wholeQueueRows } from './add-up.ts'

function row(key: string, offered: number, answered: number, totalMs: number): QueueRow {
  const mean = { totalMs, calls: answered, meanMs: answered === 0 ? null : totalMs / answered }
  const share = { part: answered, whole: offered, value: answered / offered }
  return {
    start: '',
    key,
    name: key,
    offered,
    answered,
    answeredWithin: [answered, answered],
    speedOfAnswer: mean,
    handling: { announcement: mean, talk: mean, hold: mean, wrapUp: mean, whole: mean },
    abandoned: offered - answered,
    abandonedWithin: [0, offered - answered],
    shortAbandoned: 0,
    overflowed: 1,
    timedOut: 2,
    turnedAway: 3,
    failed: 4,
    waiting: 5,
    serviceLevel: share,
    answerRate: share,
    answerRateWithoutShort: share,
  }
}

test('groups are added up, shares and means formed anew', () => {
  const rows = [row('a', 10, 5, 1_000), row('b', 1, 0, 0), row('a', 30, 25, 5_000)]
  const [a, b] = wholeQueueRows(rows)
  expect(a).toMatchObject({
    key: 'a',
    offered: 40,
    answeredWithin: [30, 30],
    abandonedWithin: [0, 10],
    overflowed: 2,
    timedOut: 4,
    turnedAway: 6,
    failed: 8,
    waiting: 10,
    answerRate: { part: 30, whole: 40, value: 0.75 },
    speedOfAnswer: { totalMs: 6_000, calls: 30, meanMs: 200 },
  })
  expect(b).toEqual(rows[1])
})

test('a histogram is what lies between one band and the next', () => {
  expect(betweenBands([2, 5, 5], 9)).toEqual([2, 3, 0, 4])
})
