import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Jobs } from '#database/jobs.ts'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '#kernel/time.ts'
import { AliyunPrivacy } from '../../src/adapters/aliyun-privacy/aliyun-privacy.ts'
import { AliyunEvents } from '../../src/adapters/aliyun-privacy/events.ts'
import { countCarrierContact } from '../../src/casework/masking/carrier-contact.ts'
import { followBindings } from '../../src/casework/masking/carrier-follow.ts'
import { receiveEvents } from '../../src/casework/masking/carrier-inbox.ts'
import { keepCarrier, watchCarrier } from '../../src/casework/masking/carrier-mode.ts'
import { dueBindings, keepNumbers } from '../../src/casework/masking/carrier-store.ts'
import { CARRIER_QUEUE, takeStep } from '../../src/casework/masking/carrier-work.ts'
import { PbxProvider } from '../../src/casework/masking/pbx-provider.ts'
import { fillPool, writePool } from '../../src/casework/masking/pools.ts'
import type { NumberMaskingProvider } from '../../src/casework/masking/provider.ts'
import { type BindingRow, bindingsOf, insertBinding, setLease } from '../../src/casework/masking/store.ts'
import { readConfig } from '../../src/config.ts'
import { asId, type StaffId, type UnitId } from '../../src/kernel/ids.ts'
import { openMaskCarrier } from '../../src/server/mask-carrier.ts'
import { Carrier, reportsOf } from '../support/carrier.ts'
import { act, draftOrder, smallCatalogue, trailOf } from '../support/cases.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { holder, sixUnits } from '../support/roles.ts'
import { Browser, type Service, startService } from '../support/service.ts'
import { until } from '../support/until.ts'

const CITIZEN = '13907551234'
const UNIT = asId<UnitId>('east')
const PHONE = '089866668888'
const OTHER_PHONE = '18689990000'
const X = ['700100000000001', '700100000000002', '700100000000003']
const log = pino({ level: 'silent' })

let database: TestDatabase
let desk: StaffId
let carrier: Carrier
let aliyun: AliyunPrivacy
let ahead = 0
const clock = { now: () => Date.now() + ahead }

beforeAll(async () => {
  database = await freshDatabase()
  const { db } = database
  await sixUnits(db)
  await smallCatalogue(db)
  desk = await holder(db, 'desk', [{ role: 'dispatcher', unit: null }])
  const form = { name: '秘密工单', use: 'secret', first: '6001', last: '6050' } as const
  const pool = { ...form, restHours: 1, lowAt: 2, active: true }
  await db.transaction().execute(async trx => {
    const id = randomUUID()
    await writePool(trx, id, pool, 1)
    await fillPool(trx, id, pool, Date.now())
  })
  carrier = new Carrier(X)
  await carrier.start()
  const { endpoint, accessKeyId, accessKeySecret, poolKey } = carrier
  aliyun = new AliyunPrivacy({ endpoint, accessKeyId, accessKeySecret, poolKey }, clock.now)
  await keepNumbers(db, aliyun.name, X)
})
afterAll(async () => {
  await aliyun.close()
  await carrier.stop()
  await database.close()
})
beforeEach(async () => {
  pass(0)
  await database.db
    .updateTable('units')
    .set({ phones: [PHONE] })
    .where('id', '=', UNIT)
    .execute()
})

function pass(ms: number): void {
  ahead += ms
  carrier.ahead = ahead
}

/** An order that the unit has, and a binding of the two. */
async function bind(end: number | null = clock.now() + 2 * HOUR_MS): Promise<BindingRow> {
  const { db } = database
  const [at, from] = [Date.now() - HOUR_MS, clock.now()]
  const order = await draftOrder(db, { by: desk, at, caller: CITIZEN })
  await act(db, order, desk, { do: 'register', type: 'HELP', priority: 'P3', secret: false }, at)
  const to = [{ unit: UNIT, role: 'lead', person: null }] as const
  await act(db, order, desk, { do: 'dispatch', to, reason: '职责' }, at)
  return await db.transaction().execute(trx =>
    insertBinding(trx, {
      ...{ order, unit: UNIT, use: 'secret', direction: 'both', madeBy: null, from, until: end },
      ...{ mostCallsADay: 5, mostTalkMinutes: 10, records: true },
    }),
  )
}

