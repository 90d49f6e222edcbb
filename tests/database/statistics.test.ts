import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { STEP_MS } from '../../src/insight/intervals/rules.ts'
import { countAgents } from '../../src/insight/intervals/store.ts'
import type { StaffId } from '../../src/kernel/ids.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { Browser, person, type Service, startService } from '../support/service.ts'
import { callRow, pastNine, recordShift, threeLines } from '../support/statistics.ts'

let database: TestDatabase
let service: Service
let one: StaffId
let two: StaffId
let lead: Browser
beforeAll(async () => {
  database = await freshDatabase()
  await threeLines(database.db)
  service = await startService(database.db)
  one = await person(database.db, 'a1001')
  two = await person(database.db, 'a1002')
  for (const role of ['shift-lead', 'quality', 'admin'] as const) await person(database.db, role, role)
  lead = await Browser.signIn(service, 'shift-lead')
  await recordMorning()
})
afterAll(async () => {
  await service.close()
  await database.close()
})

/** Half an hour from nine, every figure of which was worked out on paper. */
async function recordMorning(): Promise<void> {
  const general = { line: '12345', queue: 'general' }
  const health = { line: '12320', queue: 'general' }
  const trade = { line: '12315', queue: 'enterprise' }
  const talked = (at: number) => ({ at, result: 'completed', reason: 'hung-up' }) as const
  const left = (at: number) => ({ at, result: 'abandoned', reason: 'left-in-queue' }) as const
  // From nine to a quarter past. The waits are 2 s, 15 s exactly, and 1 ms longer.
  const first = callRow({
    ...general,
    queued: 0,
    answered: { at: 2, by: one },
    bridged: 4,
    ended: talked(64),
  })
  const second = callRow({
    ...general,
    queued: 60,
    answered: { at: 75, by: two },
    bridged: 77,
    ended: talked(177),
  })
  const third = callRow({
    ...general,
    queued: 100,
    answered: { at: 115.001, by: one },
    bridged: 117.001,
    ended: talked(147.001),
  })
  // 1 ms below the limit of short abandons, and on it.
  const short = callRow({ ...trade, queued: 200, ended: left(204.999) })
  const notShort = callRow({ ...trade, queued: 300, ended: left(305) })
  const whileRinging = callRow({
    ...general,
    queued: 400,
    ended: { at: 470, result: 'abandoned', reason: 'left-while-ringing' },
  })
  const failed = callRow({
    ...trade,
    queued: 500,
    ended: { at: 510, result: 'our-fault', reason: 'pbx-lost' },
  })
  // Entered the queue in the last millisecond of the quarter; answered in the next.
  const late = callRow({
    ...health,
    queued: 899.999,
    answered: { at: 905, by: two },
    bridged: 907,
    ended: talked(1_007),
  })
  // From a quarter past: answered but never connected; still waiting; answered by the second seat, still talking.
  const neverBridged = callRow({
    ...general,
    queued: 900,
    answered: { at: 903, by: one },
    ended: { at: 904, result: 'caller-side', reason: 'left-before-bridge' },
  })
  const waiting = callRow({ ...trade, queued: 1_000 })
  const talking = callRow({ ...general, queued: 1_010, answered: { at: 1_070, by: two }, bridged: 1_072 })
  // Beside the half hour: in no queue, the last millisecond before it, and the edges of the 24 hours before half past.
  const wrongNumber = callRow({
    ...general,
    queued: null,
    ended: { at: 30, result: 'caller-side', reason: 'unknown-number' },
  })
  const before = callRow({
    ...general,
    queued: -0.001,
    answered: { at: 1, by: two },
    bridged: 2,
    ended: talked(3),
  })
  const yesterday = callRow({ ...general, queued: 1_800 - 86_400, ended: left(1_900 - 86_400) })
  const tooOld = callRow({ ...general, queued: 1_799.999 - 86_400, ended: left(1_900 - 86_400) })

  const { db } = database
  const all = [
    first,
    second,
    third,
    short,
    notShort,
    whileRinging,
    failed,
    late,
    neverBridged,
    waiting,
    talking,
  ]
  await db
    .insertInto('calls')
    .values([...all, wrongNumber, before, yesterday, tooOld])
    .execute()
  await recordShift(db, '1001', one, [
    [-1_800, 'not-ready'],
    [-600, 'ready'],
    [0, 'reserved', first.id],
    [1, 'ringing', first.id],
    [2, 'talking', first.id],
    [64, 'wrap-up', first.id],
    [94, 'ready'],
    [110, 'reserved', third.id],
    [115.001, 'talking', third.id],
    [147.001, 'wrap-up', third.id],
    [157.001, 'ready'],
    // Answered and at once lost again: its wrap-up is this agent's time, yet no part of the call's handling.
    [900, 'reserved', late.id],
    [900.2, 'talking', late.id],
    [900.5, 'wrap-up', late.id],
    [900.9, 'ready'],
    [901, 'reserved', neverBridged.id],
    [903, 'talking', neverBridged.id],
    [904, 'wrap-up', neverBridged.id],
    [914, 'ready'],
    [1_011, 'reserved', talking.id],
    [1_031, 'not-ready'],
    [1_131, 'ready'],
    [1_800, 'signed-out'],
  ])
  await recordShift(db, '1002', two, [
    [-600, 'ready'],
    [70, 'reserved', second.id],
    [75, 'talking', second.id],
    [177, 'wrap-up', second.id],
    [197, 'ready'],
    [469, 'reserved', whileRinging.id],
    [470, 'releasing', whileRinging.id],
    [471, 'ready'],
    [902, 'reserved', late.id],
    [905, 'talking', late.id],
    [1_007, 'wrap-up', late.id],
    [1_067, 'ready'],
    [1_068, 'reserved', talking.id],
    [1_070, 'talking', talking.id],
  ])
}

