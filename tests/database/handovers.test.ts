import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase } from '#database/connection.ts'
import { asId, type SeatNumber, type StaffId } from '../../src/kernel/ids.ts'
import { cityDate, daysAfter, HOUR_MS, SECOND_MS } from '../../src/kernel/time.ts'
import { HandoverGate } from '../../src/people/handovers/index.ts'
import { createLog } from '../../src/server/log.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { abandonedCall, answeredCall } from '../support/facts.ts'
import { Browser, type DeskPage, oneLine, person, type Service, startService } from '../support/service.ts'
import { until } from '../support/until.ts'

const YESTERDAY = daysAfter(cityDate(Date.now()), -1)
const NOTHING = { cases: '', changes: '', equipment: '', note: '', matters: [] }
const QUIET = { ...NOTHING, note: '平稳' }

let database: TestDatabase
let service: Service
let lead: Browser
let other: Browser
let agent: Browser
let page: DeskPage
const ids: Record<string, StaffId> = {}
beforeAll(async () => {
  database = await freshDatabase()
  await oneLine(database.db)
  service = await startService(database.db)
  for (const login of ['a1001', 'a1002']) ids[login] = await person(database.db, login)
  for (const login of ['lead', 'lead2']) ids[login] = await person(database.db, login, 'shift-lead')
  ids.quality = await person(database.db, 'quality', 'quality')
  lead = await Browser.signIn(service, 'lead')
  other = await Browser.signIn(service, 'lead2')
  agent = await Browser.signIn(service, 'a1001')
  page = agent.desk()
  for (const [id, from, to] of [
    ['early', '08:00', '16:00'],
    ['late', '16:00', '00:00'],
    ['night', '00:00', '08:00'],
  ]) {
    await lead.ask('POST', '/api/shifts', { id, nameZh: id, nameEn: id, from, to })
  }
})
afterAll(async () => {
  page.close()
  await service.close()
  await database.close()
})
beforeEach(async () => {
  for (const table of ['handover_signatures', 'handover_addenda', 'handover_matters', 'handovers'] as const) {
    await database.db.deleteFrom(table).execute()
  }
  await service.refresh()
})

async function draft(shift = 'early', day = YESTERDAY): Promise<number> {
  const begun = await lead.ask('POST', '/api/handovers', { day, shift })
  expect(begun.status).toBe(201)
  return begun.body.id
}

async function published(shift = 'early', form: object = QUIET): Promise<number> {
  const id = await draft(shift)
  await lead.ask('PUT', `/api/handovers/${id}`, form, { 'if-match': '"1"' })
  const done = await lead.ask('POST', `/api/handovers/${id}/publish`, undefined, { 'if-match': '"2"' })
  expect(done.status).toBe(200)
  return id
}

const read = async (browser: Browser, id: number) => (await browser.ask('GET', `/api/handovers/${id}`)).body