/** Looks at the bindings and does all that follows, as the service does within seconds. */
async function follow(): Promise<void> {
  const deps = { db: database.db, provider: aliyun, clock, restMs: 0, log }
  await followBindings(deps.db, aliyun.name, clock.now())
  for (;;) {
    const due = await dueBindings(deps.db, aliyun.name, new Date(clock.now()))
    if (due.length === 0) return
    for (const key of due) await takeStep(deps, { key })
  }
}
const lease = (row: BindingRow, change: Parameters<typeof setLease>[2]) =>
  database.db.transaction().execute(trx => setLease(trx, row, change))
const theirs = ({ id }: Pick<BindingRow, 'id'>) => carrier.living().find(one => one.outId === id)

describe('every provider keeps the same promises', () => {
  const providers: readonly (readonly [string, () => NumberMaskingProvider])[] = [
    ['this PBX', () => new PbxProvider(database.db, clock.now)],
    ['the carrier', () => aliyun],
  ]
  test.each(providers)('%s', async (_, open) => {
    const provider = open()
    const { id: key } = await bind()
    const end = Math.floor(clock.now() / SECOND_MS) * SECOND_MS + 3 * HOUR_MS
    const named = provider.name === 'pbx' ? null : (X[0] ?? null)
    const parties = { citizen: CITIZEN, unit: PHONE }
    const wanted = { ...parties, key, number: named, direction: 'both', records: true } as const
    const bound = await provider.bind({ ...wanted, expiresAt: end - HOUR_MS })
    if (bound.kind !== 'done') throw new Error(bound.code)
    const { number } = bound.value
    expect(number).toMatch(named === null ? /^60\d\d$/ : /^700\d{12}$/)
    expect(await provider.bind({ ...wanted, number, expiresAt: end - HOUR_MS })).toEqual(bound)

    const done = { kind: 'done', value: undefined }
    expect(await provider.update(bound.value, { expiresAt: end })).toEqual(done)
    const state = { ...bound.value, ...parties, expiresAt: end }
    expect(await provider.query(bound.value)).toEqual({ kind: 'done', value: state })
    expect(await provider.held(number)).toEqual({ kind: 'done', value: [state] })

    expect(await provider.unbind(bound.value)).toEqual(done)
    expect(await provider.unbind(bound.value)).toEqual(done)
    expect(await provider.query(bound.value)).toEqual({ kind: 'done', value: null })
    expect(await provider.held(number)).toEqual({ kind: 'done', value: [] })
    const late = await provider.update(bound.value, { expiresAt: end + HOUR_MS })
    expect(late).toMatchObject({ kind: 'refused', why: 'bad-request' })
  })
})

