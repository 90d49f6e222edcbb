import fc from 'fast-check'
import type { Insertable } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CallsTable } from '#database/types.ts'
import type { StaffId } from '../../src/kernel/ids.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { Browser, person, type Service, startService } from '../support/service.ts'
import { type CallStory, callRow, pastNine, threeLines } from '../support/statistics.ts'

let database: TestDatabase
let service: Service
let agents: StaffId[]
let lead: Browser
beforeAll(async () => {
  database = await freshDatabase()
  await threeLines(database.db)
  service = await startService(database.db)
  agents = [await person(database.db, 'a1001'), await person(database.db, 'a1002')]
  await person(database.db, 'lead', 'shift-lead')
  lead = await Browser.signIn(service, 'lead')
})
afterAll(async () => {
  await service.close()
  await database.close()
})

const HOUR_S = 3_600
const BANDS_S = [3, 5, 10, 15, 20, 30, 60]
const QUEUES: Readonly<Record<string, string>> = { 12345: 'general', 12320: 'general', 12315: 'enterprise' }

/** A call around the hour after nine, in or out of it, with any end. Waits gather around the limits of the bands. */
const anyStory = fc
  .record({
    line: fc.constantFrom(...Object.keys(QUEUES)),
    queued: fc.integer({ min: -200_000, max: (HOUR_S + 200) * 1_000 }).map(ms => ms / 1_000),
    wait: fc.oneof(
      fc.constantFrom(...BANDS_S),
      fc.integer({ min: 0, max: 90_000 }).map(ms => ms / 1_000),
    ),
    agent: fc.nat({ max: 1 }),
    talk: fc.integer({ min: 0, max: 300 }),
    end: fc.constantFrom('completed', 'talking', 'abandoned', 'our-fault', 'waiting', 'never-queued'),
  })
  .map(draw => (staff: readonly StaffId[]) => story(draw, staff))

interface Draw {
  readonly line: string
  readonly queued: number
  readonly wait: number
  readonly agent: number
  readonly talk: number
  readonly end: string
}

function story({ line, queued, wait, agent, talk, end }: Draw, staff: readonly StaffId[]): CallStory {
  const call = { line, queue: QUEUES[line] ?? '', queued }
  const at = queued + wait
  const by = staff[agent]
  if (by === undefined) throw new Error('no such agent')
  const bridged = { ...call, answered: { at, by }, bridged: at + 2 }
  switch (end) {
    case 'completed':
      return { ...bridged, ended: { at: at + 2 + talk, result: 'completed', reason: 'hung-up' } }
    case 'talking':
      return bridged
    case 'abandoned':
      return { ...call, ended: { at, result: 'abandoned', reason: 'left-in-queue' } }
    case 'our-fault':
      return { ...call, ended: { at, result: 'our-fault', reason: 'pbx-lost' } }
    case 'waiting':
      return call
    default:
      return { ...call, queued: null, ended: { at, result: 'caller-side', reason: 'left-in-greeting' } }
  }
}

type Row = Insertable<CallsTable>

/** The figures of the hour by going through the calls one by one. */
function byHand(calls: readonly Row[]) {
  const ms = (at: Date | string | null | undefined) => (at ? new Date(at).getTime() : Number.NaN)
  const from = ms(pastNine(0))
  const offered = calls.filter(
    call => ms(call.queued_at) >= from && ms(call.queued_at) < from + HOUR_S * 1_000,
  )
  const answered = offered.filter(call => call.answered_at)
  const abandoned = offered.filter(call => call.result === 'abandoned')
  const within = (some: readonly Row[], of: (call: Row) => number) =>
    BANDS_S.map(band => some.filter(call => of(call) <= band * 1_000).length)
  const untilAnswer = (call: Row) => ms(call.answered_at) - ms(call.queued_at)
  const untilEnd = (call: Row) => ms(call.ended_at) - ms(call.queued_at)
  const sum = (some: readonly Row[], of: (call: Row) => number) =>
    some.reduce((all, call) => all + of(call), 0)
  const short = abandoned.filter(call => untilEnd(call) < 5_000).length
  const handled = answered.filter(call => call.ended_at)
  return {
    offered: offered.length,
    answered: answered.length,
    answeredWithin: within(answered, untilAnswer),
    abandoned: abandoned.length,
    abandonedWithin: within(abandoned, untilEnd),
    shortAbandoned: short,
    failed: offered.filter(call => call.result === 'our-fault').length,
    waiting: offered.filter(call => !call.answered_at && !call.ended_at).length,
    serviceLevel: {
      part: answered.filter(call => untilAnswer(call) <= 15_000).length,
      whole: answered.length + abandoned.length - short,
    },
    speedOfAnswer: { totalMs: sum(answered, untilAnswer), calls: answered.length },
    handling: {
      talk: { totalMs: sum(handled, call => ms(call.ended_at) - ms(call.bridged_at)), calls: handled.length },
    },
  }
}

test('whatever the calls, the figures are their sums, however they are grouped', async () => {
  const period = { from: pastNine(0).toISOString(), to: pastNine(HOUR_S).toISOString() }
  const ask = async (by: string, step: string) => {
    const query = new URLSearchParams({ ...period, by, step })
    return (await lead.ask('GET', `/api/statistics/intervals?${query}`)).body
  }
  const summed = (rows: readonly Record<string, number>[], name: string) =>
    rows.reduce((sum, row) => sum + (row[name] ?? Number.NaN), 0)
  await fc.assert(
    fc.asyncProperty(fc.array(anyStory, { minLength: 1, maxLength: 40 }), async draws => {
      const calls = draws.map(draw => callRow(draw(agents)))
      await database.db.deleteFrom('calls').execute()
      await database.db.insertInto('calls').values(calls).execute()
      const expected = byHand(calls)
      for (const [by, step] of [
        ['line', '15m'],
        ['line', '1h'],
        ['queue', '15m'],
      ] as const) {
        const { rows, total } = await ask(by, step)
        expect(total).toMatchObject(expected)
        for (const name of ['offered', 'answered', 'abandoned', 'shortAbandoned', 'failed', 'waiting']) {
          expect(summed(rows, name)).toBe(total[name])
        }
        for (const row of [...rows, total]) {
          expect(row.offered).toBe(row.answered + row.abandoned + row.failed + row.waiting)
        }
      }
      const byAgent = await ask('agent', '15m')
      expect(summed(byAgent.rows, 'answered')).toBe(expected.answered)
      const { answered, answeredWithin, speedOfAnswer } = expected
      expect(byAgent.total).toMatchObject({ answered, answeredWithin, speedOfAnswer })
    }),
    { numRuns: 60 },
  )
})