const HALF_HOUR = { from: pastNine(0).toISOString(), to: pastNine(1_800).toISOString() }

function asked(query: Record<string, string>): string {
  return `/api/statistics/intervals?${new URLSearchParams({ ...HALF_HOUR, ...query })}`
}

async function rowsBy(query: Record<string, string>) {
  const { status, body } = await lead.ask('GET', asked(query))
  expect(status).toBe(200)
  return body
}

const share = (part: number, whole: number) => ({ part, whole, value: whole === 0 ? null : part / whole })
const mean = (totalS: number, calls: number, meanMs: number | null) => ({
  totalMs: Math.round(totalS * 1_000),
  calls,
  meanMs,
})
const NOBODY = mean(0, 0, null)
const NOT_HANDLED = { announcement: NOBODY, talk: NOBODY, hold: NOBODY, wrapUp: NOBODY, whole: NOBODY }
const NONE = [0, 0, 0, 0, 0, 0, 0]
const NOT_MOVED = { overflowed: 0, timedOut: 0, turnedAway: 0 }
const NO_ABANDONS = {
  abandoned: 0,
  abandonedWithin: NONE,
  shortAbandoned: 0,
  ...NOT_MOVED,
  failed: 0,
  waiting: 0,
}
const NINE_ROW = { start: '2026-11-10T01:00:00.000Z' }
const QUARTER_ROW = { start: '2026-11-10T01:15:00.000Z' }

