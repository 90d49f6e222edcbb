import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '#database/connection.ts'
import { bindWaiting, MaskCatalogue, maskingFacts, PinKey } from '../../src/casework/masking/index.ts'
import { insertBinding } from '../../src/casework/masking/store.ts'
import type { CallNote, Fact } from '../../src/contact-center/events.ts'
import { FactWriter, recordFact } from '../../src/floor/call-records/index.ts'
import {
  asId,
  type BindingId,
  type CallId,
  type ShortNumber,
  type StaffId,
  type UnitId,
  type WorkOrderId,
} from '../../src/kernel/ids.ts'
import { cityInstant, DAY_MS, HOUR_MS } from '../../src/kernel/time.ts'
import { recordingRoutes } from '../../src/quality/recordings/index.ts'
import { act, draftOrder, smallCatalogue, trailOf } from '../support/cases.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { holder, sixUnits } from '../support/roles.ts'
import { Browser, person, type Service, startService } from '../support/service.ts'
import { until } from '../support/until.ts'

const AT = cityInstant('2026-11-18', '10:00')
const CITIZEN = '13907551234'
const QUAY = asId<UnitId>('quay')
const WATER = asId<UnitId>('water')

let database: TestDatabase
let service: Service
let desk: StaffId
let dispatcher: StaffId
let handler: StaffId
let supervisor: StaffId
let now = AT
const browsers: Record<string, Browser> = {}
beforeAll(async () => {
  database = await freshDatabase()
  const { db } = database
  await sixUnits(db)
  await smallCatalogue(db)
  await db
    .updateTable('units')
    .set({ phones: ['0898-12500001'] })
    .where('id', '=', QUAY)
    .execute()
  service = await startService(db, { now: () => now, rooms: [recordingRoutes({ db, folder: tmpdir() })] })
  facts = new FactWriter({
    ...{ db, journal: randomUUID(), handlers: [recordFact, maskingFacts] },
    log: pino({ level: 'silent' }),
  })
  desk = await person(db, 'a8001')
  dispatcher = await holder(db, 'dispatcher', [{ role: 'dispatcher', unit: null }])
  handler = await holder(db, 'quay', [{ role: 'unit-handler', unit: 'quay' }])
  await holder(db, 'quay-leader', [{ role: 'unit-leader', unit: 'quay' }])
  supervisor = await holder(db, 'supervisor', [{ role: 'supervisor', unit: null }])
  await holder(db, 'water', [{ role: 'unit-handler', unit: 'water' }])
  await holder(db, 'quality', [{ role: 'quality', unit: null }], 'quality')
  await holder(db, 'admin', [{ role: 'admin', unit: null }], 'admin')
  for (const login of ['dispatcher', 'quay', 'quay-leader', 'water', 'quality', 'admin']) {
    browsers[login] = await Browser.signIn(service, login)
  }
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
const version = (one: { readonly version: number }) => ({ 'if-match': `"${one.version}"` })

const POOL = {
  name: '秘密',
  use: 'secret',
  first: '95000',
  last: '95009',
  restHours: 24,
  lowAt: 2,
  active: true,
}
const HAND = { ...POOL, name: '人工', use: 'by-hand', first: '96000', last: '96099', lowAt: 5 }
async function pool(form: object) {
  const { status, body } = await as('admin').ask('POST', '/api/number-pools', form)
  expect(status).toBe(201)
  return body
}

async function registered(secret: boolean, caller = CITIZEN): Promise<WorkOrderId> {
  const id = await draftOrder(database.db, { by: desk, at: now, caller })
  await act(database.db, id, desk, { do: 'register', type: 'HELP', priority: 'P3', secret }, now)
  return id
}

async function dispatched(secret: boolean, unit = QUAY, caller = CITIZEN): Promise<WorkOrderId> {
  const id = await registered(secret, caller)
  const to = [{ unit, role: 'lead', person: null }] as const
  await act(database.db, id, desk, { do: 'dispatch', to, reason: '职责' }, now)
  return id
}

async function bindingsOf(order: string, login = 'dispatcher') {
  const { status, body } = await as(login).ask('GET', `/api/work-orders/${order}/bindings`)
  expect(status).toBe(200)
  return body
}
const FORM = {
  ...{ unit: 'quay', direction: 'both', hours: 24, mostCallsADay: 2, mostTalkMinutes: 10 },
  ...{ records: true, pin: false, reason: '上门前联系' },
}
const bindByHand = (order: string, form: object = {}, login = 'dispatcher', headers = {}) =>
  as(login).ask('POST', `/api/work-orders/${order}/bindings`, { ...FORM, ...form }, headers)

/** What the engine tells of a masked call, in a journal of its own beside the service's. */
let facts: FactWriter
let sequence = 0
async function told(...some: readonly Fact[]): Promise<void> {
  facts.accept(++sequence, some)
  await facts.flushed()
}
function noted(call: CallId, ...notes: readonly CallNote[]): Promise<void> {
  const opening: Fact = {
    fact: 'call-opened',
    call: {
      ...{ call, direction: 'masked', callBackOf: null, missedCall: null, leg: null, line: null },
      ...{ caller: '139******34', dialled: '95000', arrivedAt: now },
    },
  }
  return told(opening, ...notes.map((note): Fact => ({ fact: 'call-noted', call, at: now, note })))
}
function closed(call: CallId, talkMs: number | null): Promise<void> {
  return told({
    fact: 'call-closed',
    call: {
      ...{ call, arrivedAt: now, queuedAt: null, answeredAt: null, bridgedAt: null, talkMs },
      ...{ endedAt: now + 60_000, leg: asId(`leg-${call}`), seat: null, staff: null, offers: 0 },
      ...{ records: true, result: 'completed', reason: 'hung-up', endedBy: 'caller' },
    },
  })
}
const newCall = () => asId<CallId>(randomUUID())

describe('without a pool', () => {
  test('a secret order goes its way unbound, and nobody can bind by hand', async () => {
    const order = await dispatched(true)
    expect((await bindingsOf(order)).items).toEqual([])
    expect(await bindByHand(order)).toMatchObject({ status: 409, body: { code: 'mask-no-pool' } })
  })
})

describe('pools', () => {
  test('are kept by whoever edits settings, and show how their numbers stand', async () => {
    expect((await as('dispatcher').ask('GET', '/api/number-pools')).status).toBe(403)
    const made = await pool(POOL)
    await pool(HAND)
    expect(made).toMatchObject({
      ...POOL,
      total: 10,
      free: 10,
      bound: 0,
      resting: 0,
      state: 'ok',
      waiting: 0,
    })
    const { body } = await as('admin').ask('GET', '/api/number-pools')
    expect(body.items.map((one: { name: string }) => one.name)).toEqual(['秘密', '人工'])
  })

  test('have numbers that are nothing else, and a range that is one', async () => {
    const wrong = async (form: object) =>
      (await as('admin').ask('POST', '/api/number-pools', { ...HAND, name: '三', ...form })).body
    expect(await wrong({ first: '95005', last: '95020' })).toMatchObject({
      code: 'bad-input',
      fields: { first: 'number-taken' },
    })
    expect(await wrong({ first: '1001', last: '1009' })).toMatchObject({ fields: { first: 'number-taken' } })
    expect(await wrong({ first: '12000', last: '13000' })).toMatchObject({
      fields: { first: 'number-taken' },
    })
    expect(await wrong({ first: '97009', last: '97000' })).toMatchObject({ fields: { last: 'no-range' } })
    expect(await wrong({ first: '97000', last: '970000' })).toMatchObject({ fields: { last: 'no-range' } })
    expect(await wrong({ name: '秘密', first: '97000', last: '97009' })).toMatchObject({
      code: 'exists-already',
    })
  })

  test('are saved over the version that was edited, and lose no number that somebody has', async () => {
    const { body } = await as('admin').ask('GET', '/api/number-pools')
    const [{ id }] = body.items
    const put = (form: object, edited: number) =>
      as('admin').ask('PUT', `/api/number-pools/${id}`, { ...POOL, ...form }, { 'if-match': `"${edited}"` })
    await dispatched(true)
    expect(await put({ first: '95001' }, 1)).toMatchObject({ status: 409, body: { code: 'numbers-in-use' } })
    expect(await put({ last: '95004' }, 9)).toMatchObject({ status: 412 })
    expect(await put({ last: '95019' }, 1)).toMatchObject({
      status: 200,
      body: { total: 20, bound: 1, version: 2 },
    })
    const numbers = await as('admin').ask('GET', `/api/number-pools/${id}/numbers?state=bound`)
    expect(numbers.body).toMatchObject({
      items: [{ short: '95000', state: 'bound', until: null, unit: '码头街道' }],
      next: null,
    })
    const free = await as('admin').ask('GET', `/api/number-pools/${id}/numbers?state=free&after=95017`)
    expect(free.body.items.map((one: { short: string }) => one.short)).toEqual(['95018', '95019'])
  })
})

describe('a protected order', () => {
  test('has a short number from its dispatch on, and none of it tells the citizen’s', async () => {
    const order = await dispatched(true)
    const list = await bindingsOf(order, 'quay')
    expect(list).toMatchObject({ mayBind: false, numberHidden: true })
    expect(list.items).toHaveLength(1)
    expect(list.items[0]).toMatchObject({
      ...{ unit: { id: 'quay', name: '码头街道' }, state: 'active', direction: 'both', validUntil: null },
      ...{ madeBy: 'dispatch', mostCallsADay: 10, mostTalkMinutes: 30, records: true, hasPin: false },
      ...{ unitPhones: ['0898-12500001'], mayCall: true, mayChange: false, inCall: false },
    })
    expect(list.items[0].short).toMatch(/^950\d\d$/)
    expect((await bindingsOf(order)).items[0]).toMatchObject({
      unitPhones: [],
      mayCall: false,
      mayChange: true,
    })
    expect(JSON.stringify(list)).not.toContain(CITIZEN)
    expect(await trailOf(database.db, order)).toEqual(['register', 'dispatch', 'mask-bind'])
    expect((await as('water').ask('GET', `/api/work-orders/${order}/bindings`)).status).toBe(404)
  })

  test('binds each unit that is given it, and parts with those that are out of it', async () => {
    const order = await dispatched(true)
    await act(database.db, order, dispatcher, { do: 'add-unit', unit: WATER, reason: '水管' }, now)
    expect((await bindingsOf(order)).items).toHaveLength(2)
    await act(database.db, order, dispatcher, { do: 'recall', reason: '派错' }, now)
    const { items } = await bindingsOf(order)
    expect(items).toMatchObject([
      { state: 'resting', endReason: 'unit-out' },
      { state: 'resting', endReason: 'unit-out' },
    ])
    const before = items.map((one: { short: string }) => one.short).sort()
    const to = [{ unit: QUAY, role: 'lead', person: null }] as const
    await act(database.db, order, dispatcher, { do: 'dispatch', to, reason: '职责' }, now)
    const again = (await bindingsOf(order)).items.filter((one: { state: string }) => one.state === 'active')
    expect(again).toHaveLength(1)
    // The citizen may know it.
    expect(before).toContain(again[0].short)
  })

  test('has its grace when it closes, then rests, and comes back when it is reopened', async () => {
    const order = await dispatched(true)
    const [{ short }] = (await bindingsOf(order)).items
    await act(database.db, order, handler, { do: 'sign', unit: QUAY }, now)
    await act(database.db, order, supervisor, { do: 'supervise', level: 2, reason: '督办' }, now)
    await act(database.db, order, supervisor, { do: 'close', solved: false, reason: '法定途径' }, now)
    const [shut] = (await bindingsOf(order)).items
    expect(shut).toMatchObject({ state: 'active', validUntil: new Date(now + 72 * HOUR_MS).toISOString() })
    const extend = (hours: number, over: { version: number }) =>
      as('dispatcher').ask(
        'POST',
        `/api/bindings/${shut.id}/extend`,
        { hours, reason: '还要联系' },
        version(over),
      )
    expect(await extend(90 * 24, shut)).toMatchObject({ status: 409, body: { code: 'mask-too-long' } })
    const { body: longer } = await extend(24, shut)
    expect(longer).toMatchObject({ validUntil: new Date(now + 96 * HOUR_MS).toISOString() })
    expect(await extend(24, shut)).toMatchObject({ status: 412 })
    now += 97 * HOUR_MS
    expect((await bindingsOf(order)).items).toMatchObject([{ state: 'resting', mayChange: false }])
    expect(await extend(1, longer)).toMatchObject({ status: 409, body: { code: 'mask-expired' } })
    await service.masking.refresh()
    expect(service.masking.arrival(CITIZEN, short, now)).toMatchObject({
      answer: 'refuse',
      why: 'mask-expired',
    })
    const rested = now + 24 * HOUR_MS
    expect(service.masking.arrival(CITIZEN, short, rested)).toMatchObject({ why: 'mask-unbound' })
    await act(database.db, order, desk, { do: 'reopen', reason: '市民不满意' }, now)
    expect((await bindingsOf(order)).items).toMatchObject([{ state: 'active', short, validUntil: null }])
    expect(await trailOf(database.db, order)).toEqual([
      ...[
        'register',
        'dispatch',
        'mask-bind',
        'sign',
        'supervise',
        'close',
        'mask-extend',
        'reopen',
        'mask-bind',
      ],
    ])
  })

  test('is dispatched all the same when the pool is dry; whoever keeps the pool is told before, and it is bound later', async () => {
    const { db } = database
    const notices = () =>
      db.selectFrom('notices').select('kind').where('order_id', 'is', null).orderBy('id').execute()
    await db.deleteFrom('notices').execute()
    const orders: WorkOrderId[] = []
    let [{ free }] = (await as('admin').ask('GET', '/api/number-pools')).body.items
    for (; free >= 0; free--) orders.push(await dispatched(true))
    const last = orders.at(-1) ?? ''
    expect((await bindingsOf(last)).items).toMatchObject([{ state: 'waiting', short: null, mayCall: false }])
    const [first] = (await as('admin').ask('GET', '/api/number-pools')).body.items
    expect(first).toMatchObject({ state: 'dry', free: 0, waiting: 1 })
    // Each once, and the first while there were numbers.
    expect((await notices()).map(({ kind }) => kind)).toEqual(['number-pool-low', 'number-pool-dry'])
    await bindWaiting(db, now)
    expect((await bindingsOf(last)).items).toMatchObject([{ state: 'waiting' }])
    const [oldest = '', next = ''] = orders
    for (const id of [oldest, next])
      await act(db, asId(id), dispatcher, { do: 'recall', reason: '派错' }, now++)
    const [{ short }] = (await bindingsOf(oldest)).items
    now += DAY_MS
    await bindWaiting(db, now)
    // The one that has rested longest.
    expect((await bindingsOf(last)).items).toMatchObject([
      { state: 'active', short, validFrom: new Date(now).toISOString() },
    ])
    expect((await trailOf(db, asId(last))).filter(act => act === 'mask-bind')).toHaveLength(2)
  })
})

describe('fifty at once', () => {
  test('never get one number twice, and the fifty-first waits', async () => {
    const { db } = database
    await pool({ ...HAND, name: '五十', first: '970000', last: '970049', lowAt: 0 })
    await db.updateTable('number_pools').set({ active: false }).where('name', '=', '人工').execute()
    const orders: WorkOrderId[] = []
    // Clients of their own, connected already: they ask at once and none waits for another's connection.
    const clients: TestDatabase['db'][] = []
    const closing: (() => Promise<void>)[] = []
    for (let i = 0; i < 51; i++) {
      orders.push(await draftOrder(db, { by: desk, at: now }))
      const client = openDatabase(database.url, () => {})
      await sql`select 1`.execute(client.db)
      clients.push(client.db)
      closing.push(() => client.close())
    }
    const bound = await Promise.all(
      clients.map(async (client, i) =>
        client.transaction().execute(async trx =>
          insertBinding(trx, {
            ...{ order: orders[i] ?? asId(''), unit: QUAY, use: 'by-hand', direction: 'both', records: true },
            ...{ mostCallsADay: 2, mostTalkMinutes: 10, madeBy: dispatcher, from: now, until: null },
          }),
        ),
      ),
    )
    for (const close of closing) await close()
    const numbers = bound.flatMap(({ short_number }) => (short_number === null ? [] : [short_number]))
    expect(new Set(numbers).size).toBe(50)
    expect(numbers).toHaveLength(50)
    await db.updateTable('number_pools').set({ active: false }).where('name', '=', '五十').execute()
    await db.updateTable('number_pools').set({ active: true }).where('name', '=', '人工').execute()
  })

  test('are held apart by the table itself, whatever the code does', async () => {
    const { db } = database
    const [one] = await db
      .selectFrom('bindings')
      .selectAll()
      .where('rests_until', 'is', null)
      .where('short_number', 'is not', null)
      .execute()
    if (one === undefined) throw new Error('nothing is bound')
    const twice = { ...one, id: asId<BindingId>(randomUUID()), order_id: await registered(false) }
    await expect(db.insertInto('bindings').values(twice).execute()).rejects.toThrow('bindings_one_a_number')
    const other = { ...one, id: asId<BindingId>(randomUUID()), short_number: asId<ShortNumber>('99999') }
    await expect(db.insertInto('bindings').values(other).execute()).rejects.toThrow('bindings_one_a_unit')
  })
})

describe('by hand', () => {
  test('a unit’s leader or the city binds, once, and the PIN is told once', async () => {
    const order = await dispatched(false)
    expect(await bindingsOf(order, 'quay-leader')).toMatchObject({
      items: [],
      mayBind: true,
      units: [{ id: 'quay' }],
    })
    expect(await bindByHand(order, {}, 'quay')).toMatchObject({ status: 403 })
    expect(await bindByHand(order, { unit: 'water' })).toMatchObject({ body: { code: 'unit-not-assigned' } })
    expect(await bindByHand(order, { hours: 24 * 91 })).toMatchObject({ body: { code: 'mask-too-long' } })
    expect(await bindByHand(order, { reason: `打 ${CITIZEN}` })).toMatchObject({
      body: { fields: { reason: 'holds-a-number' } },
    })
    // The same for anybody's, so that nobody can ask whose number it is.
    expect(await bindByHand(order, { reason: '打 13711112222' })).toMatchObject({
      body: { fields: { reason: 'holds-a-number' } },
    })
    const key = { 'idempotency-key': randomUUID() }
    const { status, body } = await bindByHand(order, { pin: true }, 'quay-leader', key)
    expect(status).toBe(201)
    expect(body.pin).toMatch(/^\d{6}$/)
    expect(body.binding).toMatchObject({ madeBy: 'hand', hasPin: true, state: 'active', mostCallsADay: 2 })
    const again = await bindByHand(order, { pin: true }, 'quay-leader', key)
    expect(again.body).toMatchObject({ pin: null, binding: { id: body.binding.id } })
    expect(await bindByHand(order)).toMatchObject({ status: 409, body: { code: 'mask-bound-already' } })
    const { rows } = await sql<{ all: string }>`
      select (select string_agg(b::text, '') from bindings b) || (select string_agg(t::text, '') from order_trail t)
        as all`.execute(database.db)
    expect(rows[0]?.all).not.toContain(body.pin)
    expect(rows[0]?.all).not.toContain(CITIZEN)
  })

  test('one that is ended is over at once, and the unit may have another', async () => {
    const order = await dispatched(false)
    const { body } = await bindByHand(order)
    const end = (login: string) =>
      as(login).ask(
        'POST',
        `/api/bindings/${body.binding.id}/end`,
        { reason: '不再需要' },
        version(body.binding),
      )
    now += 60_000
    expect(await end('quay')).toMatchObject({ status: 403 })
    expect(await end('water')).toMatchObject({ status: 404 })
    expect(await end('quay-leader')).toMatchObject({
      status: 200,
      body: { state: 'resting', endReason: 'by-hand' },
    })
    // The same number again: to end and to bind for ever leaves the pool as it is.
    const anew = await bindByHand(order)
    expect(anew).toMatchObject({ status: 201, body: { binding: { short: body.binding.short } } })
    expect((await bindingsOf(order)).items).toMatchObject([{ state: 'active' }, { state: 'over' }])
    await service.masking.load()
    expect(service.masking.arrival(CITIZEN, body.binding.short, now)).toMatchObject({
      route: { binding: anew.body.binding.id },
    })
    expect(await trailOf(database.db, order)).toEqual([
      'register',
      'dispatch',
      'mask-bind',
      'mask-end',
      'mask-bind',
    ])
  })

  test('none is made for an order that is over, or whose citizen withheld the number', async () => {
    expect(await bindByHand(await registered(false))).toMatchObject({ body: { code: 'mask-order-over' } })
    const unknown = await dispatched(false, QUAY, '')
    expect(await bindByHand(unknown)).toMatchObject({ body: { code: 'mask-no-citizen' } })
    expect((await bindingsOf(await dispatched(true, QUAY, ''))).items).toEqual([])
  })
})

describe('a call through a short number', () => {
  let order: WorkOrderId
  let binding: { id: BindingId; short: string; version: number }
  let pin: string
  const arrival = (caller: string) => service.masking.arrival(caller, binding.short, now)
  const answer = (caller: string, keyed: string | null) =>
    service.masking.answer(
      { call: newCall(), caller, short: asId(binding.short), pin: keyed, route: null },
      now,
    )
  const OTHER = '13800000077'
  /** As the facts of `noted` have it, which are masked. */
  const STRANGER = '13900000034'
  beforeAll(async () => {
    order = await dispatched(false, QUAY, OTHER)
    const { body } = await bindByHand(order, { pin: true, mostCallsADay: 7 })
    binding = body.binding
    pin = body.pin
    await service.masking.load()
  })

  test('goes from either side to the other, whose number is in no form but the one', async () => {
    expect(arrival(`+86${OTHER}`)).toMatchObject({
      answer: 'route',
      route: { from: 'citizen', number: '089812500001', shows: '12345', order },
    })
    expect(arrival('+8689812500001')).toMatchObject({
      answer: 'route',
      route: { from: 'unit', number: OTHER, mostTalkMs: 600_000 },
    })
    expect(service.masking.arrival(OTHER, '12345', now)).toBeNull()
    expect(service.masking.arrival(OTHER, '96099', now)).toMatchObject({
      answer: 'refuse',
      why: 'mask-unbound',
    })
  })

  test('may begin behind the access number', () => {
    expect(service.masking.arrival(OTHER, '96300', now)).toEqual({
      answer: 'ask',
      key: 'short-number',
      short: null,
    })
    expect(answer(OTHER, null)).toMatchObject({ answer: 'route', route: { from: 'citizen' } })
    const unknown = {
      call: newCall(),
      caller: OTHER,
      short: asId<ShortNumber>('4711'),
      pin: null,
      route: null,
    }
    expect(service.masking.answer(unknown, now)).toMatchObject({ answer: 'refuse', why: 'mask-unbound' })
  })

  test('from any other telephone needs the PIN, which three wrong ones lock for it for an hour', async () => {
    expect(arrival('13700000001')).toEqual({ answer: 'ask', key: 'pin', short: binding.short })
    expect(answer('13700000001', pin)).toMatchObject({
      answer: 'route',
      route: { from: 'unit', number: OTHER },
    })
    const wrong = pin === '000000' ? '000001' : '000000'
    for (let i = 0; i < 3; i++)
      expect(answer('13700000001', wrong)).toMatchObject({ why: 'mask-wrong-pin', order })
    expect(answer('13700000001', pin)).toMatchObject({ why: 'mask-wrong-pin' })
    expect(arrival('13700000001')).toMatchObject({ answer: 'refuse', why: 'mask-wrong-pin' })
    // Nobody else is kept out by one stranger, but by many.
    expect(answer('13700000002', pin)).toMatchObject({ answer: 'route' })
    expect((await bindingsOf(order)).items).toMatchObject([{ pinLocked: false }])
    for (const caller of ['', '13700000003', '13700000004']) {
      for (let i = 0; i < 3; i++) answer(caller, wrong)
    }
    expect(answer('13700000002', pin)).toMatchObject({ why: 'mask-wrong-pin' })
    expect((await bindingsOf(order)).items).toMatchObject([{ pinLocked: true }])
    now += HOUR_MS
    expect(answer('13700000001', pin)).toMatchObject({ answer: 'route' })
    for (let i = 0; i < 3; i++) answer('13700000001', wrong)
    const renewed = await as('quay-leader').ask(
      'POST',
      `/api/bindings/${binding.id}/pin`,
      undefined,
      version(binding),
    )
    expect(renewed).toMatchObject({ status: 200, body: { binding: { pinLocked: false } } })
    await service.masking.refresh()
    expect(answer('13700000001', pin)).toMatchObject({ why: 'mask-wrong-pin' })
    expect(answer('13700000001', renewed.body.pin)).toMatchObject({ answer: 'route' })
  })

  test('is kept out by the wrong PINs of before a restart, unless the PIN was renewed since', async () => {
    const own = await dispatched(false, QUAY, '13800000066')
    const bound = (await bindByHand(own, { pin: true })).body
    const { id, short } = bound.binding
    const restarted = async (caller: string) => {
      const parts = { db: database.db, log: pino({ level: 'silent' }), pins: new PinKey(Buffer.alloc(32)) }
      const masking = new MaskCatalogue({
        ...{ ...parts, shows: '12345', accessNumber: null, deniedPrefixes: [], now: () => now },
      })
      await masking.load()
      return masking.arrival(caller, short, now)
    }
    const call = newCall()
    await noted(call, { kind: 'mask-refused', why: 'mask-wrong-pin', binding: id, order: own })
    await database.db
      .updateTable('binding_calls')
      .set({ at: new Date(now - 1) })
      .where('call_id', '=', call)
      .execute()
    expect(await restarted(STRANGER)).toMatchObject({ answer: 'refuse', why: 'mask-wrong-pin' })
    expect(await restarted('13700000006')).toMatchObject({ answer: 'ask', key: 'pin' })
    await as('quay-leader').ask('POST', `/api/bindings/${id}/pin`, undefined, version(bound.binding))
    expect(await restarted(STRANGER)).toMatchObject({ answer: 'ask', key: 'pin' })
  })

  test('uses nothing up when it is put through to nobody: who is engaged may be tried often', async () => {
    while (arrival(OTHER)?.answer === 'route');
    await service.masking.refresh()
    expect(arrival(OTHER)).toMatchObject({ why: 'mask-too-many' })
    now += 6_000
    await service.masking.refresh()
    expect(arrival(OTHER)).toMatchObject({ answer: 'route' })
  })

  test('is one of so many a day, and the next day begins anew', () => {
    while (arrival(OTHER)?.answer === 'route');
    expect(arrival(OTHER)).toMatchObject({ why: 'mask-too-many' })
    now += 12 * HOUR_MS
    expect(arrival(OTHER)).toMatchObject({ answer: 'route' })
  })

  test('is offered to nobody whose telephone two open cases share: it may be another’s case', async () => {
    const HOUSEHOLD = '13600000088'
    const first = await dispatched(false, QUAY, HOUSEHOLD)
    const { body } = await bindByHand(first)
    await service.masking.load()
    expect(service.masking.offer(HOUSEHOLD, now)).toMatchObject({ order: first })
    const second = await dispatched(false, QUAY, HOUSEHOLD)
    await bindByHand(second)
    await service.masking.load()
    expect(service.masking.offer(HOUSEHOLD, now)).toBeNull()
    const end = { reason: '已联系' }
    await as('quay-leader').ask('POST', `/api/bindings/${body.binding.id}/end`, end, version(body.binding))
    await service.masking.load()
    expect(service.masking.offer(HOUSEHOLD, now)).toMatchObject({ order: second })
  })

  test('is offered to a citizen who calls the hotline, while the unit has somebody at hand', async () => {
    expect(service.masking.offer(`0${OTHER}`, now)).toMatchObject({
      binding: binding.id,
      number: '089812500001',
    })
    expect(service.masking.offer('13700000001', now)).toBeNull()
    await database.db.updateTable('units').set({ phones: [] }).where('id', '=', QUAY).execute()
    await service.masking.load()
    expect(service.masking.offer(OTHER, now)).toBeNull()
    expect(arrival(OTHER)).toMatchObject({ why: 'mask-nobody' })
    await database.db
      .updateTable('units')
      .set({ phones: ['0898-12500001'] })
      .where('id', '=', QUAY)
      .execute()
    await service.masking.load()
  })

  test('reaches the contact who is on duty before the unit’s own telephone', async () => {
    const day = { days: [1, 2, 3, 4, 5, 6, 7], from: '08:00', to: '20:00' }
    await database.db
      .insertInto('unit_contacts')
      .values({
        ...{ id: randomUUID(), unit_id: QUAY, position: 0, duty: 'liaison', name: '联络员', field: null },
        ...{ phone: '139 0000 0001', staff_id: null, hours: JSON.stringify([day]) },
      })
      .execute()
    await service.masking.load()
    now = cityInstant('2026-12-08', '09:00')
    await database.db
      .updateTable('bindings')
      .set({ valid_until: null, rests_until: null })
      .where('id', '=', binding.id)
      .execute()
    await service.masking.load()
    expect(arrival(OTHER)).toMatchObject({ route: { number: '13900000001' } })
    now = cityInstant('2026-12-08', '21:00')
    expect(arrival(OTHER)).toMatchObject({ route: { number: '089812500001' } })
  })
})

test('nobody is put through to a number that costs money, whoever showed it when they called', async () => {
  const order = await dispatched(false, QUAY, '16812345')
  const { body } = await bindByHand(order)
  await service.masking.load()
  expect(service.masking.arrival('089812500001', body.binding.short, now)).toMatchObject({
    answer: 'refuse',
    why: 'mask-direction',
  })
  const asked = await as('quay').ask('POST', `/api/bindings/${body.binding.id}/call`, {
    phone: '0898-12500001',
  })
  expect(asked).toMatchObject({ body: { code: 'number-not-allowed' } })
})

describe('联系市民', () => {
  test('calls the handler’s own telephone first, for whoever acts for the unit', async () => {
    const order = await dispatched(false, QUAY, '13800000088')
    const { body } = await bindByHand(order, { mostCallsADay: 1 })
    const { id } = body.binding
    const call = (login: string, phone: string, headers = {}) =>
      as(login).ask('POST', `/api/bindings/${id}/call`, { phone }, headers)
    expect(await call('dispatcher', '0898-12500001')).toMatchObject({ status: 403 })
    expect(await call('water', '0898-12500001')).toMatchObject({ status: 404 })
    expect(await call('quay', '13800000088')).toMatchObject({
      status: 409,
      body: { code: 'mask-not-registered' },
    })
    const key = { 'idempotency-key': randomUUID() }
    const begun = await call('quay', '0898-12500001', key)
    expect(begun).toMatchObject({ status: 202 })
    const running = service.engine.call(begun.body.call)
    expect(running).toMatchObject({
      direction: 'masked',
      mask: { binding: id, order, from: 'unit', number: '13800000088', shows: '12345', staff: handler },
    })
    expect((await call('quay', '0898-12500001', key)).body).toEqual(begun.body)
    expect(await call('quay', '0898-12500001')).toMatchObject({ body: { code: 'mask-busy' } })
    expect((await bindingsOf(order, 'quay')).items).toMatchObject([{ inCall: true }])
    const list = async (login: string) => (await as(login).ask('GET', `/api/bindings/${id}/calls`)).body.items
    await until(async () => (await list('quay')).length > 0)
    expect(await list('quay')).toMatchObject([
      { call: begun.body.call, from: 'unit', by: '姓名quay', recording: 'none', mayHear: true },
    ])
    expect(await list('quay-leader')).toMatchObject([{ mayHear: false }])
    expect(await list('quality')).toMatchObject([{ mayHear: true }])
    // There is none yet: whoever may not hear it is not told so.
    const hear = async (login: string) =>
      (await as(login).ask('GET', `/api/calls/${begun.body.call}/recording`)).body.code
    expect(await hear('quay')).toBe('recording-not-ready')
    expect(await hear('quality')).toBe('recording-not-ready')
    expect(await hear('quay-leader')).toBe('not-allowed')
    expect((await trailOf(database.db, order)).at(-1)).toBe('mask-call')
  })
})

describe('what became of a call', () => {
  beforeAll(async () => {
    const { body } = await as('admin').ask('GET', '/api/number-pools')
    const { id, version } = body.items[0]
    const more = { ...POOL, last: '95999' }
    const saved = await as('admin').ask('PUT', `/api/number-pools/${id}`, more, {
      'if-match': `"${version}"`,
    })
    expect(saved).toMatchObject({ status: 200, body: { total: 1_000, state: 'ok' } })
  })
  const routed = (binding: { id: BindingId; short: string }, order: WorkOrderId): CallNote => ({
    ...{ kind: 'mask-routed', binding: binding.id, order, short: asId(binding.short) },
    ...{ from: 'citizen', staff: null },
  })
  const contacts = async (order: WorkOrderId) =>
    (await trailOf(database.db, order)).filter(name => name === 'contact').length

  test('a talk is on the timeline and is the unit’s first contact, once', async () => {
    const order = await dispatched(true)
    await act(database.db, order, handler, { do: 'sign', unit: QUAY }, now)
    const [binding] = (await bindingsOf(order)).items
    const call = newCall()
    await noted(call, routed(binding, order), { kind: 'mask-connected' })
    await noted(call, routed(binding, order), { kind: 'mask-connected' })
    await closed(call, 42_000)
    expect(await contacts(order)).toBe(1)
    // Of one moment, they would come in any order.
    now += 1_000
    const next = newCall()
    await noted(next, routed(binding, order), { kind: 'mask-connected' })
    expect(await contacts(order)).toBe(1)
    const { body } = await as('dispatcher').ask('GET', `/api/work-orders/${order}/timeline`)
    const calls = body.filter((one: { kind: string }) => one.kind === 'call')
    expect(calls).toMatchObject([
      { what: 'masked', call, detail: { unit: 'quay', from: 'citizen' } },
      { what: 'masked', call: next },
      { what: 'masked-talked', call, detail: { talkMs: 42_000 } },
    ])
    expect((await bindingsOf(order)).items).toMatchObject([{ callsToday: 2 }])
    expect(JSON.stringify(body)).not.toContain(CITIZEN)
  })

  test('one of the day stays one of the day for whoever ends the binding and binds again', async () => {
    const caller = '13800000077'
    const order = await dispatched(false, QUAY, caller)
    const once = { mostCallsADay: 1 }
    const first = (await bindByHand(order, once)).body.binding
    const dial = (short: string) => service.masking.arrival(caller, short, now)
    expect(dial(first.short)).toMatchObject({ answer: 'route' })
    const anew = async (before: { id: string; version: number }) => {
      const ended = await as('dispatcher').ask(
        'POST',
        `/api/bindings/${before.id}/end`,
        { reason: '重来' },
        version(before),
      )
      expect(ended.status, JSON.stringify(ended.body)).toBe(200)
      return (await bindByHand(order, once)).body.binding
    }
    const second = await anew(first)
    expect(second.id).not.toBe(first.id)
    expect(dial(second.short), 'before it is written').toMatchObject({ why: 'mask-too-many' })
    await noted(newCall(), routed(first, order))
    now += 6_000
    await service.masking.refresh()
    const third = await anew(second)
    expect(third.callsToday).toBe(1)
    expect(dial(third.short), 'once it is written').toMatchObject({ why: 'mask-too-many' })
    const asked = await as('quay').ask('POST', `/api/bindings/${third.id}/call`, { phone: '0898-12500001' })
    expect(asked.body.code).toBe('mask-too-many')
    const others = (await bindByHand(await dispatched(false, QUAY, '13800000078'), once)).body.binding
    expect(others.callsToday).toBe(0)
  })

  test('one that nobody took, that was given up or refused says so, and counts as no contact', async () => {
    const order = await dispatched(true)
    const [binding] = (await bindingsOf(order)).items
    const results = async () =>
      (await as('dispatcher').ask('GET', `/api/bindings/${binding.id}/calls`)).body.items.map(
        (one: { result: string; reason: string | null; talkMs: number | null }) => [
          one.result,
          one.reason,
          one.talkMs,
        ],
      )
    const missed = newCall()
    await noted(missed, routed(binding, order), {
      kind: 'mask-not-reached',
      side: 'unit',
      cause: 'no-answer',
    })
    await closed(missed, null)
    now += 1_000
    const left = newCall()
    await noted(left, routed(binding, order))
    await closed(left, null)
    now += 1_000
    const refused = newCall()
    await noted(refused, { kind: 'mask-refused', why: 'mask-direction', binding: binding.id, order })
    await closed(refused, null)
    expect(await results()).toEqual([
      ['refused', 'mask-direction', null],
      ['gave-up', null, null],
      ['not-reached', 'unit-not-reached', null],
    ])
    expect(await contacts(order)).toBe(0)
  })

  test('an order that takes no contact any more loses no fact by it', async () => {
    const order = await dispatched(true)
    const [binding] = (await bindingsOf(order)).items
    await act(database.db, order, dispatcher, { do: 'recall', reason: '派错' }, now)
    const call = newCall()
    await noted(call, routed(binding, order), { kind: 'mask-connected' })
    await closed(call, 5_000)
    expect(facts.refused).toBe(0)
    expect(await contacts(order)).toBe(0)
    const row = await database.db
      .selectFrom('binding_calls')
      .selectAll()
      .where('call_id', '=', call)
      .executeTakeFirst()
    expect(row).toMatchObject({ result: 'talked', talk_ms: 5_000 })
  })
})
