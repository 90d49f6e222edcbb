import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seedDemoCity, writeSeatPhones } from '../../src/demo-city/index.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { answeredCall, EVENING, type ToldCall } from '../support/facts.ts'
import { Browser, person, type Service, startService } from '../support/service.ts'

let database: TestDatabase
let service: Service
let secrets: string
let calls: readonly ToldCall[]
let taker: Browser
beforeAll(async () => {
  database = await freshDatabase()
  secrets = await mkdtemp(join(tmpdir(), 'hotline-secrets-'))
  expect(await seedDemoCity(database.db, secrets)).toBe(true)
  service = await startService(database.db)
  const staff = await person(database.db, 't8001')
  await person(database.db, 't8002')
  for (const role of ['shift-lead', 'quality', 'admin'] as const) await person(database.db, `t-${role}`, role)
  calls = [0, 1, 2, 3].map(i => answeredCall(staff, EVENING + i * 60_000))
  calls
    .flatMap(call => call.events)
    .forEach((facts, i) => {
      service.facts.accept(i + 1, facts)
    })
  await service.facts.flushed()
  taker = await Browser.signIn(service, 't8001')
})
afterAll(async () => {
  await service.close()
  await database.close()
  await rm(secrets, { recursive: true })
})

const path = (i: number) => `/api/work-orders/${calls[i]?.draft}`
const form = {
  typeCode: 'HELP',
  categoryCode: '1-04-002',
  title: '海棠路路灯不亮',
  text: '路灯从昨晚起不亮',
  place: '海棠路 12 号',
  secret: false,
}
const save = (browser: Browser, i: number, version: number, body: object = form) =>
  browser.ask('PUT', path(i), body, { 'if-match': `"${version}"` })

test('a draft becomes a registered order by being saved', async () => {
  const draft = await taker.ask('GET', path(0))
  expect(draft.status).toBe(200)
  expect(draft.headers.etag).toBe('"1"')
  expect(draft.body).toMatchObject({ status: 'draft', callId: calls[0]?.id, title: '', version: 1 })
  const saved = await save(taker, 0, 1)
  expect(saved.status).toBe(200)
  expect(saved.headers.etag).toBe('"2"')
  expect(saved.body).toMatchObject({ ...form, status: 'to-dispatch', version: 2, number: draft.body.number })
  expect((await taker.ask('GET', path(0))).body).toEqual(saved.body)
})

test('of two who edit one version the second is told, and loses nothing of the first', async () => {
  const lead = await Browser.signIn(service, 't-shift-lead')
  expect((await save(taker, 1, 1)).status).toBe(200)
  expect(await save(lead, 1, 1, { ...form, title: '别的' })).toMatchObject({
    status: 412,
    body: { code: 'changed-meanwhile' },
  })
  expect((await taker.ask('GET', path(1))).body.title).toBe(form.title)
})

test('at one instant only one save of a version wins', async () => {
  const lead = await Browser.signIn(service, 't-shift-lead')
  const replies = await Promise.all([save(taker, 2, 1), save(lead, 2, 1), save(taker, 2, 1)])
  expect(replies.map(reply => reply.status).sort()).toEqual([200, 412, 412])
})

test('every wrong field is named and nothing is saved', async () => {
  const wrong = { ...form, typeCode: 'NONE', categoryCode: '1-04', title: ' ' }
  expect(await save(taker, 3, 1, wrong)).toMatchObject({
    status: 400,
    body: { code: 'bad-input', fields: { typeCode: 'unknown', categoryCode: 'unknown', title: 'required' } },
  })
  expect(await save(taker, 3, 1, { ...form, title: '长'.repeat(101) })).toMatchObject({
    status: 400,
    body: { code: 'bad-input', fields: { title: 'too-long' } },
  })
  expect(await taker.ask('PUT', path(3), form)).toMatchObject({
    status: 400,
    body: { code: 'bad-input', fields: { 'if-match': 'required' } },
  })
  expect((await taker.ask('GET', path(3))).body).toMatchObject({ status: 'draft', version: 1 })
})