describe('a morning worked out on paper', () => {
  test('by line', async () => {
    const body = await rowsBy({ by: 'line' })
    expect(body).toMatchObject({ ...HALF_HOUR, by: 'line', step: '15m' })
    expect(body).toMatchObject({ target: 0.95, answerWithinS: 15, shortAbandonS: 5 })
    expect(body.bandsS).toEqual([3, 5, 10, 15, 20, 30, 60])
    expect(body.rows).toEqual([
      {
        ...NINE_ROW,
        key: '12315',
        name: '消费者投诉',
        offered: 3,
        answered: 0,
        answeredWithin: NONE,
        speedOfAnswer: NOBODY,
        handling: NOT_HANDLED,
        abandoned: 2,
        abandonedWithin: [0, 2, 2, 2, 2, 2, 2],
        shortAbandoned: 1,
        ...NOT_MOVED,
        failed: 1,
        waiting: 0,
        serviceLevel: share(0, 1),
        answerRate: share(0, 3),
        answerRateWithoutShort: share(0, 2),
      },
      {
        ...NINE_ROW,
        key: '12320',
        name: '=卫生热线',
        offered: 1,
        answered: 1,
        answeredWithin: [0, 0, 1, 1, 1, 1, 1],
        speedOfAnswer: mean(5.001, 1, 5_001),
        handling: {
          announcement: mean(2, 1, 2_000),
          talk: mean(100, 1, 100_000),
          hold: mean(0, 1, 0),
          wrapUp: mean(60, 1, 60_000),
          whole: mean(162, 1, 162_000),
        },
        ...NO_ABANDONS,
        serviceLevel: share(1, 1),
        answerRate: share(1, 1),
        answerRateWithoutShort: share(1, 1),
      },
      {
        ...NINE_ROW,
        key: '12345',
        name: '便民热线',
        offered: 4,
        answered: 3,
        answeredWithin: [1, 1, 1, 2, 3, 3, 3],
        speedOfAnswer: mean(32.001, 3, 10_667),
        handling: {
          announcement: mean(6, 3, 2_000),
          talk: mean(190, 3, 63_333),
          hold: mean(0, 3, 0),
          wrapUp: mean(60, 3, 20_000),
          whole: mean(256, 3, 85_333),
        },
        ...NO_ABANDONS,
        abandoned: 1,
        serviceLevel: share(2, 4),
        answerRate: share(3, 4),
        answerRateWithoutShort: share(3, 4),
      },
      {
        ...QUARTER_ROW,
        key: '12315',
        name: '消费者投诉',
        offered: 1,
        answered: 0,
        answeredWithin: NONE,
        speedOfAnswer: NOBODY,
        handling: NOT_HANDLED,
        ...NO_ABANDONS,
        waiting: 1,
        serviceLevel: share(0, 0),
        answerRate: share(0, 1),
        answerRateWithoutShort: share(0, 1),
      },
      {
        ...QUARTER_ROW,
        key: '12345',
        name: '便民热线',
        offered: 2,
        answered: 2,
        answeredWithin: [1, 1, 1, 1, 1, 1, 2],
        speedOfAnswer: mean(63, 2, 31_500),
        handling: {
          announcement: mean(1, 1, 1_000),
          talk: mean(0, 1, 0),
          hold: mean(0, 1, 0),
          wrapUp: mean(10, 1, 10_000),
          whole: mean(11, 1, 11_000),
        },
        ...NO_ABANDONS,
        serviceLevel: share(1, 2),
        answerRate: share(2, 2),
        answerRateWithoutShort: share(2, 2),
      },
    ])
  })

  const WHOLE = {
    offered: 11,
    answered: 6,
    answeredWithin: [2, 2, 3, 4, 5, 5, 6],
    speedOfAnswer: mean(100.002, 6, 16_667),
    handling: {
      announcement: mean(9, 5, 1_800),
      talk: mean(290, 5, 58_000),
      hold: mean(0, 5, 0),
      wrapUp: mean(130, 5, 26_000),
      whole: mean(429, 5, 85_800),
    },
    abandoned: 3,
    abandonedWithin: [0, 2, 2, 2, 2, 2, 2],
    shortAbandoned: 1,
    ...NOT_MOVED,
    failed: 1,
    waiting: 1,
    serviceLevel: share(4, 8),
    answerRate: share(6, 11),
    answerRateWithoutShort: share(6, 10),
  }

  test('the whole is the same by line and by queue, in quarters and in hours', async () => {
    for (const by of ['line', 'queue']) expect((await rowsBy({ by })).total).toEqual(WHOLE)
    const to = pastNine(3_600).toISOString()
    const hourly = await rowsBy({ by: 'queue', step: '1h', to })
    expect(hourly.total).toEqual(WHOLE)
    expect(hourly.rows).toMatchObject([
      { ...NINE_ROW, key: 'enterprise', name: '涉企', offered: 4, abandoned: 2, failed: 1, waiting: 1 },
      { ...NINE_ROW, key: 'general', name: '综合', offered: 7, answered: 6, abandoned: 1 },
    ])
  })

  test("a day is the city's, and takes in the call before nine", async () => {
    const day = { from: '2026-11-10T00:00:00+08:00', to: '2026-11-11T00:00:00+08:00', step: '1d' }
    const { rows } = await rowsBy({ by: 'queue', ...day })
    expect(rows).toMatchObject([
      { start: '2026-11-09T16:00:00.000Z', key: 'enterprise', offered: 4 },
      { start: '2026-11-09T16:00:00.000Z', key: 'general', offered: 8, answered: 7 },
    ])
  })

  test('by agent', async () => {
    const { rows, total } = await rowsBy({ by: 'agent' })
    const agents = {
      [one]: { key: one, name: '姓名a1001', agentNumber: '1001' },
      [two]: { key: two, name: '姓名a1002', agentNumber: '1002' },
    }
    const expected = [
      {
        ...NINE_ROW,
        ...agents[one],
        offered: 3,
        answered: 2,
        answeredWithin: [1, 1, 1, 1, 2, 2, 2],
        speedOfAnswer: mean(17.001, 2, 8_501),
        handling: {
          announcement: mean(4, 2, 2_000),
          talk: mean(90, 2, 45_000),
          hold: mean(0, 2, 0),
          wrapUp: mean(40, 2, 20_000),
          whole: mean(134, 2, 67_000),
        },
        time: { availableMs: 766_000, talkingMs: 94_000, wrapUpMs: 40_000, notReadyMs: 0 },
        occupancy: share(134_000, 900_000),
      },
      {
        ...NINE_ROW,
        ...agents[two],
        // One of them left while the phone rang, one was offered after the quarter in which it had come.
        offered: 3,
        answered: 2,
        answeredWithin: [0, 0, 1, 2, 2, 2, 2],
        speedOfAnswer: mean(20.001, 2, 10_001),
        handling: {
          announcement: mean(4, 2, 2_000),
          talk: mean(200, 2, 100_000),
          hold: mean(0, 2, 0),
          wrapUp: mean(80, 2, 40_000),
          whole: mean(284, 2, 142_000),
        },
        time: { availableMs: 778_000, talkingMs: 102_000, wrapUpMs: 20_000, notReadyMs: 0 },
        occupancy: share(122_000, 900_000),
      },
      {
        ...QUARTER_ROW,
        ...agents[one],
        offered: 2,
        answered: 1,
        answeredWithin: [1, 1, 1, 1, 1, 1, 1],
        speedOfAnswer: mean(3, 1, 3_000),
        handling: {
          announcement: mean(1, 1, 1_000),
          talk: mean(0, 1, 0),
          hold: mean(0, 1, 0),
          wrapUp: mean(10, 1, 10_000),
          whole: mean(11, 1, 11_000),
        },
        time: { availableMs: 788_300, talkingMs: 1_300, wrapUpMs: 10_400, notReadyMs: 100_000 },
        occupancy: share(11_700, 800_000),
      },
      {
        ...QUARTER_ROW,
        ...agents[two],
        offered: 1,
        answered: 1,
        answeredWithin: [0, 0, 0, 0, 0, 0, 1],
        speedOfAnswer: mean(60, 1, 60_000),
        handling: NOT_HANDLED,
        time: { availableMs: 8_000, talkingMs: 832_000, wrapUpMs: 60_000, notReadyMs: 0 },
        occupancy: share(892_000, 900_000),
      },
    ]
    // By interval and 工号.
    expect(rows).toEqual(expected)
    const time = { availableMs: 2_340_300, talkingMs: 1_029_300, wrapUpMs: 130_400, notReadyMs: 100_000 }
    expect(total).toMatchObject({ offered: 9, answered: 6, time, occupancy: share(1_159_700, 3_500_000) })
    expect(total.handling).toEqual(WHOLE.handling)
  })

  test('a state that a seat is still in lasts until now', async () => {
    const period = { from: pastNine(0), to: pastNine(1_800) }
    const at = async (now: number) =>
      (await countAgents(database.db, { period, stepMs: STEP_MS['15m'] }, pastNine(now)))?.total
    expect(await at(1_800)).toMatchObject({ talking_ms: 1_029_300, not_ready_ms: 100_000 })
    // The second agent has been talking since 1,070 s.
    expect(await at(1_200)).toMatchObject({ talking_ms: 1_029_300 - 600_000, not_ready_ms: 100_000 })
  })

  test('the answer rate is that of the 24 hours before an instant', async () => {
    const at = (seconds: number) => `/api/statistics/answer-rate?at=${pastNine(seconds).toISOString()}`
    const { status, body } = await lead.ask('GET', at(1_800))
    expect(status).toBe(200)
    expect(body).toMatchObject({
      from: pastNine(1_800 - 86_400).toISOString(),
      at: pastNine(1_800).toISOString(),
      target: 0.95,
      figures: {
        offered: 13,
        answered: 7,
        abandoned: 4,
        answerRate: share(7, 13),
        answerRateWithoutShort: share(7, 12),
      },
    })
    // Before nine: one call answered, and yesterday's two that were not.
    const before = (await lead.ask('GET', at(0))).body.figures
    expect(before).toMatchObject({ offered: 3, answered: 1, answerRate: share(1, 3) })
    const now = (await lead.ask('GET', '/api/statistics/answer-rate')).body
    expect(now.figures).toMatchObject({ offered: 0, answerRate: share(0, 0) })
    expect(Math.abs(Date.parse(now.at) - Date.now())).toBeLessThan(60_000)
  })

  test('formulas come with the figures', async () => {
    const ids = async (by: string) =>
      (await rowsBy({ by })).formulas.map((formula: { id: string }) => formula.id)
    expect(await ids('line')).toEqual([
      'offered',
      'abandoned',
      'short-abandoned',
      'overflowed',
      'timed-out',
      'turned-away',
      'failed',
      'service-level',
      'answer-rate',
      'answer-rate-without-short',
      'answered',
      'asa',
      'aht',
    ])
    expect(await ids('agent')).toEqual(['offered-to-agent', 'occupancy', 'answered', 'asa', 'aht'])
    const { formulas } = (await lead.ask('GET', '/api/statistics/answer-rate')).body
    expect(formulas.find((formula: { id: string }) => formula.id === 'service-level')).toEqual({
      id: 'service-level',
      version: 1,
      nameZh: '服务水平 95/15',
      nameEn: 'Service level 95/15',
      formulaZh: '15 秒内接听 ÷（接听 + 放弃 − 短时放弃）',
      formulaEn: 'answered within 15 s ÷ (answered + abandoned − short abandons)',
      source: 'GB/T 33358-2016（15 秒内应答）',
    })
  })
})