describe('the carrier follows the bindings', () => {
  const second = (at: number) => Math.floor(at / SECOND_MS) * SECOND_MS

  test('from their beginning to their end, at the telephone that is answered, and once more when they come back', async () => {
    const end = clock.now() + 2 * HOUR_MS
    const row = await bind(end)
    await follow()
    expect(theirs(row)).toMatchObject({ citizen: CITIZEN, unit: PHONE, expiresAt: second(end) })
    const asked = carrier.asked.length
    await follow()
    expect(carrier.asked).toHaveLength(asked)

    const longer = await lease(row, { valid_until: new Date(end + HOUR_MS) })
    await follow()
    expect(theirs(row)?.expiresAt).toBe(second(end + HOUR_MS))

    await database.db
      .updateTable('units')
      .set({ phones: [OTHER_PHONE] })
      .where('id', '=', UNIT)
      .execute()
    await follow()
    expect(theirs(row)?.unit).toBe(OTHER_PHONE)

    const ended = await lease(longer, { ended_at: new Date(clock.now()), end_reason: 'unit-out' })
    await follow()
    expect(theirs(row)).toBeUndefined()
    await follow()
    expect(theirs(row)).toBeUndefined()

    await lease(ended, { ended_at: null, end_reason: null })
    await follow()
    expect(theirs(row)).toMatchObject({ citizen: CITIZEN, unit: OTHER_PHONE })
    await lease(ended, { ended_at: new Date(clock.now()), end_reason: 'unit-out' })
    await follow()
  })

  test('that last as long as their order, whose end is put off before it comes', async () => {
    const row = await bind(null)
    await follow()
    const first = theirs(row)?.expiresAt ?? 0
    expect(first).toBeGreaterThan(clock.now() + 29 * 24 * HOUR_MS)
    pass(20 * 24 * HOUR_MS)
    await follow()
    expect(theirs(row)?.expiresAt).toBeGreaterThan(first + 19 * 24 * HOUR_MS)
    await lease(row, { ended_at: new Date(clock.now()), end_reason: 'order-over' })
    await follow()
    expect(carrier.living()).toEqual([])
  })

  test('and their first talk is the order’s first contact, however often it is told', async () => {
    const row = await bind()
    await follow()
    const subscription = theirs(row)
    if (subscription === undefined) throw new Error('not bound')
    const at = Math.floor(Date.now() / SECOND_MS) * SECOND_MS
    const reader = new AliyunEvents('a token of the test', carrier.poolKey)
    const inbox = { db: database.db, log, caused: countCarrierContact }
    const unanswered = reportsOf(carrier, subscription, { from: 'unit', answered: false, at })
    await receiveEvents(inbox, 'aliyun', reader.read(unanswered.reports))
    expect(await trailOf(database.db, row.order_id)).not.toContain('contact')

    const { reports } = reportsOf(carrier, subscription, { from: 'unit', answered: true, at })
    for (const message of [reports.toReversed(), reports, reports.slice(1)])
      await receiveEvents(inbox, 'aliyun', reader.read(message))
    const trail = await trailOf(database.db, row.order_id)
    expect(trail.filter(one => one === 'contact')).toHaveLength(1)
    const part = await database.db
      .selectFrom('order_assignments')
      .select('contacted_at')
      .where('order_id', '=', row.order_id)
      .executeTakeFirstOrThrow()
    expect(part.contacted_at?.getTime()).toBe(at + 9_000)
    const written = JSON.stringify(await database.db.selectFrom('order_trail').selectAll().execute())
    expect(written).not.toContain(CITIZEN)
  })
})