describe('a note', () => {
  test('begins once a shift, by a shift lead, with the calls in numbers', async () => {
    const start = Date.parse(`${YESTERDAY}T08:00:00+08:00`)
    const calls = [
      answeredCall(ids.a1001 ?? asId<StaffId>(''), start + HOUR_MS, '13900000001'),
      abandonedCall(start + 2 * HOUR_MS, '13900000002'),
      abandonedCall(start - HOUR_MS, '13900000003'),
    ]
    calls
      .flatMap(call => call.events)
      .forEach((facts, index) => {
        service.facts.accept(10_000 + index, facts)
      })
    await service.facts.flushed()
    const id = await draft()
    expect(await read(lead, id)).toMatchObject({
      state: 'draft',
      figures: { offered: 2, answered: 1, abandoned: 1, missedOpen: 2 },
      writtenBy: '姓名lead',
    })
    const again = await other.ask('POST', '/api/handovers', { day: YESTERDAY, shift: 'early' })
    expect(again).toMatchObject({ status: 409, body: { code: 'exists-already' } })
    const unknown = await lead.ask('POST', '/api/handovers', { day: YESTERDAY, shift: 'noon' })
    expect(unknown.body.fields).toEqual({ shift: 'unknown' })
    const future = { day: daysAfter(YESTERDAY, 3), shift: 'early' }
    expect((await lead.ask('POST', '/api/handovers', future)).body.fields).toEqual({ shift: 'not-begun' })
  })

  test('is the leads’ own until it is published, then stands', async () => {
    const id = await draft()
    expect((await agent.ask('GET', `/api/handovers/${id}`)).status).toBe(404)
    expect((await agent.ask('GET', '/api/handovers')).body.items).toEqual([])
    const empty = await lead.ask('POST', `/api/handovers/${id}/publish`, undefined, { 'if-match': '"1"' })
    expect(empty).toMatchObject({ status: 400, body: { fields: { note: 'required' } } })
    await other.ask('PUT', `/api/handovers/${id}`, QUIET, { 'if-match': '"1"' })
    const stale = await lead.ask('PUT', `/api/handovers/${id}`, QUIET, { 'if-match': '"1"' })
    expect(stale).toMatchObject({ status: 412, body: { code: 'changed-meanwhile' } })

    await lead.ask('POST', `/api/handovers/${id}/publish`, undefined, { 'if-match': '"2"' })
    const edit = await lead.ask('PUT', `/api/handovers/${id}`, NOTHING, { 'if-match': '"3"' })
    expect(edit).toMatchObject({ status: 409, body: { code: 'handover-published' } })
    const again = await lead.ask('POST', `/api/handovers/${id}/publish`, undefined, { 'if-match': '"3"' })
    expect(again.body.code).toBe('handover-published')

    const added = await other.ask('POST', `/api/handovers/${id}/addenda`, { text: '12328 已恢复' })
    expect(added.body.addenda).toMatchObject([{ by: '姓名lead2', text: '12328 已恢复' }])
    const stands = { state: 'published', note: '平稳', version: 3, writtenByMe: false }
    expect(await read(agent, id)).toMatchObject(stands)
    expect(await read(lead, id)).toMatchObject({ ...stands, writtenByMe: true })
  })

  test('agents and quality write nothing; a draft is not signed', async () => {
    const id = await draft()
    const quality = await Browser.signIn(service, 'quality')
    for (const browser of [agent, quality]) {
      const replies = await Promise.all([
        browser.ask('POST', '/api/handovers', { day: YESTERDAY, shift: 'late' }),
        browser.ask('PUT', `/api/handovers/${id}`, QUIET, { 'if-match': '"1"' }),
        browser.ask('POST', `/api/handovers/${id}/publish`, undefined, { 'if-match': '"1"' }),
        browser.ask('POST', `/api/handovers/${id}/addenda`, { text: '补充' }),
      ])
      expect(replies.map(reply => reply.status)).toEqual([403, 403, 403, 403])
    }
    expect((await agent.ask('POST', `/api/handovers/${id}/sign`)).status).toBe(404)
    expect((await quality.ask('POST', '/api/handovers/matters/1/done')).status).toBe(403)
  })

  test('an unfinished matter goes on from note to note until it is ticked off, once', async () => {
    const first = await published('early', { ...QUIET, matters: ['催办停水工单', '回拨王女士'] })
    const second = await draft('late')
    const open = (await read(lead, second)).carried
    expect(open).toMatchObject([
      { text: '催办停水工单', day: YESTERDAY, shift: 'early', doneAt: null },
      { text: '回拨王女士' },
    ])
    const tick = await agent.ask('POST', `/api/handovers/matters/${open[0].id}/done`)
    expect(tick.body).toMatchObject({ doneBy: '姓名a1001' })
    await other.ask('POST', `/api/handovers/matters/${open[0].id}/done`)
    expect((await read(agent, first)).matters).toMatchObject([{ doneBy: '姓名a1001' }, { doneBy: null }])
    expect((await read(lead, second)).carried).toMatchObject([{ text: '回拨王女士' }])
    expect((await agent.ask('POST', '/api/handovers/matters/999999/done')).status).toBe(404)
  })

  test('the list counts signatures; it says who of the next shift has not signed', async () => {
    const entries = ['a1001', 'a1002'].map(login => ({
      staff: ids[login],
      day: YESTERDAY,
      shift: 'late',
      duty: 'agent',
    }))
    expect((await lead.ask('POST', '/api/roster', { entries })).status).toBe(201)
    const id = await published()
    expect((await read(lead, id)).awaited.map((one: { name: string }) => one.name)).toEqual([
      '姓名a1001',
      '姓名a1002',
    ])
    await agent.ask('POST', `/api/handovers/${id}/sign`)
    const signed = await agent.ask('POST', `/api/handovers/${id}/sign`)
    expect(signed.body).toMatchObject({
      signedByMe: true,
      signatures: [{ name: '姓名a1001' }],
      awaited: [{ name: '姓名a1002' }],
    })
    expect((await agent.ask('GET', '/api/handovers')).body).toMatchObject({
      items: [{ id, signatures: 1, signedByMe: true }],
      next: null,
    })
  })
})

