import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { SeatChangesTable } from '#database/types.ts'
import type { SeatHistory } from '../../src/insight/seat-history/schema.ts'
import { asId, type StaffId } from '../../src/kernel/ids.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { Browser, person, type Service, startService } from '../support/service.ts'
import { pastNine, recordShift } from '../support/statistics.ts'

let database: TestDatabase
let service: Service
let one: StaffId
let two: StaffId
let lead: Browser
let agent: Browser
beforeAll(async () => {
  database = await freshDatabase()
  service = await startService(database.db)
  one = await person(database.db, 'a1001')
  two = await person(database.db, 'a1002')
  await person(database.db, 'lead', 'shift-lead')
  lead = await Browser.signIn(service, 'lead')
  agent = await Browser.signIn(service, 'a1001')
})
afterAll(async () => {
  await service.close()
  await database.close()
})
beforeEach(async () => {
  await database.db.deleteFrom('seat_changes').execute()
})

/** Seconds after nine. */
interface Asked {
  readonly from: number
  readonly to: number
  readonly staff?: readonly StaffId[]
}

function url({ from, to, staff }: Asked, more: Record<string, string> = {}): string {
  const period = { from: pastNine(from).toISOString(), to: pastNine(to).toISOString() }
  const named = staff === undefined ? {} : { staff: staff.join() }
  return `/api/seat-history?${new URLSearchParams({ ...period, ...named, ...more })}`
}

async function history(asked: Asked): Promise<SeatHistory> {
  const { status, body } = await lead.ask('GET', url(asked))
  expect(status).toBe(200)
  return body
}

const at = (seconds: number) => pastNine(seconds).toISOString()
const CALL = asId<NonNullable<SeatChangesTable['call_id']>>('00000000-0000-4000-8000-000000000001')

/** A day with two seats: from nine at 1001, and from 800 s past at 1003. */
async function recordDay(): Promise<void> {
  await recordShift(database.db, '1001', one, [
    [0, 'not-ready'],
    [60, 'ready'],
    [100, 'reserved', CALL],
    [101.5, 'ringing', CALL],
    [105, 'talking', CALL],
    [205.25, 'wrap-up', CALL],
    [235.25, 'not-ready'],
    [500, 'signed-out'],
  ])
  await recordShift(database.db, '1003', one, [
    [800, 'not-ready'],
    [810, 'ready'],
    [1_000, 'signed-out'],
  ])
  // Another agent at the seat that the first one left.
  await recordShift(database.db, '1001', two, [
    [600, 'not-ready'],
    [700, 'signed-out'],
  ])
}