describe('a city that masks with a carrier', () => {
  let service: Service
  let handler: Browser
  const pools = (active: boolean) => database.db.updateTable('number_pools').set({ active }).execute()
  beforeAll(async () => {
    await holder(database.db, 'admin', [{ role: 'admin', unit: null }], 'admin')
    await holder(database.db, 'handler', [{ role: 'unit-handler', unit: UNIT }])
    service = await startService(database.db, { now: clock.now })
    handler = await Browser.signIn(service, 'handler')
    await endAll()
    await keepCarrier(database.db, { provider: aliyun.name, lowAt: 2 })
  })
  afterAll(async () => {
    await service.close()
    await keepCarrier(database.db, null)
  })

  /** As whoever handles orders for the unit is shown it. */
  async function seen({ id, order_id }: Pick<BindingRow, 'id' | 'order_id'>) {
    const { body } = await handler.ask('GET', `/api/work-orders/${order_id}/bindings`)
    return body.items.find((one: { readonly id: string }) => one.id === id)
  }

  async function endAll(): Promise<void> {
    const ended = { ended_at: new Date(clock.now()), end_reason: 'by-hand' } as const
    await database.db.updateTable('bindings').set(ended).where('ended_at', 'is', null).execute()
    await follow()
    expect(carrier.living()).toEqual([])
  }

  async function dispatched(secret: boolean) {
    const at = Date.now()
    const order = await draftOrder(database.db, { by: desk, at, caller: CITIZEN })
    await act(database.db, order, desk, { do: 'register', type: 'HELP', priority: 'P3', secret }, at)
    const to = [{ unit: UNIT, role: 'lead', person: null }] as const
    await act(database.db, order, desk, { do: 'dispatch', to, reason: '职责' }, at)
    return await bindingsOf(database.db, order)
  }

  test('needs no numbers of its own for secret orders', async () => {
    await pools(false)
    try {
      const [row, ...others] = await dispatched(true)
      if (row === undefined) throw new Error('not bound')
      expect([row.short_number, others]).toEqual([null, []])
      await follow()
      expect(theirs(row)).toMatchObject({ citizen: CITIZEN, unit: PHONE })
      expect(await dispatched(false)).toEqual([])
      await keepCarrier(database.db, null)
      expect(await dispatched(true)).toEqual([])
    } finally {
      await pools(true)
      await keepCarrier(database.db, { provider: aliyun.name, lowAt: 2 })
      await endAll()
    }
  })

  test('is told once each time that its numbers run low, and dry', async () => {
    const told = async () => {
      await watchCarrier(database.db, clock.now())
      const rows = await database.db
        .selectFrom('notices')
        .select(['kind', 'detail'])
        .where('kind', 'in', ['number-pool-low', 'number-pool-dry'])
        .orderBy('id')
        .execute()
      return rows.map(({ kind, detail }) => `${kind} ${detail.free}`)
    }
    expect(await told()).toEqual([])
    await bind()
    await follow()
    expect(await told()).toEqual(['number-pool-low 2'])
    await bind()
    await follow()
    expect(await told()).toEqual(['number-pool-low 2'])
    await bind()
    await follow()
    const both = ['number-pool-low 2', 'number-pool-dry 0']
    expect(await told()).toEqual(both)
    expect(await told()).toEqual(both)
    // Well again, and low once more.
    await endAll()
    await keepCarrier(database.db, { provider: aliyun.name, lowAt: 1 })
    expect(await told()).toEqual(both)
    await bind()
    await bind()
    await follow()
    expect(await told()).toEqual([...both, 'number-pool-low 1'])
    await endAll()
    await keepCarrier(database.db, { provider: aliyun.name, lowAt: 2 })
  })

  test('shows what is to be dialled once the carrier has answered, and why not before', async () => {
    const row = await bind()
    expect(await seen(row)).toMatchObject({
      ...{ short: null, state: 'waiting', mayCall: true },
      carrier: { state: 'binding', problem: null },
    })
    carrier.trouble('BindAxb', 'isv.OUT_OF_SERVICE')
    await follow()
    const trouble = { state: 'binding', problem: 'isv.OUT_OF_SERVICE' }
    expect(await seen(row)).toMatchObject({ short: null, state: 'waiting', carrier: trouble })
    pass(6 * MINUTE_MS)
    await follow()
    const { number } = theirs(row) ?? {}
    expect(number).toMatch(/^700/)
    const bound = { state: 'bound', problem: null }
    expect(await seen(row)).toMatchObject({ short: number, state: 'active', carrier: bound })

    const refused = await bind()
    carrier.trouble('BindAxb', 'isv.MOBILE_NUMBER_ILLEGAL')
    await follow()
    const failed = { state: 'failed', problem: 'isv.MOBILE_NUMBER_ILLEGAL' }
    expect(await seen(refused)).toMatchObject({ short: null, state: 'waiting', carrier: failed })

    await keepCarrier(database.db, null)
    expect(await seen(row)).toMatchObject({ short: row.short_number, state: 'active', carrier: null })
    await keepCarrier(database.db, { provider: aliyun.name, lowAt: 2 })
    await endAll()
    expect(await seen(row)).toMatchObject({ short: number, carrier: { state: 'gone', problem: null } })
  })

  test('sees the calls that the carrier told of beside its own, and on the timeline', async () => {
    const row = await bind()
    await follow()
    const subscription = theirs(row)
    if (subscription === undefined) throw new Error('not bound')
    const at = Math.floor(Date.now() / SECOND_MS) * SECOND_MS
    const reader = new AliyunEvents('a token of the test', carrier.poolKey)
    const inbox = { db: database.db, log }
    const missed = reportsOf(carrier, subscription, { from: 'citizen', answered: false, at })
    const talk = reportsOf(carrier, subscription, { from: 'unit', answered: true, at: at + HOUR_MS })
    const calls = async () => (await handler.ask('GET', `/api/bindings/${row.id}/calls`)).body.items
    const told = { recording: 'none', mayHear: false, by: null }
    const begun = { call: talk.call, from: 'unit', talkMs: null, reason: null, ...told }

    await receiveEvents(inbox, 'aliyun', reader.read(talk.reports.slice(0, 2)))
    expect(await calls()).toMatchObject([{ ...begun, result: 'running', stage: 'citizen', keptBy: null }])
    await receiveEvents(inbox, 'aliyun', reader.read(talk.reports.slice(2, 3)))
    expect(await calls()).toMatchObject([{ ...begun, result: 'talked', stage: 'talking' }])
    await receiveEvents(inbox, 'aliyun', reader.read([...missed.reports, ...talk.reports]))
    const over = { result: 'talked', stage: null, talkMs: 60_000, keptBy: 'carrier' }
    const unit = { ...told, result: 'not-reached', reason: 'unit-not-reached', stage: null, talkMs: null }
    expect(await calls()).toEqual([
      { ...begun, ...over, at: new Date(at + HOUR_MS).toISOString() },
      { ...unit, call: missed.call, from: 'citizen', at: new Date(at).toISOString(), keptBy: null },
    ])

    const { body } = await handler.ask('GET', `/api/work-orders/${row.order_id}/timeline`)
    const lines: readonly { kind: string; call: string; what: string }[] = body
    expect(lines.filter(({ kind }) => kind === 'call').map(({ call, what }) => [call, what])).toEqual([
      [missed.call, 'masked'],
      [missed.call, 'masked-not-reached'],
      [talk.call, 'masked'],
      [talk.call, 'masked-talked'],
    ])
    expect(JSON.stringify(body)).not.toContain(CITIZEN)
    await endAll()
  })

  test('is called back by the PBX where that has a number of its own, else told to dial', async () => {
    const call = (id: string) => handler.ask('POST', `/api/bindings/${id}/call`, { phone: PHONE })
    const row = await bind()
    expect(await call(row.id)).toMatchObject({ status: 202 })
    await pools(false)
    try {
      const [without] = await dispatched(true)
      if (without === undefined) throw new Error('not bound')
      await follow()
      expect(await seen(without)).toMatchObject({ short: theirs(without)?.number, mayCall: false })
      expect(await call(without.id)).toMatchObject({ status: 409, body: { code: 'mask-by-carrier' } })
    } finally {
      await pools(true)
      await endAll()
    }
  })
})

