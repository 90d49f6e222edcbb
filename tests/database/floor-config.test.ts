import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LineCatalogue } from '../../src/floor/lines/index.ts'
import { asId, type SeatNumber, type StaffId } from '../../src/kernel/ids.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { Browser, oneLine, person, readyAgent, type Service, startService } from '../support/service.ts'
import { until } from '../support/until.ts'

let database: TestDatabase
let service: Service
let lead: Browser
let admin: Browser
let quality: Browser
let agent: Browser
let ids: Record<'lead' | 'admin' | 'quality' | 'a1001' | 'a1002', StaffId>
beforeAll(async () => {
  database = await freshDatabase()
  await oneLine(database.db)
  ids = {
    lead: await person(database.db, 'lead', 'shift-lead'),
    admin: await person(database.db, 'admin', 'admin'),
    quality: await person(database.db, 'quality', 'quality'),
    a1001: await person(database.db, 'a1001'),
    a1002: await person(database.db, 'a1002'),
  }
  service = await startService(database.db)
  lead = await Browser.signIn(service, 'lead')
  admin = await Browser.signIn(service, 'admin')
  quality = await Browser.signIn(service, 'quality')
  agent = await Browser.signIn(service, 'a1001')
  await lead.ask('POST', '/api/skills', { id: 'dialect', nameZh: '海南话', nameEn: 'Hainanese' })
})
afterAll(async () => {
  await service.close()
  await database.close()
})

const QUEUE = {
  nameZh: '方言',
  nameEn: 'Dialect',
  strategy: 'longest-idle',
  needs: [{ skill: 'dialect', level: 5 }],
  priority: 2,
  ageingPerMinute: 1,
  steps: [
    { afterMs: 1_000, do: 'play', prompt: 'please-wait' },
    { afterMs: 2_000, do: 'overflow', queue: 'general' },
  ],
  mostWaiting: 20,
  announceEveryMs: 30_000,
  callBack: { first: 'agent', tries: 3, retryAfterMs: 300_000, withinMs: 7_200_000 },
  whenUnstaffed: 'turn-away',
}
const LINE = {
  name: '方言专席',
  mergeMode: 'merged',
  queue: 'general',
  greets: false,
  hours: [{ days: [1, 2, 3, 4, 5], from: '08:30', to: '18:00' }],
  active: true,
}
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString()
const block = (change: object = {}) => ({
  number: '13800138000',
  reason: '多次辱骂话务员',
  approvedBy: ids.admin,
  expiresAt: inAnHour(),
  ...change,
})

test('rows from before go on as they were: served by anyone, round the clock', async () => {
  const queues = await agent.ask('GET', '/api/queues')
  expect(queues.body).toEqual([
    {
      id: 'general',
      nameZh: '综合',
      nameEn: 'General',
      strategy: 'longest-idle',
      needs: [],
      priority: 0,
      ageingPerMinute: 1,
      steps: [],
      mostWaiting: null,
      announceEveryMs: null,
      callBack: null,
      whenUnstaffed: 'wait',
      version: 1,
    },
  ])
  expect((await agent.ask('GET', '/api/lines')).body).toMatchObject([{ hours: null, version: 1 }])
})

test('who does not run the floor changes nothing of it', async () => {
  const nobody = '/api/staff/00000000-0000-7000-8000-000000000000/skills'
  for (const browser of [agent, quality]) {
    const replies = [
      await browser.ask('POST', '/api/queues', { id: 'new', ...QUEUE }),
      await browser.ask('PUT', '/api/queues/general', { ...QUEUE, steps: [] }, { 'if-match': '"1"' }),
      await browser.ask('POST', '/api/lines', { number: '12399', ...LINE }),
      await browser.ask('PUT', '/api/lines/12345', LINE, { 'if-match': '"1"' }),
      await browser.ask('POST', '/api/skills', { id: 'new', nameZh: '新', nameEn: 'New' }),
      await browser.ask('PUT', nobody, { skills: [] }),
      await browser.ask('GET', '/api/staff'),
      await browser.ask('GET', '/api/blocked-numbers'),
      await browser.ask('POST', '/api/blocked-numbers', block()),
      await browser.ask('DELETE', '/api/blocked-numbers/00000000-0000-7000-8000-000000000000'),
    ]
    expect(replies.map(reply => [reply.status, reply.body.code])).toEqual(
      replies.map(() => [403, 'not-allowed']),
    )
  }
  expect((await agent.ask('GET', '/api/queues')).body).toHaveLength(1)
})

