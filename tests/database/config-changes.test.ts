import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { StaffId } from '../../src/kernel/ids.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { Browser, oneLine, person, type Service, startService } from '../support/service.ts'

let database: TestDatabase
let service: Service
let lead: Browser
let admin: Browser
let agent: Browser
let ids: Record<'lead' | 'admin' | 'a1001', StaffId>
beforeAll(async () => {
  database = await freshDatabase()
  await oneLine(database.db)
  ids = {
    lead: await person(database.db, 'lead', 'shift-lead'),
    admin: await person(database.db, 'admin', 'admin'),
    a1001: await person(database.db, 'a1001'),
  }
  service = await startService(database.db)
  lead = await Browser.signIn(service, 'lead')
  admin = await Browser.signIn(service, 'admin')
  agent = await Browser.signIn(service, 'a1001')
})
afterAll(async () => {
  await service.close()
  await database.close()
})

const HEADER = '号码,名称,并入方式,队列,播报欢迎语,服务时间,启用'
const SAME = '12345,便民热线,整体并入,综合,否,全天,是'
const table = (...rows: readonly string[]) => [HEADER, ...rows].join('\r\n')
const dryRun = (csv: string, by = lead) => by.ask('POST', '/api/lines/import?dryRun=true', { csv })
const importTable = (csv: string, by = lead) => by.ask('POST', '/api/lines/import', { csv })
const lines = async () => (await lead.ask('GET', '/api/lines')).body
const changes = async (query = '') => (await lead.ask('GET', `/api/config-changes${query}`)).body

describe('a table of lines', () => {
  const GOOD = table(
    SAME,
    '12315,市场监管,双号并行,general,是,周一至周五 08:30-18:00；周六、周日 09:00-12:00,是',
    '12319,城建服务,设分中心,综合,是,全天,否',
  )

  test('a dry run names every wrong row and column, and changes nothing', async () => {
    const csv = table(
      SAME,
      '1,市场监管,整体并入,综合,是,全天,是',
      '12319,,合并,没有的队列,也许,八点到六点,',
      '12345,又一次,整体并入,综合,是,全天,是',
      '12320,卫生健康,整体并入,综合,是,周一 08:00-08:00,是',
    )
    const { status, body } = await dryRun(csv)
    expect(status).toBe(200)
    expect(body.saved).toBe(false)
    expect(body.rows.map((row: { row: number; what: string }) => [row.row, row.what])).toEqual([
      [2, 'same'],
      [3, 'wrong'],
      [4, 'wrong'],
      [5, 'wrong'],
      [6, 'wrong'],
    ])
    expect(body.rows.map((row: { problems: object }) => row.problems)).toEqual([
      {},
      { number: 'wrong-form' },
      {
        name: 'required',
        mergeMode: 'wrong-form',
        greets: 'wrong-form',
        hours: 'wrong-form',
        active: 'required',
      },
      { number: 'repeated' },
      { hours: 'same-as-from' },
    ])
    const unknownQueue = await dryRun(table('12319,城建,整体并入,没有的队列,是,全天,是'))
    expect(unknownQueue.body.rows[0].problems).toEqual({ queue: 'unknown' })
    const refused = await importTable(csv)
    expect(refused).toMatchObject({ status: 400, body: { code: 'bad-input' } })
    expect(refused.body.fields).toMatchObject({
      'rows.3.number': 'wrong-form',
      'rows.4.mergeMode': 'wrong-form',
      'rows.5.number': 'repeated',
      'rows.6.hours': 'same-as-from',
    })
    expect(await lines()).toHaveLength(1)
    expect((await changes('?subjects=line')).items).toEqual([])
  })

  test('a column that is not there is named', async () => {
    const { status, body } = await dryRun('号码,名称\r\n12345,便民')
    expect(status).toBe(400)
    expect(Object.keys(body.fields)).toEqual(['mergeMode', 'queue', 'greets', 'hours', 'active'])
  })

  test('is imported whole; what was so already is left alone', async () => {
    const told = await dryRun(GOOD)
    expect(told.body.rows.map((row: { what: string }) => row.what)).toEqual(['same', 'new', 'new'])
    expect(await lines()).toHaveLength(1)
    expect((await importTable(GOOD)).body).toEqual({ ...told.body, saved: true })
    expect(await lines()).toMatchObject([
      {
        number: '12315',
        name: '市场监管',
        mergeMode: 'parallel',
        queue: 'general',
        greets: true,
        hours: [
          { days: [1, 2, 3, 4, 5], from: '08:30', to: '18:00' },
          { days: [6, 7], from: '09:00', to: '12:00' },
        ],
        active: true,
        version: 1,
      },
      { number: '12319', mergeMode: 'sub-centre', hours: null, active: false, version: 1 },
      { number: '12345', version: 1 },
    ])
  })

  test('what was exported comes back as it was; what was edited in it is saved', async () => {
    const reply = await service.app.inject({
      url: '/api/lines/export',
      headers: { cookie: lead.cookie },
    })
    expect(reply.headers['content-type']).toBe('text/csv; charset=utf-8')
    const again = await dryRun(reply.body)
    expect(again.body.rows.map((row: { what: string }) => row.what)).toEqual(['same', 'same', 'same'])
    const edited = reply.body.replace('市场监管', '市场监管热线').replaceAll(',', '\t')
    const saved = await importTable(edited, admin)
    expect(saved.body.rows[0]).toMatchObject({ number: '12315', what: 'changed', fields: ['name'] })
    expect((await lines())[0]).toMatchObject({ name: '市场监管热线', version: 2 })
  })

  test('is not for everybody', async () => {
    expect(await dryRun(GOOD, agent)).toMatchObject({ status: 403, body: { code: 'not-allowed' } })
    expect(await importTable(GOOD, agent)).toMatchObject({ status: 403 })
  })
})

