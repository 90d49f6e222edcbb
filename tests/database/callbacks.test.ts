import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { prepareLeaderDays } from '../../src/casework/callbacks/index.ts'
import type { StaffId, WorkOrderId } from '../../src/kernel/ids.ts'
import { cityInstant, HOUR_MS, type Instant } from '../../src/kernel/time.ts'
import { act, answeredOrder, type Crew, draftOrder, smallCatalogue, trailOf } from '../support/cases.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { holder, sixUnits } from '../support/roles.ts'
import { Browser, person, type Service, startService } from '../support/service.ts'

const AT = cityInstant('2026-11-18', '10:00')
const LOGINS = [
  'dispatcher',
  'call-back',
  'assistant',
  'admin',
  'quay',
  'quay2',
  'water',
  'a8001',
  'reviewer',
]

let database: TestDatabase
let service: Service
let now: Instant = AT
let crew: Crew
let supervisor: StaffId
const browsers: Record<string, Browser> = {}
beforeAll(async () => {
  database = await freshDatabase()
  const { db } = database
  await sixUnits(db)
  await smallCatalogue(db)
  service = await startService(db, { now: () => now })
  const city = (login: string, role: string) => holder(db, login, [{ role, unit: null }])
  const handler = (login: string, unit: string) => holder(db, login, [{ role: 'unit-handler', unit }])
  crew = {
    desk: await city('dispatcher', 'dispatcher'),
    handler: await holder(db, 'everywhere', [{ role: 'unit-handler', unit: 'city' }]),
    reviewer: await city('reviewer', 'reviewer'),
  }
  supervisor = await city('supervisor', 'supervisor')
  await city('call-back', 'call-back')
  await city('assistant', 'duty-assistant')
  await handler('quay', 'quay')
  await handler('quay2', 'quay')
  await handler('water', 'water')
  await person(db, 'admin', 'admin')
  await person(db, 'a8001')
  for (const login of LOGINS) browsers[login] = await Browser.signIn(service, login)
})
afterAll(async () => {
  await service.close()
  await database.close()
})

const as = (login: string): Browser => {
  const browser = browsers[login]
  if (browser === undefined) throw new Error(`nobody signed in as ${login}`)
  return browser
}
const answered = (unit: string, at = AT, handler = crew.handler) =>
  answeredOrder(database.db, { ...crew, handler }, unit, at)
const ids = (orders: readonly { readonly id: string }[]) => orders.map(({ id }) => id)
const listed = async (login: string, query = '') => {
  const { status, body } = await as(login).ask('GET', `/api/call-backs${query}`)
  expect(status).toBe(200)
  return body
}
const idOf = async (login: string) =>
  (await database.db.selectFrom('staff').select('id').where('login', '=', login).executeTakeFirstOrThrow()).id
const setDue = (id: WorkOrderId, due: Instant | null) =>
  database.db
    .updateTable('work_orders')
    .set({ due_at: due === null ? null : new Date(due) })
    .where('id', '=', id)
    .execute()