describe('queues', () => {
  test('one is added, read, and saved over the version that was edited', async () => {
    const added = await lead.ask('POST', '/api/queues', { id: 'dialect', ...QUEUE })
    expect(added).toMatchObject({ status: 201, body: { id: 'dialect', ...QUEUE, version: 1 } })
    expect(added.headers.etag).toBe('"1"')
    const twice = await lead.ask('POST', '/api/queues', { id: 'dialect', ...QUEUE })
    expect(twice).toMatchObject({ status: 409, body: { code: 'exists-already' } })

    const saved = await admin.ask(
      'PUT',
      '/api/queues/dialect',
      { ...QUEUE, strategy: 'linear' },
      { 'if-match': '"1"' },
    )
    expect(saved).toMatchObject({ status: 200, body: { strategy: 'linear', version: 2 } })
    const late = await lead.ask('PUT', '/api/queues/dialect', QUEUE, { 'if-match': '"1"' })
    expect(late).toMatchObject({ status: 412, body: { code: 'changed-meanwhile' } })
    const blind = await lead.ask('PUT', '/api/queues/dialect', QUEUE)
    expect(blind).toMatchObject({ status: 400, body: { fields: { 'if-match': 'required' } } })
    const nowhere = await lead.ask('PUT', '/api/queues/none', QUEUE, { 'if-match': '"1"' })
    expect(nowhere).toMatchObject({ status: 404, body: { code: 'not-found' } })
    const { body } = await agent.ask('GET', '/api/queues')
    expect(body[0]).toEqual({ id: 'dialect', ...QUEUE, strategy: 'linear', version: 2 })
  })

  test('of two who save at once one wins', async () => {
    await lead.ask('POST', '/api/queues', { id: 'contested', ...QUEUE })
    const save = (browser: Browser, priority: number) =>
      browser.ask('PUT', '/api/queues/contested', { ...QUEUE, priority }, { 'if-match': '"1"' })
    const replies = await Promise.all([save(lead, 3), save(admin, 4)])
    expect(replies.map(reply => reply.status).sort()).toEqual([200, 412])
  })

  test('every wrong field is named', async () => {
    const wrong = {
      ...QUEUE,
      needs: [
        { skill: 'dance', level: 3 },
        { skill: 'dialect', level: 10 },
      ],
    }
    const level = await lead.ask('POST', '/api/queues', { id: 'wrong', ...wrong })
    expect(level).toMatchObject({ status: 400, body: { fields: { 'needs.1.level': 'wrong-form' } } })
    const steps = [
      { afterMs: 2_000, do: 'add-queue', queue: 'nowhere' },
      { afterMs: 1_000, do: 'overflow', queue: 'wrong' },
    ]
    const needs = [{ skill: 'dance', level: 3 }]
    const named = await lead.ask('POST', '/api/queues', { id: 'wrong', ...QUEUE, needs, steps })
    expect(named).toMatchObject({ status: 400, body: { code: 'bad-input' } })
    expect(named.body.fields).toEqual({
      'needs.0.skill': 'unknown',
      'steps.0.queue': 'unknown',
      'steps.1.afterMs': 'not-ascending',
      'steps.1.queue': 'itself',
    })
    const round = [{ afterMs: 1_000, do: 'overflow', queue: 'dialect' }]
    const reply = await lead.ask(
      'PUT',
      '/api/queues/general',
      { ...QUEUE, needs: [], steps: round },
      { 'if-match': '"1"' },
    )
    expect(reply.body.fields).toEqual({ 'steps.0.queue': 'circular' })
  })

  test('the floor hears of its queues at the start, and again when something changed', async () => {
    const told: unknown[] = []
    const { QueueConfig } = await import('../../src/floor/queues/index.ts')
    const config = new QueueConfig(
      database.db,
      { submit: event => void told.push(event) },
      pino({ level: 'silent' }),
    )
    await config.load()
    await config.load()
    expect(told).toHaveLength(1)
    expect(told[0]).toMatchObject({ type: 'queues-configured' })
    const stop = config.keepFresh(20)
    const rules = { id: 'told', ...QUEUE }
    await lead.ask('POST', '/api/queues', rules)
    await until(() => told.length > 1)
    stop()
    const { nameZh: _, nameEn: __, ...heard } = rules
    expect(told[1]).toMatchObject({ queues: expect.arrayContaining([heard]) })
  })
})

