import { afterEach, beforeEach, expect, test } from 'vitest'
import { asId, type SkillId } from '../../src/kernel/ids.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import {
  Browser,
  type DeskPage,
  oneLine,
  person,
  readyAgent,
  type Service,
  type ServiceOptions,
  startService,
} from '../support/service.ts'
import { until } from '../support/until.ts'

let database: TestDatabase
let service: Service
let lead: Browser
const pages: { close(): void }[] = []
beforeEach(async () => {
  database = await freshDatabase()
  await oneLine(database.db)
  for (const login of ['a1001', 'a1002']) await person(database.db, login)
  await person(database.db, 'lead', 'shift-lead')
  await begin()
})
afterEach(async () => {
  for (const page of pages.splice(0)) page.close()
  await service.close()
  await database.close()
})

async function begin(options: ServiceOptions = {}): Promise<void> {
  service = await startService(database.db, options)
  lead = await Browser.signIn(service, 'lead')
}

async function agentAt(seat: number) {
  const agent = await readyAgent(service, `a${seat}`, seat)
  pages.push(agent.page)
  return agent
}
const announce = (given: object) =>
  lead.ask('POST', '/api/announcements', {
    text: '系统将于 15 点升级',
    to: { who: 'all' },
    mustAcknowledge: true,
    ...given,
  })
const texts = (page: DeskPage) =>
  page
    .all('notices')
    .at(-1)
    ?.map(notice => notice.text)
    .join()
const list = async () => (await lead.ask('GET', '/api/announcements')).body.items

test('to all: shown at once, read by one, seen by the shift lead, withdrawn', async () => {
  const first = await agentAt(1001)
  const second = await agentAt(1002)
  const made = await announce({})
  expect([made.status, made.body.readers, made.body.others.length]).toEqual([201, [], 2])
  await until(() => texts(first.page) === '系统将于 15 点升级' && texts(second.page) === texts(first.page))
  expect(first.page.all('notices').at(-1)).toMatchObject([
    { id: made.body.id, by: '姓名lead', mustAcknowledge: true, until: null },
  ])

  const read = (browser: Browser) => browser.ask('POST', `/api/announcements/${made.body.id}/read`)
  expect((await read(first.browser)).status).toBe(204)
  await until(() => texts(first.page) === '')
  expect(texts(second.page)).toBe('系统将于 15 点升级')
  expect((await read(first.browser)).status).toBe(204)
  const [shown] = await list()
  expect(shown.readers).toMatchObject([{ name: '姓名a1001', agentNumber: '1001' }])
  expect(shown.others).toEqual([{ name: '姓名a1002', agentNumber: '1002', at: null }])

  expect((await lead.ask('POST', `/api/announcements/${made.body.id}/withdraw`)).status).toBe(204)
  await until(() => texts(second.page) === '')
  expect((await list())[0]).toMatchObject({ withdrawnBy: '姓名lead', others: [] })
  expect((await read(second.browser)).status).toBe(404)
})

test('whoever signs in later, reconnects, or finds the service restarted is told what is still to be read', async () => {
  const made = await announce({})
  const { browser, page } = await agentAt(1001)
  await until(() => texts(page) === '系统将于 15 点升级')
  page.close()
  const again = browser.desk()
  pages.push(again)
  await until(() => texts(again) === '系统将于 15 点升级')
  await service.close()
  await begin()
  const later = await agentAt(1001)
  await until(() => texts(later.page) === '系统将于 15 点升级')
  await later.browser.ask('POST', `/api/announcements/${made.body.id}/read`)
  await until(() => texts(later.page) === '')
  later.page.close()
  const last = later.browser.desk()
  pages.push(last)
  expect(await last.first('notices')).toEqual([])
})