describe('call-backs', () => {
  let atQuay: WorkOrderId
  let atPier: WorkOrderId
  let atWater: WorkOrderId
  beforeAll(async () => {
    atQuay = await answered('quay', AT + HOUR_MS, await idOf('quay'))
    atPier = await answered('pier', AT, await idOf('quay2'))
    atWater = await answered('water', AT - HOUR_MS, await idOf('water'))
    await answeredOrder(database.db, crew, 'quay', AT, 'to-review')
    await setDue(atQuay, AT + 3 * HOUR_MS)
    await setDue(atPier, null)
    await setDue(atWater, AT + HOUR_MS)
  })

  test('are all of the city’s to call-back people, the soonest due first', async () => {
    const all = await listed('call-back')
    expect(ids(all)).toEqual([atWater, atQuay, atPier])
    expect(all[1]).toMatchObject({
      leadUnit: 'quay',
      leadUnitName: '码头街道',
      dueAt: new Date(AT + 3 * HOUR_MS).toISOString(),
      tries: [],
      triesLeft: 3,
      tryAgainAt: null,
      citizen: { hidden: false, number: '13907551234' },
    })
    expect(ids(await listed('call-back', `?after=${atWater}`))).toEqual([atQuay, atPier])
    expect(ids(await listed('call-back', `?after=${atQuay}`))).toEqual([atPier])
    expect(ids(await listed('call-back', `?after=${atPier}`))).toEqual([])
  })

  test('are those of one’s unit and below to whoever handles for it', async () => {
    expect(ids(await listed('quay'))).toEqual([atQuay, atPier])
    expect(ids(await listed('water'))).toEqual([atWater])
    expect((await as('a8001').ask('GET', '/api/call-backs')).body.code).toBe('not-allowed')
    expect((await as('reviewer').ask('GET', '/api/call-backs')).body.code).toBe('not-allowed')
  })

  test('are cut by unit, and by who answered', async () => {
    expect(ids(await listed('call-back', '?unit=east'))).toEqual([atQuay, atPier])
    expect(ids(await listed('quay', '?unit=pier'))).toEqual([atPier])
    expect(ids(await listed('quay', '?unit=water'))).toEqual([])
    expect(ids(await listed('quay', '?mine=true'))).toEqual([atQuay])
    expect(ids(await listed('quay2', '?mine=true'))).toEqual([atPier])
    expect(ids(await listed('call-back', '?mine=true'))).toEqual([])
  })

  test('say when another try counts, and go when the citizen has rated', async () => {
    const miss = (at: Instant) =>
      act(database.db, atWater, crew.handler, { do: 'miss-call-back', note: '无人接听' }, at)
    await miss(now)
    expect((await listed('water'))[0]).toMatchObject({
      tries: [new Date(now).toISOString()],
      triesLeft: 2,
      tryAgainAt: new Date(now + 2 * HOUR_MS).toISOString(),
    })
    now += 2 * HOUR_MS
    expect((await listed('water'))[0]).toMatchObject({ tryAgainAt: null })
    const rate = { do: 'rate', grade: 'good', solved: true, text: '满意' } as const
    await act(database.db, atWater, crew.handler, rate, now)
    expect(await listed('water')).toEqual([])
    now = AT
  })
})

