import { describe, test } from 'vitest'
import { type DayPlan, runDay } from '../../src/sim/day.ts'
import { BAD_DAY } from '../../src/sim/faults.ts'
import { shortestStory, tell } from '../../src/sim/story.ts'

/** A bad hour in a small room: what can befall two hundred seats befalls four, and is checked as often. */
const HOUR: Omit<DayPlan, 'seed'> = { hours: 1, seats: 4, calls: 60, faults: BAD_DAY }

const TOGETHER = 50

/** Seeded days `first` … `first + count - 1`; a failing one is told as the shortest story found. */
export function testDays(first: number, count: number): void {
  describe('seeded bad days find nothing', () => {
    for (let from = first; from < first + count; from += TOGETHER) {
      const to = Math.min(from + TOGETHER, first + count) - 1
      test(`seeds ${from} to ${to}`, async () => {
        for (let seed = from; seed <= to; seed++) await expectGood({ ...HOUR, seed })
      })
    }
  })
}

async function expectGood(plan: DayPlan): Promise<void> {
  const report = await runDay(plan)
  if (report.failure === null) return
  const { failure } = await shortestStory(plan)
  throw new Error(`seed ${plan.seed}\n${tell(failure ?? report.failure)}`)
}