test('only the taker or a shift lead saves; a secret order is hidden from other agents', async () => {
  const other = await Browser.signIn(service, 't8002')
  const ear = await Browser.signIn(service, 't-quality')
  expect((await save(other, 3, 1)).status).toBe(403)
  expect((await save(ear, 3, 1)).status).toBe(403)
  expect((await other.ask('GET', path(3))).status).toBe(200)
  expect((await save(taker, 3, 1, { ...form, secret: true })).status).toBe(200)
  expect((await other.ask('GET', path(3))).status).toBe(403)
  expect((await ear.ask('GET', path(3))).status).toBe(200)
  expect((await other.ask('GET', '/api/work-orders/00000000-0000-7000-8000-000000000000')).status).toBe(404)
})

test('types and categories are the lists of the city', async () => {
  const types = (await taker.ask('GET', '/api/work-order-types')).body
  expect(types.map((type: { nameZh: string }) => type.nameZh)).toEqual([
    '咨询',
    '求助',
    '投诉',
    '举报',
    '建议',
    '表扬',
    '其他',
    '无效',
  ])
  const categories: { code: string; parentCode: string | null; nameZh: string }[] = (
    await taker.ask('GET', '/api/categories')
  ).body
  const codes = new Set(categories.map(category => category.code))
  expect(codes.size).toBe(categories.length)
  expect(categories.filter(category => category.parentCode === null)).toHaveLength(3)
  expect(categories.filter(category => /^\d-\d\d$/.test(category.code))).toHaveLength(27)
  expect(categories).toContainEqual({ code: '1-04-002', parentCode: '1-04', nameZh: '路灯' })
  for (const { code, parentCode } of categories) {
    expect(code).toMatch(/^\d(-\d\d(-\d{3})?)?$/)
    if (parentCode !== null) expect(codes).toContain(parentCode)
  }
})

test('the demo city is seeded once, its passwords for the owner of the folder only', async () => {
  const file = join(secrets, 'demo-accounts.txt')
  const text = await readFile(file, 'utf8')
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  const accounts = text
    .trim()
    .split('\n')
    .map(line => line.split(' '))
  const seeded = await database.db
    .selectFrom('staff')
    .select('login')
    .where('login', 'not like', 't%')
    .execute()
  expect(seeded.length).toBeGreaterThan(19)
  expect(accounts.map(([login]) => login).sort()).toEqual(seeded.map(({ login }) => login).sort())
  expect(accounts.map(([login]) => login)).toEqual(
    expect.arrayContaining(['a1001', 'a1012', 'lead', 'admin', 'dispatcher']),
  )
  expect(new Set(accounts.map(([, password]) => password)).size).toBe(accounts.length)
  const [login, password] = accounts[0] ?? []
  const reply = await service.app.inject({
    method: 'POST',
    url: '/api/session',
    payload: { login, password },
  })
  expect(reply.json()).toMatchObject({ login: 'a1001', agentNumber: '1001', role: 'agent' })

  expect(await seedDemoCity(database.db, secrets)).toBe(false)
  expect(await readFile(file, 'utf8')).toBe(text)
  await writeSeatPhones(database.db, secrets)
  const phones = await readFile(join(secrets, 'seat-phones.txt'), 'utf8')
  expect(phones.split('\n')[0]).toMatch(/^1001 1001 \w{24}$/)
})

test('what is wrong with an act is told of that act alone, and one that there is not of its name', async () => {
  const act = (body: object) => taker.ask('POST', `${path(0)}/acts`, body, { 'if-match': '"1"' })
  expect(await act({ do: 'dispatch', to: [], note: '' })).toMatchObject({
    status: 400,
    body: { code: 'bad-input', fields: { to: 'wrong-form', reason: 'required', note: 'not-a-field' } },
  })
  const { body } = await act({ do: 'dance' })
  expect(body.fields).toEqual({ do: 'wrong-form' })
})