describe('skills', () => {
  test('a skill has one id', async () => {
    const twice = await lead.ask('POST', '/api/skills', { id: 'dialect', nameZh: '话', nameEn: 'D' })
    expect(twice).toMatchObject({ status: 409, body: { code: 'exists-already' } })
    const wrong = await lead.ask('POST', '/api/skills', { id: 'Dialect!', nameZh: '', nameEn: 'D' })
    expect(wrong.body.fields).toEqual({ id: 'wrong-form', nameZh: 'required' })
    expect((await agent.ask('GET', '/api/skills')).body).toEqual([
      { id: 'dialect', nameZh: '海南话', nameEn: 'Hainanese' },
    ])
  })

  test('everybody is listed with skills; nobody with a password', async () => {
    const given = { skills: [{ skill: 'dialect', level: 7 }] }
    const saved = await lead.ask('PUT', `/api/staff/${ids.a1002}/skills`, given)
    expect(saved).toMatchObject({ status: 200, body: given })
    const { body } = await admin.ask('GET', '/api/staff')
    expect(body.map((one: { login: string }) => one.login)).toEqual([
      'a1001',
      'a1002',
      'admin',
      'lead',
      'quality',
    ])
    expect(body[1]).toEqual({
      id: ids.a1002,
      login: 'a1002',
      name: '姓名a1002',
      role: 'agent',
      agentNumber: '1002',
      active: true,
      ...given,
    })
    expect(JSON.stringify(body)).not.toContain('argon2')
  })

  test('unknown and repeated skills are named; nothing is saved then', async () => {
    const skills = ['dialect', 'dialect', 'dance'].map(skill => ({ skill, level: 3 }))
    const reply = await lead.ask('PUT', `/api/staff/${ids.a1002}/skills`, { skills })
    expect(reply.body.fields).toEqual({ 'skills.1.skill': 'repeated', 'skills.2.skill': 'unknown' })
    const { body } = await admin.ask('GET', '/api/staff')
    expect(body[1].skills).toEqual([{ skill: 'dialect', level: 7 }])
    const nobody = '/api/staff/00000000-0000-7000-8000-000000000000/skills'
    expect(await lead.ask('PUT', nobody, { skills: [] })).toMatchObject({ status: 404 })
  })

  test('they come to the seat with the agent, and change there while one sits', async () => {
    const seat = () => service.engine.seat(asId<SeatNumber>('1002'))
    const browser = await Browser.signIn(service, 'a1002')
    await browser.ask('POST', '/api/my-seat', { seat: '1002', phone: 'browser' })
    expect(seat()?.agent?.skills).toEqual({ dialect: 7 })
    await lead.ask('PUT', `/api/staff/${ids.a1002}/skills`, { skills: [{ skill: 'dialect', level: 2 }] })
    expect(seat()?.agent).toMatchObject({ number: '1002', skills: { dialect: 2 } })
    await browser.ask('DELETE', '/api/my-seat')
  })
})