describe('a day counted on paper', () => {
  beforeEach(recordDay)

  test('two seats a day, every spell, and sums that are the signed-in time', async () => {
    const { agents } = await history({ from: -100, to: 2_000, staff: [one] })
    expect(agents).toEqual([
      {
        staff: one,
        name: '姓名a1001',
        agentNumber: '1001',
        signedInMs: 700_000,
        occupancy: { part: 130_250, whole: 365_250, value: 130_250 / 365_250 },
        sums: [
          { state: 'not-ready', reason: 'no-answer', ms: 334_750, times: 3 },
          { state: 'ready', reason: null, ms: 230_000, times: 2 },
          { state: 'talking', reason: null, ms: 100_250, times: 1 },
          { state: 'wrap-up', reason: null, ms: 30_000, times: 1 },
          { state: 'ringing', reason: null, ms: 3_500, times: 1 },
          { state: 'reserved', reason: null, ms: 1_500, times: 1 },
        ],
        sittings: [
          {
            seat: '1001',
            from: at(0),
            to: at(500),
            began: 'signed-in',
            ended: 'signed-out',
            spells: [
              { state: 'not-ready', reason: 'no-answer', from: at(0), to: at(60), ms: 60_000, call: null },
              { state: 'ready', reason: null, from: at(60), to: at(100), ms: 40_000, call: null },
              { state: 'reserved', reason: null, from: at(100), to: at(101.5), ms: 1_500, call: CALL },
              { state: 'ringing', reason: null, from: at(101.5), to: at(105), ms: 3_500, call: CALL },
              { state: 'talking', reason: null, from: at(105), to: at(205.25), ms: 100_250, call: CALL },
              { state: 'wrap-up', reason: null, from: at(205.25), to: at(235.25), ms: 30_000, call: CALL },
              {
                state: 'not-ready',
                reason: 'no-answer',
                from: at(235.25),
                to: at(500),
                ms: 264_750,
                call: null,
              },
            ],
          },
          {
            seat: '1003',
            from: at(800),
            to: at(1_000),
            began: 'signed-in',
            ended: 'signed-out',
            spells: [
              { state: 'not-ready', reason: 'no-answer', from: at(800), to: at(810), ms: 10_000, call: null },
              { state: 'ready', reason: null, from: at(810), to: at(1_000), ms: 190_000, call: null },
            ],
          },
        ],
      },
    ])
  })

  test('everybody, in sums; the same sums as of one who is named', async () => {
    const all = await history({ from: 0, to: 2_000 })
    expect(all.agents.map(({ agentNumber, signedInMs }) => [agentNumber, signedInMs])).toEqual([
      ['1001', 700_000],
      ['1002', 100_000],
    ])
    expect(all.agents[0]?.sittings[0]).not.toHaveProperty('spells')
    const [named] = (await history({ from: 0, to: 2_000, staff: [one] })).agents
    expect(all.agents[0]?.sums).toEqual(named?.sums)
    expect(all.formulas.map(({ id }) => id)).toEqual(['signed-in', 'occupancy'])
  })

  test('spells are cut at the ends of the period', async () => {
    const { agents } = await history({ from: 150, to: 220, staff: [one] })
    expect(agents).toMatchObject([
      {
        signedInMs: 70_000,
        sittings: [
          {
            from: at(150),
            to: at(220),
            began: 'before',
            ended: 'goes-on',
            spells: [
              { state: 'talking', from: at(150), to: at(205.25) },
              { state: 'wrap-up', from: at(205.25), to: at(220) },
            ],
          },
        ],
      },
    ])
    expect((await history({ from: 500, to: 600 })).agents).toEqual([])
  })

  test('as CSV: a row an agent, or a row a spell', async () => {
    const csv = async (asked: Asked) =>
      (
        await service.app.inject({ url: url(asked, { format: 'csv' }), headers: { cookie: lead.cookie } })
      ).body.split('\r\n')
    const sums = await csv({ from: 0, to: 2_000 })
    expect(sums[0]).toBe(
      '\uFEFF工号,姓名,签入次数,首次签入,末次签出,在席时长(秒),就绪(秒),预占(秒),振铃(秒),呼出中(秒),通话中(秒),保持中(秒),咨询中(秒),释放中(秒),话后整理(秒),示忙(秒),占用率',
    )
    expect(sums[1]).toBe(
      '1001,姓名a1001,2,2026-11-10 09:00:00,2026-11-10 09:16:40,700,230,1.5,3.5,0,100.3,0,0,0,30,334.8,35.66%',
    )
    const spells = await csv({ from: 0, to: 2_000, staff: [one] })
    expect(spells).toHaveLength(11)
    expect(spells[5]).toBe(
      `1001,姓名a1001,1001,通话中,,2026-11-10 09:01:45,2026-11-10 09:03:25,100.25,${CALL},签出`,
    )
  })
})

test('across midnight a spell is in both days, and the days add up', async () => {
  const midnight = 15 * 3_600
  await recordShift(database.db, '1001', one, [
    [midnight - 3_600, 'ready'],
    [midnight + 1_800, 'signed-out'],
  ])
  const before = (await history({ from: midnight - 86_400, to: midnight })).agents
  const after = (await history({ from: midnight, to: midnight + 86_400 })).agents
  expect(before).toMatchObject([
    { signedInMs: 3_600_000, sittings: [{ began: 'signed-in', ended: 'goes-on' }] },
  ])
  expect(after).toMatchObject([
    { signedInMs: 1_800_000, sittings: [{ began: 'before', ended: 'signed-out' }] },
  ])
})

test('who sits there still is counted up to now', async () => {
  const { db } = database
  const since = new Date(Date.now() - 60_000)
  await db
    .insertInto('seat_changes')
    .values({ seat: asId('1002'), at: since, staff_id: two, state: 'ready', reason: null, call_id: null })
    .execute()
  const period = { from: new Date(Date.now() - 3_600_000), to: new Date(Date.now() + 3_600_000) }
  const query = new URLSearchParams({ from: period.from.toISOString(), to: period.to.toISOString() })
  const { body } = await lead.ask('GET', `/api/seat-history?${query}`)
  expect(body.agents).toMatchObject([{ agentNumber: '1002', sittings: [{ to: body.at, ended: 'open' }] }])
  expect(body.agents[0].signedInMs).toBe(Date.parse(body.at) - since.getTime())
})

test('a leaving that was never written ends with the next sign-in at the seat', async () => {
  const change = (seconds: number, state: 'not-ready' | 'ready', reason: string | null) => ({
    seat: asId<SeatChangesTable['seat']>('1001'),
    at: pastNine(seconds),
    staff_id: one,
    state,
    reason,
    call_id: null,
  })
  await database.db
    .insertInto('seat_changes')
    .values([
      change(0, 'not-ready', 'signed-in'),
      change(5, 'ready', null),
      change(90, 'not-ready', 'signed-in'),
    ])
    .execute()
  const { agents } = await history({ from: 0, to: 120 })
  expect(agents).toMatchObject([
    {
      signedInMs: 120_000,
      sittings: [
        { from: at(0), to: at(90), ended: 'not-recorded' },
        { from: at(90), to: at(120), ended: 'goes-on' },
      ],
    },
  ])
})

