import { expect, test } from 'vitest'
import { HOUR_MS } from '#kernel/time.ts'
import type { Clock } from '../../cases/clocks/clock.ts'
import { DEFAULT_LIMITS } from '../../cases/clocks/limits.ts'
import { digestOf, type Reckoning, stagesToCome } from './rules.ts'

type Day = [string, { works: boolean }]
const { hours, escalateSignAfterMs } = DEFAULT_LIMITS
const reckoning: Reckoning = { calendar: new Map(), hours, escalateSignAfterMs }
const off: Day = ['2026-10-01', { works: false }]
const worked: Day = ['2026-10-10', { works: true }]

test('a digest tells what matters from what does not', () => {
  const digest = (edit: Partial<Reckoning>) => digestOf({ ...reckoning, ...edit })
  expect(digest({ calendar: new Map([off, worked]) })).toBe(digest({ calendar: new Map([worked, off]) }))
  const all = [
    digest({}),
    digest({ calendar: new Map([off]) }),
    digest({ calendar: new Map([[off[0], { works: true }]]) }),
    digest({ hours: hours.slice(1) }),
    digest({ escalateSignAfterMs: [HOUR_MS] }),
  ]
  expect(new Set(all).size).toBe(all.length)
})

test('a stage comes again only when it has moved later', () => {
  const clock: Clock = {
    ...{ kind: 'handle', unit: null, startedAt: 0, limit: { unit: 'wall', ms: 100 } },
    ...{ extensions: [], pauses: [], stoppedAt: null },
  }
  const stages = (halfMarkedAt: number) =>
    stagesToCome(clock, reckoning, [{ stage: 'half', at: halfMarkedAt }]).map(({ stage }) => stage)
  expect(stages(49)).toEqual(['half', 'most', 'due', 'red'])
  expect(stages(50)).toEqual(['most', 'due', 'red'])
  expect(stages(60)).toEqual(['most', 'due', 'red'])
})