describe('lines', () => {
  test('one is added, and saved over the version that was edited', async () => {
    const added = await lead.ask('POST', '/api/lines', { number: '12399', ...LINE })
    expect(added).toMatchObject({ status: 201, body: { number: '12399', ...LINE, version: 1 } })
    expect(await lead.ask('POST', '/api/lines', { number: '12399', ...LINE })).toMatchObject({ status: 409 })
    const change = { ...LINE, hours: null, greets: true }
    const saved = await admin.ask('PUT', '/api/lines/12399', change, { 'if-match': '"1"' })
    expect(saved).toMatchObject({ status: 200, body: { ...change, version: 2 } })
    expect(saved.headers.etag).toBe('"2"')
    const late = await lead.ask('PUT', '/api/lines/12399', LINE, { 'if-match': '"1"' })
    expect(late).toMatchObject({ status: 412, body: { code: 'changed-meanwhile' } })
    expect(await lead.ask('PUT', '/api/lines/12398', LINE, { 'if-match': '"1"' })).toMatchObject({
      status: 404,
    })
  })

  test('every wrong field is named', async () => {
    const wrong = { ...LINE, name: '', hours: [{ days: [8], from: '8:30', to: '25:00' }] }
    const form = await lead.ask('POST', '/api/lines', { number: '1', ...wrong })
    expect(form.status).toBe(400)
    expect(form.body.fields).toMatchObject({
      number: 'wrong-form',
      name: 'required',
      'hours.0.days.0': 'wrong-form',
      'hours.0.from': 'wrong-form',
      'hours.0.to': 'wrong-form',
    })
    const hours = [{ days: [1], from: '08:00', to: '08:00' }]
    const rules = await lead.ask('POST', '/api/lines', { number: '12397', ...LINE, queue: 'none', hours })
    expect(rules.body.fields).toEqual({ queue: 'unknown', 'hours.0.to': 'same-as-from' })
  })

  test('the catalogue goes by the hours on the city’s clock', async () => {
    const hours = [{ days: [5], from: '22:00', to: '06:00' }]
    await lead.ask('POST', '/api/lines', { number: '12396', ...LINE, hours })
    const catalogue = new LineCatalogue(database.db, pino({ level: 'silent' }))
    await catalogue.load()
    const at = (time: string) => catalogue.arrival('13800138000', '12396', Date.parse(time))
    // Friday 20 November, 23:00 in the city; Saturday 05:00; Saturday 06:00.
    expect(at('2026-11-20T15:00:00Z')).toEqual({
      line: { number: '12396', name: LINE.name, queue: 'general', greets: false },
      menu: null,
      refusal: null,
    })
    expect(at('2026-11-20T21:00:00Z').refusal).toBeNull()
    expect(at('2026-11-20T22:00:00Z').refusal).toBe('closed-hours')
    expect(catalogue.arrival('', '12345', Date.now()).refusal).toBeNull()
    expect(catalogue.arrival('', '99999', Date.now())).toEqual({ line: null, menu: null, refusal: null })
  })
})

