import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asId, type SeatNumber, type StaffId } from '../../src/kernel/ids.ts'
import { cityDate, cityInstant, daysAfter, HOUR_MS } from '../../src/kernel/time.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { Browser, oneLine, person, type Service, startService } from '../support/service.ts'

let database: TestDatabase
let service: Service
let lead: Browser
let agent: Browser
const ids: Record<string, StaffId> = {}
beforeAll(async () => {
  database = await freshDatabase()
  await oneLine(database.db)
  service = await startService(database.db)
  for (const login of ['a1001', 'a1002']) ids[login] = await person(database.db, login)
  for (const role of ['shift-lead', 'quality'] as const) ids[role] = await person(database.db, role, role)
  lead = await Browser.signIn(service, 'shift-lead')
  agent = await Browser.signIn(service, 'a1001')
  for (const [id, from, to] of [
    ['early', '07:30', '15:30'],
    ['late', '15:30', '23:30'],
    ['night', '23:30', '07:30'],
  ]) {
    const made = await lead.ask('POST', '/api/shifts', { id, nameZh: `${id}班`, nameEn: id, from, to })
    expect(made.status).toBe(201)
  }
})
afterAll(async () => {
  await service.close()
  await database.close()
})

const MONDAY = '2026-03-02'
const entry = (day: string, shift: string, change: object = {}) => ({
  staff: ids.a1001,
  day,
  shift,
  duty: 'agent',
  ...change,
})
const plan = (...entries: object[]) => lead.ask('POST', '/api/roster', { entries })
const week = async (from: string) => (await lead.ask('GET', `/api/roster?from=${from}`)).body

/** Somebody sits at a seat, as the floor's record has it. */
async function sat(staff: StaffId | undefined, from: number, to: number): Promise<void> {
  const seat = asId<SeatNumber>('1001')
  const at = (ms: number) => new Date(ms)
  const rest = { seat, reason: null, call_id: null }
  await database.db
    .insertInto('seat_changes')
    .values([
      { ...rest, staff_id: staff ?? null, at: at(from), state: 'not-ready', reason: 'signed-in' },
      { ...rest, staff_id: staff ?? null, at: at(from + 1_000), state: 'ready' },
      { ...rest, staff_id: null, at: at(to), state: 'signed-out' },
    ])
    .execute()
}

describe('kinds of shift', () => {
  test('are saved over the version that was edited', async () => {
    const form = { nameZh: '加班', nameEn: 'Extra', from: '09:00', to: '12:00' }
    expect(await lead.ask('POST', '/api/shifts', { id: 'extra', ...form })).toMatchObject({ status: 201 })
    expect(await lead.ask('POST', '/api/shifts', { id: 'extra', ...form })).toMatchObject({ status: 409 })
    const change = { ...form, to: '13:00' }
    const saved = await lead.ask('PUT', '/api/shifts/extra', change, { 'if-match': '"1"' })
    expect(saved).toMatchObject({ status: 200, body: { ...change, version: 2 } })
    const late = await lead.ask('PUT', '/api/shifts/extra', form, { 'if-match': '"1"' })
    expect(late).toMatchObject({ status: 412, body: { code: 'changed-meanwhile' } })
    const none = await lead.ask('PUT', '/api/shifts/none', form, { 'if-match': '"1"' })
    expect(none.status).toBe(404)
    const empty = await lead.ask('PUT', '/api/shifts/extra', { ...form, to: '09:00' }, { 'if-match': '"2"' })
    expect(empty).toMatchObject({ status: 400, body: { fields: { to: 'same-as-from' } } })
  })
})