/** A sitting as the seat went through it: how long until it began, and the states with how long each lasted. */
const anySitting = fc.record({
  agent: fc.nat({ max: 1 }),
  seat: fc.constantFrom('1001', '1002', '1003'),
  gapMs: fc.integer({ min: 0, max: 500_000 }),
  states: fc.array(
    fc.tuple(
      fc.constantFrom('not-ready', 'ready', 'reserved', 'ringing', 'talking', 'releasing', 'wrap-up'),
      // Also states that last no time at all.
      fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 400_000 })),
    ),
    { minLength: 1, maxLength: 8 },
  ),
})

test('whatever the day, the sums are exactly the time from sign-in to sign-out, wherever the day is cut', async () => {
  const staff = [one, two]
  await fc.assert(
    fc.asyncProperty(
      fc.array(anySitting, { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 10_000_000 }),
      async (sittings, cutMs) => {
        await database.db.deleteFrom('seat_changes').execute()
        const expected = new Map<StaffId, number>()
        let clockMs = 0
        for (const { agent: index, seat, gapMs, states } of sittings) {
          const who = staff[index]
          if (who === undefined) throw new Error('no such agent')
          clockMs += gapMs
          const shift: [number, SeatChangesTable['state']][] = []
          for (const [state, lastedMs] of states) {
            shift.push([clockMs / 1_000, state])
            clockMs += lastedMs
            expected.set(who, (expected.get(who) ?? 0) + lastedMs)
          }
          await recordShift(database.db, seat, who, [...shift, [clockMs / 1_000, 'signed-out']])
        }
        const day = { from: 0, to: 86_400 }
        const all = (await history(day)).agents
        const named = (await history({ ...day, staff })).agents
        const signedIn = (of: SeatHistory['agents'], who: StaffId) =>
          of.find(found => found.staff === who)?.signedInMs ?? 0
        for (const who of staff) expect(signedIn(all, who)).toBe(expected.get(who) ?? 0)
        expect(all.map(({ sums, signedInMs }) => ({ sums, signedInMs }))).toEqual(
          named.map(({ sums, signedInMs }) => ({ sums, signedInMs })),
        )
        for (const { sums, signedInMs, sittings: found } of named) {
          const length = (part: { from: string; to: string }) => Date.parse(part.to) - Date.parse(part.from)
          const sum = (all: readonly number[]) => all.reduce((left, right) => left + right, 0)
          expect(sum(sums.map(({ ms }) => ms))).toBe(signedInMs)
          expect(sum(found.map(length))).toBe(signedInMs)
          for (const { spells = [], ...sitting } of found) {
            expect(spells.map(({ ms }) => ms)).toEqual(spells.map(length))
            // Without a gap from the first to the last.
            expect(spells.map(({ from }) => from)).toEqual([
              sitting.from,
              ...spells.slice(0, -1).map(({ to }) => to),
            ])
            expect(spells.at(-1)?.to).toBe(sitting.to)
          }
        }
        const cut = cutMs / 1_000
        const early = (await history({ from: 0, to: cut })).agents
        const late = (await history({ from: cut, to: cut + 80_000 })).agents
        for (const who of staff) {
          expect(signedIn(early, who) + signedIn(late, who)).toBe(expected.get(who) ?? 0)
        }
      },
    ),
    { numRuns: 60 },
  )
})

describe('who may ask for what', () => {
  beforeEach(recordDay)

  test('an agent sees the own history, with spells, and no other', async () => {
    const own = await agent.ask('GET', url({ from: 0, to: 2_000 }))
    expect(own.body.agents).toMatchObject([{ agentNumber: '1001', sittings: [{ spells: {} }, {}] }])
    expect((await agent.ask('GET', url({ from: 0, to: 2_000, staff: [two] }))).status).toBe(403)
    expect((await agent.ask('GET', url({ from: 0, to: 2_000, staff: [one, two] }))).status).toBe(403)
  })

  test.each([
    [0, 86_401, 'everybody', 'too-long'],
    [10, 10, 'everybody', 'not-after-from'],
    [0, 32 * 86_400, 'one', 'too-long'],
  ])('from %d to %d of %s is bad input', async (from, to, whom, why) => {
    const asked = whom === 'one' ? { from, to, staff: [one] } : { from, to }
    expect(await lead.ask('GET', url(asked))).toMatchObject({ status: 400, body: { fields: { to: why } } })
  })

  test('a month of one person', async () => {
    const { agents } = await history({ from: 0, to: 31 * 86_400, staff: [one] })
    expect(agents).toMatchObject([{ signedInMs: 700_000 }])
  })
})