describe('before the seat goes ready', () => {
  const seat = () => service.engine.seat(asId<SeatNumber>('1001'))
  const ready = () => agent.ask('POST', '/api/my-seat/ready')

  async function sitDown(): Promise<void> {
    await agent.ask('DELETE', '/api/my-seat')
    await agent.ask('POST', '/api/my-seat', { seat: '1001', phone: 'sip' })
    service.pbx.register(asId('1001'), 'sip')
    await until(() => seat()?.registered === true && seat()?.deskConnected === true)
  }

  test('what was published before is read and signed', async () => {
    const id = await published()
    await sitDown()
    expect(await ready()).toMatchObject({ status: 409, body: { code: 'handover-unread' } })
    expect(seat()?.state.name).toBe('not-ready')
    // A break in between does not lead round it.
    await service.facts.flushed()
    await service.refresh()
    await agent.ask('POST', '/api/my-seat/not-ready', { reason: 'break' })
    expect((await ready()).body.code).toBe('handover-unread')
    const unread = await agent.ask('GET', '/api/my-handovers')
    expect(unread.body).toMatchObject({ hours: 12, items: [{ id, note: '平稳', signedByMe: false }] })

    await agent.ask('POST', `/api/handovers/${id}/sign`)
    expect(await ready()).toMatchObject({ status: 200, body: { state: 'ready' } })
    await service.refresh()
    expect((await agent.ask('GET', '/api/my-handovers')).body.items).toEqual([])
  })

  test('what is published later is for the next shift', async () => {
    await sitDown()
    await published()
    expect(await ready()).toMatchObject({ status: 200 })
  })

  test('what is older than the hours of the setting is not asked for', async () => {
    const id = await published()
    const long = new Date(Date.now() - 12 * HOUR_MS)
    await database.db.updateTable('handovers').set({ published_at: long }).where('id', '=', id).execute()
    await service.refresh()
    await sitDown()
    expect(await ready()).toMatchObject({ status: 200 })
  })

  test('a shift lead may pass it over, and that is on record', async () => {
    await published()
    await sitDown()
    expect((await lead.ask('POST', '/api/floor/seats/1001/ready')).status).toBe(200)
    expect(seat()?.state.name).toBe('ready')
    const acts = () =>
      database.db.selectFrom('supervision_acts').select(['act', 'reason', 'refusal']).orderBy('id').execute()
    expect(await acts()).toEqual([{ act: 'ready', reason: 'handover-unread', refusal: null }])
    await service.refresh()
    await database.db.deleteFrom('handovers').execute()
    await service.refresh()
    await lead.ask('POST', '/api/floor/seats/1001/ready')
    expect((await acts()).at(-1)).toEqual({ act: 'ready', reason: null, refusal: null })
  })

  test('while PostgreSQL is away, or has long not been heard of, nobody is kept from calls', async () => {
    await published()
    await sitDown()
    const away = openDatabase(database.url, () => {})
    let now = Date.now()
    const gate = new HandoverGate({
      db: away.db,
      hours: 12,
      log: createLog('fatal', { write() {} }),
      now: () => now,
    })
    const mine = seat()
    if (mine === undefined) throw new Error('no seat')
    expect(gate.check(mine).ok).toBe(true)
    await gate.load()
    expect(gate.check(mine).ok).toBe(false)
    now += 11 * SECOND_MS
    expect(gate.check(mine).ok).toBe(true)
    await gate.load()
    expect(gate.check(mine).ok).toBe(false)
    await away.close()
    await expect(gate.load()).rejects.toThrow()
    expect(gate.check(mine).ok).toBe(true)
  })

  test('0 hours: never asked for', async () => {
    await published()
    await sitDown()
    expect((await ready()).body.code).toBe('handover-unread')
    const gate = new HandoverGate({ db: database.db, hours: 0, log: createLog('fatal', { write() {} }) })
    await gate.load()
    const mine = seat()
    if (mine === undefined) throw new Error('no seat')
    expect(gate.check(mine).ok).toBe(true)
  })
})
