import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Fact } from '../../src/contact-center/events.ts'
import type { CallParticipant, CallRow } from '../../src/floor/call-records/schema.ts'
import { asId, type StaffId } from '../../src/kernel/ids.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { abandonedCall, answeredCall, EVENING, type ToldCall } from '../support/facts.ts'
import { Browser, oneLine, person, type Service, startService } from '../support/service.ts'

const DAY_MS = 86_400_000
let database: TestDatabase
let service: Service
let mine: ToldCall
let others: ToldCall
let agent: Browser
beforeAll(async () => {
  database = await freshDatabase()
  await oneLine(database.db)
  service = await startService(database.db)
  const one = await person(database.db, 'a1001')
  const two = await person(database.db, 'a1002')
  for (const role of ['shift-lead', 'quality', 'admin'] as const) await person(database.db, role, role)
  mine = answeredCall(one)
  others = answeredCall(two, EVENING + 60_000)
  tell([mine, others])
  agent = await Browser.signIn(service, 'a1001')
})
afterAll(async () => {
  await service.close()
  await database.close()
})

let sequence = 0
function tell(calls: readonly ToldCall[]): void {
  for (const facts of calls.flatMap(call => call.events)) service.facts.accept(++sequence, facts)
}

test('an agent sees the calls she took, with what came of them', async () => {
  await service.facts.flushed()
  const { status, body } = await agent.ask('GET', '/api/calls')
  expect(status).toBe(200)
  expect(body.next).toBeNull()
  expect(body.items).toEqual([
    {
      id: mine.id,
      direction: 'inbound',
      callerNumber: '13907551234',
      dialled: '12345',
      lineName: '便民热线',
      arrivedAt: '2026-11-21T12:58:00.000Z',
      answeredAt: '2026-11-21T12:58:04.000Z',
      bridgedAt: '2026-11-21T12:58:06.000Z',
      endedAt: '2026-11-21T12:58:36.000Z',
      waitMs: 3_000,
      talkMs: 30_000,
      grade: null,
      seat: '1001',
      agentName: '姓名a1001',
      result: 'completed',
      reason: 'hung-up',
      endedBy: 'caller',
      workOrder: { id: mine.draft, number: expect.stringMatching(/^\d{18}$/), status: 'draft', title: '' },
      recording: 'none',
      lengthDiffers: false,
    },
  ])
})

test('the state of the recording is told with the call', async () => {
  const row = { call_id: mine.id, raw_name: 'leg.raw', talk_ms: 30_000 } as const
  const { db } = database
  await db
    .insertInto('recordings')
    .values({ ...row, state: 'waiting' })
    .execute()
  const shown = async () => (await agent.ask('GET', '/api/calls')).body.items[0].recording
  expect(await shown()).toBe('waiting')
  for (const [state, word] of [
    ['encoded', 'waiting'],
    ['kept', 'ready'],
    ['missing', 'missing'],
  ] as const) {
    await db.updateTable('recordings').set({ state }).execute()
    expect(await shown()).toBe(word)
  }
})

test("everybody's calls are for those who look over the floor", async () => {
  expect(await agent.ask('GET', '/api/calls?scope=all')).toMatchObject({
    status: 403,
    body: { code: 'not-allowed' },
  })
  for (const role of ['shift-lead', 'quality', 'admin']) {
    const { body } = await (await Browser.signIn(service, role)).ask('GET', '/api/calls?scope=all')
    expect(body.items.map((call: { id: string }) => call.id)).toEqual([others.id, mine.id])
  }
})

test('a call and its timeline are for its taker and overseers', async () => {
  const { status, body } = await agent.ask('GET', `/api/calls/${mine.id}`)
  expect(status).toBe(200)
  expect(body.notes).toHaveLength(6)
  expect(body.notes[2]).toEqual({
    position: 3,
    at: '2026-11-21T12:58:02.000Z',
    kind: 'offered',
    detail: { seat: '1001', attempt: 1 },
  })
  expect((await agent.ask('GET', `/api/calls/${others.id}`)).status).toBe(403)
  expect((await agent.ask('GET', `/api/calls/${randomUUID()}`)).status).toBe(404)
  expect((await agent.ask('GET', '/api/calls/1')).body).toMatchObject({ code: 'bad-input' })
  const ear = await Browser.signIn(service, 'quality')
  expect((await ear.ask('GET', `/api/calls/${others.id}`)).status).toBe(200)
})