describe('planning', () => {
  test('all of a plan or none: an overlap, a stranger and a wrong duty are each named', async () => {
    const wrong = await plan(
      entry(MONDAY, 'early'),
      entry(MONDAY, 'extra'),
      entry(MONDAY, 'late', { staff: '00000000-0000-4000-8000-000000000000' }),
      entry(MONDAY, 'late', { duty: 'chief' }),
    )
    expect(wrong).toMatchObject({
      status: 400,
      body: {
        code: 'bad-input',
        fields: {
          'entries.1': 'overlaps',
          'entries.2.staff': 'unknown',
          'entries.3.duty': 'not-a-lead',
        },
      },
    })
    expect((await week(MONDAY)).entries).toEqual([])

    const good = await plan(
      entry(MONDAY, 'early'),
      entry(MONDAY, 'night'),
      entry(MONDAY, 'early', { staff: ids['shift-lead'], duty: 'shift-lead' }),
    )
    expect(good.status).toBe(201)
    expect(good.body.at(-1)).toMatchObject({
      name: '姓名a1001',
      startsAt: '2026-03-02T15:30:00.000Z',
      endsAt: '2026-03-02T23:30:00.000Z',
    })
    const again = await plan(entry(MONDAY, 'extra'))
    expect(again.body.fields).toEqual({ 'entries.0': 'overlaps' })
    // The night of Monday ends when Tuesday's early shift begins.
    expect((await plan(entry(daysAfter(MONDAY, 1), 'early'))).status).toBe(201)
    expect(await plan(entry('2026-02-30', 'early'))).toMatchObject({ status: 400 })
  })

  test('two who plan the same at once: one of them does', async () => {
    const day = '2026-04-06'
    const both = await Promise.all([plan(entry(day, 'early')), plan(entry(day, 'early'))])
    expect(both.map(reply => reply.status).sort()).toEqual([201, 400])
  })

  test('a week is copied; what would overlap is left out', async () => {
    const next = daysAfter(MONDAY, 7)
    await plan(entry(next, 'early'))
    const copied = await lead.ask('POST', '/api/roster/copy-week', { from: MONDAY, to: next })
    expect(copied).toMatchObject({ status: 200, body: { copied: 3, skipped: 1 } })
    expect((await week(next)).entries).toHaveLength(4)
    const same = await lead.ask('POST', '/api/roster/copy-week', { from: MONDAY, to: MONDAY })
    expect(same.body.fields).toEqual({ to: 'same-week' })
  })

  test('an entry is taken off; a shift that moves leaves planned ones where they were', async () => {
    const day = '2026-05-04'
    const { body } = await plan(entry(day, 'extra'))
    const moved = { nameZh: '加班', nameEn: 'Extra', from: '10:00', to: '14:00' }
    await lead.ask('PUT', '/api/shifts/extra', moved, { 'if-match': '"2"' })
    expect((await week(day)).entries).toMatchObject([{ startsAt: '2026-05-04T01:00:00.000Z' }])
    expect((await lead.ask('DELETE', `/api/roster/${body[0].id}`)).status).toBe(204)
    expect((await lead.ask('DELETE', `/api/roster/${body[0].id}`)).status).toBe(404)
    expect((await week(day)).entries).toEqual([])
  })

  test('each day one carrier technician and one of the hotline office', async () => {
    const path = `/api/roster/duties/${MONDAY}`
    await lead.ask('PUT', `${path}/carrier`, { name: '甲', phone: '' })
    await lead.ask('PUT', `${path}/carrier`, { name: '乙', phone: '0898-0000' })
    await lead.ask('PUT', `${path}/hotline-office`, { name: '丙', phone: '' })
    expect((await week(MONDAY)).duties).toEqual([
      { day: MONDAY, duty: 'carrier', name: '乙', phone: '0898-0000' },
      { day: MONDAY, duty: 'hotline-office', name: '丙', phone: '' },
    ])
    expect((await lead.ask('DELETE', `${path}/carrier`)).status).toBe(204)
    expect((await week(MONDAY)).duties).toHaveLength(1)
  })

  test('an agent sees the own shifts and nobody else’s, and plans nothing', async () => {
    const mine = await agent.ask('GET', `/api/my-shifts?from=${MONDAY}`)
    expect(mine.body.entries.length).toBeGreaterThan(2)
    expect(new Set(mine.body.entries.map((one: { staff: string }) => one.staff))).toEqual(
      new Set([ids.a1001]),
    )
    const quality = await Browser.signIn(service, 'quality')
    for (const [method, url, body] of [
      ['GET', `/api/roster?from=${MONDAY}`],
      ['GET', `/api/roster.csv?from=${MONDAY}`],
      ['POST', '/api/roster', { entries: [entry('2026-06-01', 'early')] }],
      ['POST', '/api/roster/copy-week', { from: MONDAY, to: '2026-06-01' }],
      ['DELETE', '/api/roster/1'],
      ['PUT', `/api/roster/duties/${MONDAY}/carrier`, { name: '甲', phone: '' }],
      ['POST', '/api/shifts', { id: 'noon', nameZh: '午', nameEn: 'Noon', from: '11:00', to: '13:00' }],
    ] as const) {
      for (const browser of [agent, quality]) {
        expect(await browser.ask(method, url, body), url).toMatchObject({ status: 403 })
      }
    }
  })
})