describe('as CSV', () => {
  async function csv(url: string, headers: Record<string, string> = {}) {
    const reply = await service.app.inject({ url, headers: { cookie: lead.cookie, ...headers } })
    expect(reply.statusCode).toBe(200)
    expect(reply.headers['content-type']).toBe('text/csv; charset=utf-8')
    return { lines: reply.body.split('\r\n'), headers: reply.headers }
  }

  test('Excel finds Chinese titles, and no name becomes a formula', async () => {
    const { lines, headers } = await csv(asked({ by: 'line', format: 'csv' }))
    expect(headers['content-disposition']).toBe('attachment; filename="intervals-by-line-2026-11-10.csv"')
    expect(lines[0]).toBe(
      '\uFEFF时段开始,编号,名称,呈现量,接听,3秒内接听,5秒内接听,10秒内接听,15秒内接听,20秒内接听,30秒内接听,60秒内接听,' +
        '平均应答时长(秒),平均处理时长(秒),平均报工号(秒),平均通话(秒),平均保持(秒),平均话后整理(秒),' +
        '放弃,3秒内放弃,5秒内放弃,10秒内放弃,15秒内放弃,20秒内放弃,30秒内放弃,60秒内放弃,短时放弃(不足5秒),' +
        '溢出,排队超时,队满婉拒,故障中断,仍在等待,服务水平分子(15秒内接听),服务水平分母(接听+放弃-短时放弃),15秒服务水平,接通率,接通率(不计短时放弃)',
    )
    expect(lines[1]).toBe(
      '2026-11-10 09:00,12315,消费者投诉,3,0,0,0,0,0,0,0,0,,,,,,,2,0,2,2,2,2,2,2,1,0,0,0,1,0,0,1,0.00%,0.00%,0.00%',
    )
    expect(lines[2]).toBe(
      "2026-11-10 09:00,12320,'=卫生热线,1,1,0,0,1,1,1,1,1,5,162,2,100,0,60,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,1,100.00%,100.00%,100.00%",
    )
    expect(lines).toHaveLength(7)
    expect(lines.at(-1)).toBe('')
  })

  test('asked for by header; by agent', async () => {
    const { lines } = await csv(asked({ by: 'agent' }), { accept: 'text/csv' })
    expect(lines[0]).toMatch(/^\uFEFF时段开始,工号,姓名,分配量,接听,.*,占用率$/)
    const agent = lines.find(line => line.startsWith('2026-11-10 09:00,1001,'))
    expect(agent).toBe(
      '2026-11-10 09:00,1001,姓名a1001,3,2,1,1,1,1,2,2,2,8.5,67,2,45,0,20,766,94,40,0,14.89%',
    )
  })

  test('an explicit format goes before the header', async () => {
    const reply = await lead.ask('GET', asked({ by: 'line', format: 'json' }), undefined, {
      accept: 'text/csv',
    })
    expect(reply.body.rows).toHaveLength(5)
  })
})