describe('a call that went through several hands', () => {
  let call: ToldCall
  let next: Browser
  let asked: Browser
  let heard: Browser

  beforeAll(async () => {
    const { db } = database
    const first = await person(db, 'a1005')
    const [second, third, watcher] = [
      await person(db, 'a1006'),
      await person(db, 'a1007'),
      await person(db, 'a1008'),
    ]
    call = answeredCall(first, EVENING + 10 * DAY_MS)
    tell([call])
    const changes = [
      [first, '1001', 'talking', 6],
      [second, '1002', 'ringing', 8],
      [second, '1002', 'talking', 10],
      [second, '1002', 'holding', 12],
      [third, '1003', 'ringing', 14],
      [watcher, '1004', 'talking', 16],
    ] as const
    const at = (seconds: number) => EVENING + 10 * DAY_MS + seconds * 1_000
    service.facts.accept(++sequence, [
      ...changes.map(
        ([staff, seat, state, seconds]): Fact => ({
          fact: 'seat-changed',
          at: at(seconds),
          seat: { seat: asId(seat), staff, state, reason: null, call: call.id },
        }),
      ),
      {
        fact: 'call-noted',
        call: call.id,
        at: at(16),
        note: { kind: 'watched', seat: asId('1004'), mode: 'listen' },
      },
    ])
    await service.facts.flushed()
    next = await Browser.signIn(service, 'a1006')
    asked = await Browser.signIn(service, 'a1007')
    heard = await Browser.signIn(service, 'a1008')
  })

  test('is read by whoever took part, and by nobody whose phone only rang or who only listened', async () => {
    expect((await next.ask('GET', `/api/calls/${call.id}`)).status).toBe(200)
    expect((await asked.ask('GET', `/api/calls/${call.id}`)).status).toBe(403)
    expect((await heard.ask('GET', `/api/calls/${call.id}`)).status).toBe(403)
    const lead = await Browser.signIn(service, 'shift-lead')
    const { body } = await lead.ask('GET', `/api/calls/${call.id}`)
    expect(body.participants.map(({ name, seat, from }: CallParticipant) => [name, seat, from])).toEqual([
      ['姓名a1005', '1001', '2026-12-01T12:58:06.000Z'],
      ['姓名a1006', '1002', '2026-12-01T12:58:10.000Z'],
    ])
    expect(body).toMatchObject({ queueName: { nameZh: '综合', nameEn: 'General' }, callBackOf: null })
  })

  test('is among the calls of each of them', async () => {
    for (const query of ['', '?day=2026-12-01']) {
      const { body } = await next.ask('GET', `/api/calls${query}`)
      expect(body.items.map(({ id }: CallRow) => id)).toEqual([call.id])
      expect((await asked.ask('GET', `/api/calls${query}`)).body.items).toEqual([])
      expect((await heard.ask('GET', `/api/calls${query}`)).body.items).toEqual([])
    }
  })

  test('has one work order, which the agent who received it reads though it is secret, and saves', async () => {
    const path = `/api/work-orders/${call.draft}`
    await database.db.updateTable('work_orders').set({ secret: true }).where('id', '=', call.draft).execute()
    expect((await next.ask('GET', path)).status).toBe(200)
    expect((await asked.ask('GET', path)).status).toBe(403)
    const { db } = database
    await db
      .insertInto('order_types')
      .values({ code: 'HELP', name_zh: '求助', name_en: 'Help', position: 1 })
      .execute()
    await db
      .insertInto('categories')
      .values([
        { code: '1', parent_code: null, name_zh: '市政', position: 1 },
        { code: '1-1', parent_code: '1', name_zh: '路灯', position: 1 },
      ])
      .execute()
    const form = { typeCode: 'HELP', categoryCode: '1-1', title: '路灯', text: '', place: '', secret: true }
    const save = (browser: Browser) => browser.ask('PUT', path, form, { 'if-match': '"1"' })
    expect((await save(asked)).status).toBe(403)
    expect((await save(next)).status).toBe(200)
  })
})