describe('attendance, from the floor’s own record', () => {
  test('late across midnight, absent, and not rostered', async () => {
    const day = '2026-07-06'
    await plan(entry(day, 'night'), entry(day, 'night', { staff: ids.a1002 }))
    await sat(ids.a1001, cityInstant('2026-07-07', '00:05'), cityInstant('2026-07-07', '07:00'))
    await sat(ids.a1002, cityInstant('2026-07-08', '12:00'), cityInstant('2026-07-08', '13:00'))
    const { entries, notRostered } = await week(day)
    expect(entries).toMatchObject([
      { attendance: { state: 'late', lateMinutes: 35, leftEarlyMinutes: 30 } },
      { attendance: { state: 'absent', arrivedAt: null } },
    ])
    expect(notRostered).toEqual([
      {
        staff: ids.a1002,
        name: '姓名a1002',
        seat: '1001',
        from: '2026-07-08T04:00:00.000Z',
        to: '2026-07-08T05:00:00.000Z',
      },
    ])
    const csv = await service.app.inject({
      url: `/api/roster.csv?from=${day}`,
      headers: { cookie: lead.cookie },
    })
    const lines = csv.body.replace('\uFEFF', '').split('\r\n')
    expect(csv.headers['content-disposition']).toBe('attachment; filename="roster-2026-07-06.csv"')
    expect(lines[0]).toBe('日期,班次,开始,结束,姓名,工号,岗位,出勤,签入,签出,迟到分钟,早退分钟')
    expect(lines[1]).toBe(
      '2026-07-06,night班,2026-07-06 23:30,2026-07-07 07:30,姓名a1001,1001,话务员,迟到,' +
        '2026-07-07 00:05,2026-07-07 07:00,35,30',
    )
  })

  test('who signs in now is seen at once; a lead has no seat to be seen at', async () => {
    const now = Date.now()
    const clockAt = (ms: number) => new Date(ms + 8 * HOUR_MS).toISOString().slice(11, 16)
    const today = cityDate(now - HOUR_MS)
    const form = { nameZh: '当班', nameEn: 'Now', from: clockAt(now - HOUR_MS), to: clockAt(now + HOUR_MS) }
    await lead.ask('POST', '/api/shifts', { id: 'now', ...form })
    await plan(entry(today, 'now'), entry(today, 'now', { staff: ids['shift-lead'], duty: 'chief' }))
    const seen = async () => {
      const { entries } = await week(today)
      return entries.map((one: { attendance: { state: string } | null }) => one.attendance?.state ?? null)
    }
    expect((await seen()).toSorted()).toEqual(['not-yet', null])
    await agent.ask('POST', '/api/my-seat', { seat: '1002', phone: 'sip' })
    await service.facts.flushed()
    expect((await seen()).toSorted()).toEqual(['late', null])
    await agent.ask('DELETE', '/api/my-seat')
  })
})
