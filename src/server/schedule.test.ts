import { pino } from 'pino'
import { expect, test, vi } from 'vitest'
import { startSchedule } from './schedule.ts'

test('a sweep runs by the clock; one that fails is logged and runs again; stopping ends both', async () => {
  const warnings: string[] = []
  const log = pino({ level: 'error' }, { write: (line: string) => void warnings.push(line) })
  const counts = { good: 0, bad: 0 }
  const everySecond = '* * * * * *'
  const stop = startSchedule(
    [
      { name: 'good', cron: everySecond, run: async () => void counts.good++ },
      {
        name: 'bad',
        cron: everySecond,
        async run() {
          counts.bad++
          throw new Error('not today')
        },
      },
    ],
    log,
  )
  await vi.waitUntil(() => counts.good >= 2 && counts.bad >= 2, { timeout: 10_000 })
  await stop()
  expect(warnings.length).toBeGreaterThanOrEqual(2)
  expect(warnings[0]).toContain('not today')
  expect(warnings[0]).toContain('"sweep":"bad"')
})