describe('a list of calls', () => {
  const DAY = '2026-12-11'
  const AT = EVENING + 20 * DAY_MS
  let lead: Browser
  let out: ToldCall
  let back: ToldCall
  let left: ToldCall
  let staff: StaffId

  beforeAll(async () => {
    staff = await person(database.db, 'a1009')
    const other = await person(database.db, 'a1010')
    out = answeredCall(staff, AT, '13800138000')
    back = answeredCall(other, AT + 1_000, '089866668888')
    left = abandonedCall(AT + 2_000)
    tell([out, back, left])
    await service.facts.flushed()
    for (const [call, direction] of [
      [out, 'outbound'],
      [back, 'call-back'],
    ] as const) {
      await database.db.updateTable('calls').set({ direction }).where('id', '=', call.id).execute()
    }
    await database.db
      .updateTable('calls')
      .set({ result: null, ended_at: null })
      .where('id', '=', back.id)
      .execute()
    lead = await Browser.signIn(service, 'shift-lead')
  })

  test.each([
    ['', () => [left, back, out]],
    ['&direction=inbound', () => [left]],
    ['&direction=outbound', () => [out]],
    ['&direction=call-back', () => [back]],
    ['&result=abandoned', () => [left]],
    ['&result=running', () => [back]],
    ['&number=0138', () => [out]],
    ['&number=00138&direction=inbound', () => []],
  ])('is filtered: %s', async (filter, wanted) => {
    const { body } = await lead.ask('GET', `/api/calls?scope=all&day=${DAY}${filter}`)
    expect(body.items.map(({ id }: CallRow) => id)).toEqual(wanted().map(({ id }) => id))
  })

  test('is filtered by who took part', async () => {
    const { body } = await lead.ask('GET', `/api/calls?scope=all&day=${DAY}&staff=${staff}`)
    expect(body.items.map(({ id }: CallRow) => id)).toEqual([out.id])
  })

  test('offers overseers, quality too, whom to look for', async () => {
    const ear = await Browser.signIn(service, 'quality')
    const { body } = await ear.ask('GET', '/api/calls/agents')
    expect(body).toContainEqual({ id: staff, name: '姓名a1009', agentNumber: '1009' })
    expect((await agent.ask('GET', '/api/calls/agents')).status).toBe(403)
  })

  test('is a file for overseers', async () => {
    const { statusCode, body, headers } = await service.app.inject({
      url: `/api/calls.csv?day=${DAY}&direction=outbound`,
      headers: { cookie: lead.cookie },
    })
    expect(statusCode).toBe(200)
    expect(headers['content-disposition']).toBe(`attachment; filename="calls-${DAY}.csv"`)
    const [head, row, end] = body.split('\r\n')
    expect(head).toContain('来话编号,方向,市民号码')
    expect(row).toContain(`${out.id},呼出,13800138000,12345,便民热线,2026-12-11 20:58:00`)
    expect(end).toBe('')
    expect(await agent.ask('GET', `/api/calls.csv?day=${DAY}`)).toMatchObject({ status: 403 })
    expect(await lead.ask('GET', '/api/calls.csv')).toMatchObject({ status: 400 })
  })
})

test('pages follow one another without a gap or a repeat, also at one instant', async () => {
  const busy = await person(database.db, 'a1003')
  // All at one instant, so that only the id tells them apart.
  const calls = Array.from({ length: 120 }, () => answeredCall(busy, EVENING + 3_600_000))
  tell(calls)
  await service.facts.flushed()
  const browser = await Browser.signIn(service, 'a1003')
  const seen: string[] = []
  let next: string | null = ''
  let pages = 0
  while (next !== null) {
    const cursor: string = next === '' ? '' : `?cursor=${next}`
    const { body } = await browser.ask('GET', `/api/calls${cursor}`)
    seen.push(...body.items.map((call: { id: string }) => call.id))
    next = body.next
    pages++
  }
  expect(pages).toBe(3)
  expect(new Set(seen).size).toBe(120)
  expect([...seen].sort()).toEqual(calls.map(call => call.id).sort())
})

test("a day is the city's, from midnight to midnight", async () => {
  const night = await person(database.db, 'a1004')
  const midnight = Date.UTC(2026, 10, 21, 16)
  const calls = [-1, 0, DAY_MS - 1, DAY_MS].map(offset => answeredCall(night, midnight + offset))
  tell(calls)
  await service.facts.flushed()
  const browser = await Browser.signIn(service, 'a1004')
  const { body } = await browser.ask('GET', '/api/calls?day=2026-11-22')
  expect(body.items.map((call: { id: string }) => call.id)).toEqual([calls[2]?.id, calls[1]?.id])
})

test.each(['?day=2026-02-31', '?day=today', '?cursor=1', '?scope=yours', '?colour=red'])(
  'a query %s is bad input',
  async query => {
    expect(await agent.ask('GET', `/api/calls${query}`)).toMatchObject({
      status: 400,
      body: { code: 'bad-input' },
    })
  },
)

test('calls that came to nothing have no agent, order or talk', async () => {
  const call = answeredCall(asId<StaffId>(randomUUID()), EVENING + 7_200_000)
  const [opened, queued] = call.events
  tell([{ ...call, events: [opened ?? [], queued ?? []] }])
  service.facts.accept(++sequence, [
    {
      fact: 'call-closed',
      call: {
        call: call.id,
        arrivedAt: EVENING + 7_200_000,
        queuedAt: EVENING + 7_201_000,
        answeredAt: null,
        bridgedAt: null,
        talkMs: null,
        leg: null,
        endedAt: EVENING + 7_221_000,
        seat: null,
        staff: null,
        offers: 0,
        records: true,
        result: 'abandoned',
        reason: 'left-in-queue',
        endedBy: 'caller',
      },
    },
  ])
  await service.facts.flushed()
  const lead = await Browser.signIn(service, 'shift-lead')
  const { body } = await lead.ask('GET', `/api/calls/${call.id}`)
  expect(body.call).toMatchObject({
    waitMs: 20_000,
    talkMs: null,
    agentName: null,
    workOrder: null,
    result: 'abandoned',
    reason: 'left-in-queue',
  })
})