test("to a seat, and to a queue's agents: to nobody else", async () => {
  const skill = asId<SkillId>('english')
  await database.db.insertInto('skills').values({ id: skill, name_zh: '英语', name_en: 'English' }).execute()
  const needs = JSON.stringify([{ skill, level: 5 }])
  await database.db
    .insertInto('queues')
    .values({ id: asId('foreign'), name_zh: '外语', name_en: 'Foreign', needs })
    .execute()
  const [able] = await database.db.selectFrom('staff').select('id').where('login', '=', 'a1002').execute()
  if (able === undefined) throw new Error('nobody')
  await database.db
    .insertInto('staff_skills')
    .values({ staff_id: able.id, skill_id: skill, level: 6 })
    .execute()
  const one = await agentAt(1001)
  const two = await agentAt(1002)
  await announce({ text: '给外语席', to: { who: 'queue', queue: 'foreign' } })
  await announce({ text: '给 1001', to: { who: 'seat', seat: '1001' } })
  await announce({ text: '给综合席', to: { who: 'queue', queue: 'general' } })
  await until(() => texts(one.page) === '给 1001,给综合席')
  await until(() => texts(two.page) === '给外语席,给综合席')
  const [, , foreign] = await list()
  expect(foreign).toMatchObject({ text: '给外语席', others: [{ agentNumber: '1002' }] })
  expect((await one.browser.ask('POST', `/api/announcements/${foreign.id}/read`)).status).toBe(404)
})

test('one that has run out is shown to nobody', async () => {
  const { page } = await agentAt(1001)
  const end = Date.now() + 1_500
  await announce({ text: '短', until: new Date(end).toISOString() })
  await until(() => texts(page) === '短')
  await until(() => Date.now() > end)
  const second = await agentAt(1002)
  expect(texts(second.page)).toBe('')
})

test('what is refused', async () => {
  const agent = await Browser.signIn(service, 'a1001')
  const form = { text: '一', to: { who: 'all' }, mustAcknowledge: false }
  const asAgent = await agent.ask('POST', '/api/announcements', form)
  const read = await agent.ask('POST', '/api/announcements/1/read')
  const answers = [
    await announce({ text: '  ' }),
    await announce({ to: { who: 'seat', seat: '9999' } }),
    await announce({ to: { who: 'queue', queue: 'nowhere' } }),
    await announce({ until: '2020-01-01T00:00:00Z' }),
    await lead.ask('POST', '/api/announcements/9/withdraw'),
  ]
  expect([asAgent.status, (await agent.ask('GET', '/api/announcements')).status]).toEqual([403, 403])
  expect(read.body.code).toBe('no-seat')
  expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400, 404])
  expect(answers[1]?.body.fields).toEqual({ 'to.seat': 'unknown' })
  expect(await list()).toEqual([])
})

test('acts are on record and listed whatever agents are told', async () => {
  await service.close()
  await begin({ showSupervision: ['sign-out'] })
  const { page } = await agentAt(1001)
  const act = (what: string, body: object) => lead.ask('POST', `/api/floor/seats/1001/${what}`, body)
  await act('not-ready', { reason: 'break', note: '轮休' })
  await act('sign-out', { note: '下班' })
  const told = await page.first('alarm')
  expect([told.text, page.all('alarm').length]).toEqual(['班长 姓名lead 将您签出，说明：下班', 1])
  const { items, shown, next } = (await lead.ask('GET', '/api/supervision-acts')).body
  expect([shown, next]).toEqual([['sign-out'], null])
  expect(items).toMatchObject([
    { act: 'sign-out', by: '姓名lead', subject: '姓名a1001', seat: '1001', note: '下班', refusal: null },
    { act: 'not-ready', reason: 'break', note: '轮休' },
  ])
  expect((await lead.ask('GET', '/api/supervision-acts?seat=1002')).body.items).toEqual([])
  const past = '?from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z'
  expect((await lead.ask('GET', `/api/supervision-acts${past}`)).body.items).toEqual([])
  const agent = await Browser.signIn(service, 'a1001')
  expect((await agent.ask('GET', '/api/supervision-acts')).status).toBe(403)
})