describe('blocked numbers', () => {
  test('two people stand for a block; it is listed with both, and lifted', async () => {
    const self = await lead.ask('POST', '/api/blocked-numbers', block({ approvedBy: ids.lead }))
    expect(self).toMatchObject({ status: 400, body: { fields: { approvedBy: 'yourself' } } })
    const helper = await lead.ask('POST', '/api/blocked-numbers', block({ approvedBy: ids.quality }))
    expect(helper.body.fields).toEqual({ approvedBy: 'may-not-approve' })
    const wordless = await lead.ask('POST', '/api/blocked-numbers', block({ reason: '' }))
    expect(wordless.body.fields).toEqual({ reason: 'required' })
    const expiresAt = '2020-01-01T00:00:00+08:00'
    const past = await lead.ask('POST', '/api/blocked-numbers', block({ expiresAt }))
    expect(past.body.fields).toEqual({ expiresAt: 'past' })

    const made = await lead.ask('POST', '/api/blocked-numbers', block({ number: '+8613800138000' }))
    expect(made).toMatchObject({
      status: 201,
      body: {
        number: '13800138000',
        createdBy: ids.lead,
        createdByName: '姓名lead',
        approvedBy: ids.admin,
        approvedByName: '姓名admin',
        expired: false,
      },
    })
    expect(await lead.ask('POST', '/api/blocked-numbers', block())).toMatchObject({
      status: 409,
      body: { code: 'exists-already' },
    })
    expect((await admin.ask('GET', '/api/blocked-numbers')).body).toEqual([made.body])
    expect((await admin.ask('DELETE', `/api/blocked-numbers/${made.body.id}`)).status).toBe(204)
    expect((await admin.ask('DELETE', `/api/blocked-numbers/${made.body.id}`)).status).toBe(404)
    expect((await admin.ask('GET', '/api/blocked-numbers')).body).toEqual([])
  })

  test('the catalogue knows them however the network writes them, until they run out', async () => {
    const { body } = await lead.ask('POST', '/api/blocked-numbers', block())
    const catalogue = new LineCatalogue(database.db, pino({ level: 'silent' }))
    await catalogue.load()
    const ends = Date.parse(body.expiresAt)
    const refusal = (caller: string, at = Date.now()) => catalogue.arrival(caller, '12345', at).refusal
    expect(refusal('13800138000')).toBe('blocked-number')
    expect(refusal('+8613800138000')).toBe('blocked-number')
    expect(refusal('13800138000', ends - 1)).toBe('blocked-number')
    // Without another reading: the clock alone ends it.
    expect(refusal('13800138000', ends)).toBeNull()
    expect(refusal('13800138001')).toBeNull()
    expect(refusal('')).toBeNull()
  })

  test('one that ran out does not count, and gives way to a new one', async () => {
    await database.db
      .updateTable('blocked_numbers')
      .set({ created_at: sql`now() - interval '2 days'`, expires_at: sql`now() - interval '1 day'` })
      .execute()
    const catalogue = new LineCatalogue(database.db, pino({ level: 'silent' }))
    await catalogue.load()
    expect(catalogue.arrival('13800138000', '12345', Date.now() - 2 * 86_400_000).refusal).toBeNull()
    expect((await lead.ask('GET', '/api/blocked-numbers')).body).toMatchObject([{ expired: true }])
    const anew = await admin.ask('POST', '/api/blocked-numbers', block({ approvedBy: ids.lead }))
    expect(anew).toMatchObject({ status: 201, body: { createdByName: '姓名admin', expired: false } })
    expect((await lead.ask('GET', '/api/blocked-numbers')).body).toEqual([anew.body])
  })
})

test('a call on an edited line waits for the skill, and goes to whoever has it', async () => {
  await lead.ask('POST', '/api/lines', { number: '12395', ...LINE, queue: 'dialect', hours: null })
  const dialect = { ...QUEUE, steps: [], whenUnstaffed: 'wait' }
  const { body } = await lead.ask('GET', '/api/queues')
  const { version } = body.find((queue: { id: string }) => queue.id === 'dialect')
  await lead.ask('PUT', '/api/queues/dialect', dialect, { 'if-match': `"${version}"` })
  await service.refresh()
  const { page } = await readyAgent(service, 'a1001', 1001)
  service.pbx.dialIn(asId('citizen-1'), '13911110000', '12395')
  await until(() => service.engine.waiting() === 1)
  expect(service.engine.seat(asId<SeatNumber>('1001'))?.state.name).toBe('ready')
  await lead.ask('PUT', `/api/staff/${ids.a1001}/skills`, { skills: [{ skill: 'dialect', level: 5 }] })
  expect(await page.first('pop')).toMatchObject({ dialled: '12395' })
  page.close()
})