test('with the settings of a carrier the service does all of it by itself', async () => {
  const { db, url } = database
  const jobs = new Jobs(url, error => log.warn({ err: error }, 'jobs have trouble'))
  await jobs.start([CARRIER_QUEUE])
  const { maskCarrier: settings } = readConfig({
    HOTLINE_MASK_PROVIDER: 'aliyun',
    HOTLINE_MASK_ENDPOINT: carrier.endpoint,
    HOTLINE_MASK_ACCESS_KEY_ID: carrier.accessKeyId,
    HOTLINE_MASK_ACCESS_KEY_SECRET: carrier.accessKeySecret,
    HOTLINE_MASK_POOL_KEY: carrier.poolKey,
    HOTLINE_MASK_NUMBERS: `${X[0]}-${X[2]}`,
    HOTLINE_MASK_REST_HOURS: '0',
    HOTLINE_MASK_CALLBACK_TOKEN: 'a token of the test',
  })
  const opened = await openMaskCarrier(settings, { db, jobs, clock, log })
  try {
    const { id } = await bind()
    await until(() => carrier.living().some(one => one.outId === id))
    expect(opened?.reader.isGenuine('a token of the test')).toBe(true)
    for (const sweep of opened?.sweeps ?? []) await sweep.run()
  } finally {
    await opened?.close()
    await jobs.stop()
  }
  expect(await openMaskCarrier(readConfig({}).maskCarrier, { db, jobs, clock, log })).toBeNull()
})
