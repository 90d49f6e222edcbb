import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CallNote, Fact, Grade } from '../../src/contact-center/events.ts'
import type { RatingRow } from '../../src/insight/ratings/schema.ts'
import { asId, type SeatNumber, type StaffId } from '../../src/kernel/ids.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { answeredCall, EVENING } from '../support/facts.ts'
import { Browser, oneLine, person, type Service, startService } from '../support/service.ts'

let database: TestDatabase
let service: Service
let one: StaffId
let two: StaffId
let watcher: StaffId
let sequence = 0

beforeAll(async () => {
  database = await freshDatabase()
  await oneLine(database.db)
  service = await startService(database.db)
  one = await person(database.db, 'a1001')
  two = await person(database.db, 'a1002')
  watcher = await person(database.db, 'a1003')
  await person(database.db, 'lead', 'shift-lead')
})
afterAll(async () => {
  await service.close()
  await database.close()
})

/** A call of which `last` had the end; `grade` null: asked in vain. */
async function ratedCall(
  first: StaffId,
  last: StaffId,
  grade: Grade | null,
  arrivedAt = EVENING,
): Promise<void> {
  const call = answeredCall(first, arrivedAt)
  const at = arrivedAt + 40_000
  const noted = (note: CallNote, after = 0): Fact => ({
    fact: 'call-noted',
    call: call.id,
    at: at + after,
    note,
  })
  const sits = (staff: StaffId, seat: SeatNumber, before: number): Fact => ({
    fact: 'seat-changed',
    at: at - before,
    seat: { seat, staff, state: 'talking', reason: null, call: call.id },
  })
  const seat = asId<SeatNumber>('1002')
  const said: Fact[] =
    grade === null
      ? [noted({ kind: 'not-rated' }, 9_000)]
      : [
          noted({ kind: 'rated', grade }, 5_000),
          { fact: 'call-rated', call: call.id, at: at + 5_000, rating: { grade, seat, staff: last } },
        ]
  const events: readonly (readonly Fact[])[] = [
    ...call.events,
    [
      sits(first, asId('1001'), 30_000),
      sits(last, seat, 20_000),
      sits(watcher, asId('1003'), 10_000),
      noted({ kind: 'watched', seat: asId('1003'), mode: 'listen' }, -10_000),
      noted({ kind: 'rating-asked' }),
      ...said,
    ],
  ]
  for (const facts of events) service.facts.accept(++sequence, facts)
  await service.facts.flushed()
}

const period = { from: '2026-11-20T16:00:00.000Z', to: '2026-11-21T16:00:00.000Z' }
const asked = (by: string) => `/api/statistics/ratings?${new URLSearchParams({ ...period, by })}`

test('a call is rated for the agent whom the citizen spoke with last, also when no key was pressed', async () => {
  await ratedCall(one, one, 1)
  await ratedCall(one, two, 2)
  await ratedCall(one, two, 5)
  await ratedCall(one, two, null)
  await ratedCall(one, two, 1, EVENING - 86_400_000)
  const lead = await Browser.signIn(service, 'lead')
  const { status, body } = await lead.ask('GET', asked('agent'))
  expect(status).toBe(200)
  expect(
    body.rows.map(({ agentNumber, grades, notRated }: RatingRow) => [agentNumber, grades, notRated]),
  ).toEqual([
    ['1001', [1, 0, 0, 0, 0], 0],
    ['1002', [0, 1, 0, 0, 1], 1],
  ])
  expect(body.total).toMatchObject({
    asked: 4,
    rated: { part: 3, whole: 4, value: 0.75 },
    satisfied: { part: 2, whole: 3 },
  })
  expect(body.formulas.map(({ id, version }: { id: string; version: number }) => [id, version])).toEqual([
    ['rating-asked', 1],
    ['rating-rate', 1],
    ['satisfaction', 1],
  ])
})

test('by queue, under its name', async () => {
  const lead = await Browser.signIn(service, 'lead')
  const { body } = await lead.ask('GET', asked('queue'))
  expect(body.rows).toMatchObject([{ key: 'general', nameZh: '综合', nameEn: 'General', asked: 4 }])
})

test('is for those who look over the floor, and for a month at most', async () => {
  const agent = await Browser.signIn(service, 'a1001')
  expect(await agent.ask('GET', asked('agent'))).toMatchObject({ status: 403 })
  const lead = await Browser.signIn(service, 'lead')
  const long = new URLSearchParams({ ...period, from: '2026-01-01T16:00:00.000Z', by: 'queue' })
  expect(await lead.ask('GET', `/api/statistics/ratings?${long}`)).toMatchObject({
    status: 400,
    body: { fields: { to: 'too-long' } },
  })
})