describe('the leader’s day', () => {
  const plan = (day: string, unit: string, more: object = {}, login = 'admin') =>
    as(login).ask('POST', '/api/leader-days', { day, unit, leader: '方世杰', staff: null, ...more })
  const read = async (id: string, login = 'assistant') =>
    (await as(login).ask('GET', `/api/leader-days/${id}`)).body
  const tick = (id: string, step: string, login = 'assistant') =>
    as(login).ask('POST', `/api/leader-days/${id}/steps/${step}`)
  const enter = (id: string, order: string, form: object, login = 'assistant') =>
    as(login).ask('POST', `/api/leader-days/${id}/orders/${order}/results`, form)
  const prepare = (at: Instant) => prepareLeaderDays(database.db, at)
  const rate = (grade: string, solved = true) => ({ do: 'rate', grade, solved, text: '市民的话' })

  test('is planned by whoever runs the floor, once for a unit, and on record', async () => {
    const { status, body, headers } = await plan('2026-12-01', 'quay')
    expect(status).toBe(201)
    expect(body).toMatchObject({
      ...{ day: '2026-12-01', unit: 'quay', unitName: '码头街道', leader: '方世杰', quota: 30 },
      ...{ preparedAt: null, figures: { called: 0, reached: 0, rated: 0, satisfied: 0, solved: 0 } },
    })
    expect((await plan('2026-12-01', 'quay')).body.code).toBe('exists-already')
    expect((await plan('2026-12-01', 'moon')).body.fields).toEqual({ unit: 'unknown' })
    expect((await plan('2026-12-01', 'pier', {}, 'assistant')).body.code).toBe('not-allowed')
    const nobody = '00000000-0000-4000-8000-000000000000'
    const wrong = { assistants: [await idOf('assistant'), nobody], staff: nobody }
    expect((await plan('2026-12-02', 'quay', wrong)).body.fields).toEqual({
      ...{ staff: 'unknown', assistants: 'unknown' },
    })
    const form = { leader: '田国栋', staff: await idOf('quay'), quota: 20 }
    const save = (version: string) =>
      as('admin').ask('PUT', `/api/leader-days/${body.id}`, form, { 'if-match': version })
    expect((await save(String(headers.etag))).body).toMatchObject({ ...form, version: 2 })
    expect((await save(String(headers.etag))).body.code).toBe('changed-meanwhile')
    const beside = { ...form, assistants: [await idOf('assistant')] }
    const saveBeside = (more: object, version: string) =>
      as('admin').ask('PUT', `/api/leader-days/${body.id}`, { ...beside, ...more }, { 'if-match': version })
    const assistants = [{ id: await idOf('assistant'), name: '姓名assistant' }]
    expect((await saveBeside({}, '2')).body).toMatchObject({ assistants, version: 3 })
    expect((await saveBeside({ assistants: undefined }, '3')).body).toMatchObject({ assistants, version: 4 })
    const remove = () =>
      as('admin').ask('DELETE', `/api/leader-days/${body.id}`, undefined, { 'if-match': '4' })
    expect((await remove()).status).toBe(204)
    expect((await remove()).status).toBe(404)
    const changes = await as('admin').ask('GET', '/api/config-changes?subjects=leader-day')
    expect(changes.body.items.map((one: { key: string }) => one.key)).toEqual(
      Array(5).fill('2026-12-01 quay'),
    )
  })

  test('has its list the evening before, the worst first, once', async () => {
    const orders = {
      plain: await answered('quay'),
      soon: await answered('pier'),
      review: await answeredOrder(database.db, crew, 'quay', AT, 'to-review'),
      late: await answered('quay'),
      urged: await answered('quay'),
      repeated: await answered('quay'),
    }
    const elsewhere = await answered('water')
    await act(database.db, orders.urged, supervisor, { do: 'supervise', level: 1, reason: '催' }, AT)
    const other = await draftOrder(database.db, { by: crew.desk, at: AT })
    await act(database.db, other, crew.desk, { do: 'merge', into: orders.repeated, reason: '同一事项' }, AT)
    const evening = cityInstant('2026-11-19', '20:00')
    const due = { plain: 9, soon: 8, review: 10, late: -1, urged: 20, repeated: 30 }
    for (const [name, hours] of Object.entries(due)) {
      const order = Object.entries(orders).find(([key]) => key === name)?.[1]
      if (order !== undefined) await setDue(order, evening + hours * HOUR_MS)
    }
    const { id } = (await plan('2026-11-20', 'quay')).body
    await prepare(cityInstant('2026-11-19', '19:59'))
    expect((await read(id)).preparedAt).toBeNull()
    await Promise.all([prepare(evening), prepare(evening)])
    const day = await read(id)
    expect(day.preparedAt).toBe(new Date(evening).toISOString())
    const mine: string[] = Object.values(orders)
    const items = day.items.filter((one: { id: string }) => mine.includes(one.id))
    expect(ids(items)).toEqual([
      orders.urged,
      orders.late,
      orders.repeated,
      orders.soon,
      orders.plain,
      orders.review,
    ])
    expect(items.map((one: { reasons: string[] }) => one.reasons)).toEqual([
      ['supervised'],
      ['overdue'],
      ['repeated'],
      [],
      [],
      [],
    ])
    expect(ids(day.items)).not.toContain(elsewhere)
    await answered('quay')
    await prepare(evening + HOUR_MS)
    expect((await read(id)).items).toEqual(day.items)
    expect(day.items.every((one: { status: string }) => one.status.startsWith('to-'))).toBe(true)
  })

  test('has a list of twice the quota at most, and one on the day itself if the evening was missed', async () => {
    for (let i = 0; i < 3; i += 1) await answered('water')
    const { id } = (await plan('2026-11-21', 'water', { quota: 1 })).body
    const past = (await plan('2026-11-17', 'water')).body.id
    await prepare(cityInstant('2026-11-21', '08:00'))
    expect((await read(id)).items).toHaveLength(2)
    expect((await read(past)).preparedAt).toBeNull()
  })

  test('goes step by step: signed in on the day, handover read, orders reviewed, then call-backs', async () => {
    const order = await answered('west')
    const { id } = (await plan('2026-11-24', 'west')).body
    await prepare(cityInstant('2026-11-23', '21:00'))
    now = cityInstant('2026-11-23', '22:00')
    expect((await tick(id, 'sign-in')).body.code).toBe('not-that-day')
    now = cityInstant('2026-11-24', '08:30')
    expect((await tick(id, 'read-handovers')).body.code).toBe('step-out-of-turn')
    expect((await tick(id, 'sign-in', 'quay')).body.code).toBe('not-allowed')
    expect((await tick(id, 'sign-in')).body.signedInAt).toBe(new Date(now).toISOString())
    expect((await enter(id, order, rate('good'))).body.code).toBe('step-out-of-turn')
    expect((await tick(id, 'read-handovers')).status).toBe(200)
    now += HOUR_MS
    expect((await tick(id, 'sign-in')).body.signedInAt).toBe(new Date(now - HOUR_MS).toISOString())
    expect((await tick(id, 'review-orders')).body.reviewedOrdersAt).toBe(new Date(now).toISOString())
    const remove = await as('admin').ask('DELETE', `/api/leader-days/${id}`, undefined, { 'if-match': '1' })
    expect(remove.body.code).toBe('leader-day-begun')
    expect((await enter(id, order, rate('good'))).status).toBe(200)
    now = AT
  })

  test('counts what the assistant enters, which the orders live through', async () => {
    const [happy, unhappy, away, talked] = [
      await answered('city'),
      await answered('city'),
      await answered('city'),
      await answered('city'),
    ]
    const waiting = await answeredOrder(database.db, crew, 'city', AT, 'to-review')
    const unlisted = async () => await answered('city')
    const { id } = (await plan('2026-11-26', 'city')).body
    now = cityInstant('2026-11-26', '09:00')
    await prepare(now)
    for (const step of ['sign-in', 'read-handovers', 'review-orders']) await tick(id, step)
    expect((await enter(id, happy, rate('fair'), 'quay')).body.code).toBe('not-allowed')
    expect((await enter(id, happy, rate('fair'))).status).toBe(200)
    expect((await enter(id, happy, rate('fair'))).body.code).toBe('act-not-now')
    expect((await enter(id, waiting, rate('good'))).body.code).toBe('act-not-now')
    expect((await enter(id, await unlisted(), rate('good'))).body.code).toBe('not-found')
    await enter(id, unhappy, rate('very-bad', false))
    await enter(id, away, { do: 'miss-call-back', note: '无人接听' })
    expect((await enter(id, away, { do: 'miss-call-back', note: '无人接听' })).body.code).toBe(
      'call-back-too-soon',
    )
    const { body } = await enter(id, talked, { do: 'note', text: '市民周末再看' })
    expect(body.figures).toEqual({ called: 4, reached: 3, rated: 2, satisfied: 1, solved: 1 })
    const item = (order: string) => body.items.find((one: { id: string }) => one.id === order)
    expect(item(happy)).toMatchObject({
      status: 'closed',
      result: 'rated',
      grade: 'fair',
      doneBy: '姓名assistant',
    })
    expect(item(unhappy)).toMatchObject({ status: 'in-hand', reworks: 1, grade: 'very-bad', solved: false })
    expect(item(away)).toMatchObject({ status: 'to-call-back', result: 'missed', misses: 1, triesLeft: 2 })
    expect(item(talked)).toMatchObject({ status: 'to-call-back', result: 'reached', grade: null })
    expect((await trailOf(database.db, happy)).at(-1)).toBe('rate')
    now += 3 * HOUR_MS
    await enter(id, talked, { do: 'miss-call-back', note: '占线' })
    const later = await enter(id, away, rate('very-good'))
    expect(later.body.figures).toEqual({ called: 4, reached: 4, rated: 3, satisfied: 2, solved: 2 })
    const days = await as('call-back').ask('GET', '/api/leader-days?from=2026-11-25&to=2026-11-27')
    expect(days.body).toMatchObject([{ id, quota: 30, figures: later.body.figures }])
    expect((await as('quay').ask('GET', '/api/leader-days?from=2026-11-25&to=2026-11-27')).body.code).toBe(
      'not-allowed',
    )
    now = AT
  })
})