describe('the record of changes', () => {
  test('holds what an import did, by whom, with both sides', async () => {
    const { items, next } = await changes('?subjects=line')
    expect(next).toBeNull()
    expect(items).toMatchObject([
      {
        by: ids.admin,
        byName: '姓名admin',
        subject: 'line',
        key: '12315',
        name: null,
        before: { name: '市场监管', version: 1 },
        after: { name: '市场监管热线', version: 2 },
      },
      { by: ids.lead, key: '12319', before: null, after: { mergeMode: 'sub-centre' } },
      { by: ids.lead, key: '12315', before: null, after: { name: '市场监管' } },
    ])
  })

  test('holds every edit once, and none that was refused', async () => {
    const queue = {
      nameZh: '综合',
      nameEn: 'General',
      strategy: 'linear',
      needs: [],
      priority: 0,
      ageingPerMinute: 1,
      steps: [],
      mostWaiting: null,
      announceEveryMs: null,
      callBack: null,
      whenUnstaffed: 'wait',
    }
    const skill = { id: 'dialect', nameZh: '海南话', nameEn: 'Hainanese' }
    await lead.ask('POST', '/api/queues', { id: 'second', ...queue })
    await lead.ask('PUT', '/api/queues/second', { ...queue, priority: 3 }, { 'if-match': '"1"' })
    await lead.ask('PUT', '/api/queues/second', { ...queue, priority: 4 }, { 'if-match': '"1"' })
    await lead.ask('POST', '/api/queues', { id: 'second', ...queue })
    await lead.ask('POST', '/api/skills', skill)
    await lead.ask('POST', '/api/skills', skill)
    await lead.ask('PUT', `/api/staff/${ids.a1001}/skills`, { skills: [{ skill: 'dialect', level: 7 }] })
    await lead.ask('PUT', `/api/staff/${ids.a1001}/skills`, { skills: [{ skill: 'none', level: 7 }] })
    const block = await lead.ask('POST', '/api/blocked-numbers', {
      number: '13800138000',
      reason: '多次辱骂话务员',
      approvedBy: ids.admin,
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    })
    await admin.ask('DELETE', `/api/blocked-numbers/${block.body.id}`)
    await admin.ask('DELETE', `/api/blocked-numbers/${block.body.id}`)
    const { items } = await changes('?subjects=queue,skill,staff-skills,blocked-number')
    expect(items).toMatchObject([
      { subject: 'blocked-number', byName: '姓名admin', key: '13800138000', after: null },
      { subject: 'blocked-number', byName: '姓名lead', before: null, after: { reason: '多次辱骂话务员' } },
      { subject: 'staff-skills', key: ids.a1001, name: '姓名a1001', before: {}, after: { dialect: 7 } },
      { subject: 'skill', key: 'dialect', before: null, after: skill },
      { subject: 'queue', key: 'second', before: { priority: 0 }, after: { priority: 3 } },
      { subject: 'queue', key: 'second', before: null, after: { strategy: 'linear' } },
    ])
    expect(items).toHaveLength(6)
    expect((await changes('?key=second')).items).toHaveLength(2)
  })

  test('an edit that cannot be put on record is not made', async () => {
    const { db } = database
    await db.schema.alterTable('config_changes').renameTo('config_changes_away').execute()
    const skill = { id: 'english', nameZh: '英语', nameEn: 'English' }
    expect((await lead.ask('POST', '/api/skills', skill)).status).toBe(500)
    await db.schema.alterTable('config_changes_away').renameTo('config_changes').execute()
    const { body } = await lead.ask('GET', '/api/skills')
    expect(body.map((one: { id: string }) => one.id)).toEqual(['dialect'])
  })

  test('is read by pages', async () => {
    for (let version = 2; version < 55; version += 1) {
      const line = { name: `第${version}次`, mergeMode: 'merged', queue: 'general', greets: true }
      const form = { ...line, hours: null, active: true }
      await lead.ask('PUT', '/api/lines/12315', form, { 'if-match': `"${version}"` })
    }
    const first = await changes('?key=12315')
    expect(first.items).toHaveLength(50)
    const second = await changes(`?key=12315&cursor=${first.next}`)
    expect(second.next).toBeNull()
    const all = [...first.items, ...second.items].map(({ after }) => after.version)
    expect(all).toEqual(Array.from({ length: 55 }, (_, index) => 55 - index))
  })

  test('is for who runs the floor, and knows its own words', async () => {
    expect(await agent.ask('GET', '/api/config-changes')).toMatchObject({ status: 403 })
    expect(await lead.ask('GET', '/api/config-changes?subjects=queue,weather')).toMatchObject({
      status: 400,
      body: { fields: { subjects: 'unknown' } },
    })
  })
})