test.each([
  [{ by: 'line', from: '2026-11-10T09:01:00+08:00' }, { from: 'not-on-step' }],
  [
    { by: 'line', step: '1d' },
    { from: 'not-on-step', to: 'not-on-step' },
  ],
  [{ by: 'line', to: HALF_HOUR.from }, { to: 'not-after-from' }],
  [{ by: 'agent', to: '2026-12-11T09:15:00+08:00' }, { to: 'too-long' }],
  [{ by: 'city' }, { by: 'wrong-form' }],
  [{ by: 'line', from: 'today' }, { from: 'wrong-form' }],
  [{ by: 'line', colour: 'red' }, { colour: 'not-a-field' }],
])('the query %j is bad input', async (query, fields) => {
  const { status, body } = await lead.ask('GET', asked(query))
  expect(status).toBe(400)
  expect(body).toMatchObject({ code: 'bad-input', fields })
})

test('31 days are counted', async () => {
  const { total } = await rowsBy({ by: 'agent', to: '2026-12-11T09:00:00+08:00' })
  expect(total).toMatchObject({ answered: 6 })
})

describe('planning', () => {
  const question = { calls: 2_400, intervalS: 3_600, ahtS: 150, serviceLevel: 0.95, withinS: 15 }

  test('100 Erlang at 95/15 need 113 agents', async () => {
    const { status, body } = await lead.ask('POST', '/api/planning/erlang', question)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      model: 'erlang-c',
      trafficErlang: 100,
      needed: { agents: 113, abandonment: 0 },
    })
    expect(body.around).toHaveLength(11)
    expect(body.around[5]).toEqual(body.needed)
    expect(body.around[4].serviceLevel).toBeLessThan(0.95)
    expect(body.needed.serviceLevel).toBeGreaterThanOrEqual(0.95)
  })

  test('callers who give up need fewer', async () => {
    const { body } = await lead.ask('POST', '/api/planning/erlang', { ...question, patienceS: 60 })
    expect(body.model).toBe('erlang-a')
    expect(body.needed.agents).toBeLessThan(113)
    expect(body.needed.abandonment).toBeGreaterThan(0)
  })

  test('what no room could seat is refused', async () => {
    for (const [wish, fields] of [
      [{ calls: 100_000 }, { calls: 'too-many-agents' }],
      [{ calls: 100_000, patienceS: 60 }, { calls: 'too-many-agents' }],
      [{ calls: 10_000, maxOccupancy: 0.05 }, { calls: 'too-many-agents' }],
      [{ ahtS: 1 }, { ahtS: 'wrong-form' }],
    ] as const) {
      const reply = await lead.ask('POST', '/api/planning/erlang', { ...question, ...wish })
      expect(reply).toMatchObject({ status: 400, body: { code: 'bad-input', fields } })
    }
  })
})

test('figures are for those who look over the floor', async () => {
  const agent = await Browser.signIn(service, 'a1001')
  const planning = { calls: 100, intervalS: 900, ahtS: 150, serviceLevel: 0.8, withinS: 20 }
  const everything = (browser: Browser) =>
    Promise.all([
      browser.ask('GET', asked({ by: 'line' })),
      browser.ask('GET', '/api/statistics/answer-rate'),
      browser.ask('POST', '/api/planning/erlang', planning),
    ])
  for (const { status } of await everything(agent)) expect(status).toBe(403)
  for (const role of ['quality', 'admin']) {
    for (const { status } of await everything(await Browser.signIn(service, role))) expect(status).toBe(200)
  }
})