describe('the calendar', () => {
  const year = async (of: number) => (await lead.ask('GET', `/api/calendar?year=${of}`)).body

  test('is filled with what was announced, keeps what was set by hand, and is on record', async () => {
    expect((await lead.ask('PUT', '/api/calendar/2026-10-01', { works: false, name: '国庆' })).status).toBe(
      200,
    )
    const filled = await lead.ask('POST', '/api/calendar/fill', { year: 2026 })
    expect(filled.status).toBe(200)
    const days = await year(2026)
    expect(days).toContainEqual({ day: '2026-10-01', works: false, name: '国庆' })
    expect(days).toContainEqual({ day: '2026-10-10', works: true, name: '国庆节' })
    expect((await lead.ask('DELETE', '/api/calendar/2026-10-10')).status).toBe(204)
    expect((await lead.ask('DELETE', '/api/calendar/2026-10-10')).status).toBe(404)
    const { items } = await changes('?subjects=calendar-day&key=2026-10-10')
    expect(items).toMatchObject([
      { before: { works: true }, after: null },
      { before: null, after: { works: true, name: '国庆节' } },
    ])
  })

  test('refuses a year that nobody has announced, a day that is none, and agents', async () => {
    const none = await lead.ask('POST', '/api/calendar/fill', { year: 2098 })
    expect([none.status, none.body]).toMatchObject([
      400,
      { code: 'bad-input', fields: { year: 'not-announced' } },
    ])
    const day = { works: false, name: '无' }
    expect((await lead.ask('PUT', '/api/calendar/2026-02-30', day)).status).toBe(400)
    expect((await agent.ask('PUT', '/api/calendar/2026-02-03', day)).status).toBe(403)
    expect((await agent.ask('POST', '/api/calendar/fill', { year: 2026 })).status).toBe(403)
  })
})
