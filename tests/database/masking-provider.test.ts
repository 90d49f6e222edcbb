import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase } from '#database/connection.ts'
import { Jobs } from '#database/jobs.ts'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '#kernel/time.ts'
import { AliyunPrivacy } from '../../src/adapters/aliyun-privacy/aliyun-privacy.ts'
import { AliyunEvents } from '../../src/adapters/aliyun-privacy/events.ts'
import {
  changeBinding,
  endBinding,
  readBinding,
  wantBinding,
} from '../../src/casework/masking/carrier-bindings.ts'
import { compareWithCarrier } from '../../src/casework/masking/carrier-check.ts'
import { sweepCarrierEvents } from '../../src/casework/masking/carrier-inbox.ts'
import { carrierEventRoutes } from '../../src/casework/masking/carrier-routes.ts'
import { dueBindings, keepNumbers } from '../../src/casework/masking/carrier-store.ts'
import { CARRIER_QUEUE, takeStep, workOnCarrier } from '../../src/casework/masking/carrier-work.ts'
import type { Subscription } from '../../src/casework/masking/provider.ts'
import { asId, type BindingId } from '../../src/kernel/ids.ts'
import { Carrier, type CarrierSubscription, push, reportsOf } from '../support/carrier.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { type Service, startService } from '../support/service.ts'
import { until } from '../support/until.ts'

const CITIZEN = '13907551234'
const UNIT = '089866668888'
const OTHER_UNIT = '18689990000'
/** Of both forms. */
const POOL = [
  '700100000000001',
  '700100000000002',
  '17000000003',
  '17000000004',
  '17000000005',
  '17000000006',
]
const REST_MS = HOUR_MS
const TOKEN = 'only the carrier knows this'
/** Short, so that a carrier that never answers is waited for no longer. */
const ANSWER_MS = 400

let database: TestDatabase
let service: Service
let carrier: Carrier
let provider: AliyunPrivacy
let logged = ''
const sink = {
  write(line: string) {
    logged += line
  },
}
const log = pino({ level: 'debug' }, sink)
/** The service's clock runs ahead; the carrier's with it. */
let ahead = 0
const clock = { now: () => Date.now() + ahead }
let caused: string[] = []
let causeFails = false

beforeAll(async () => {
  database = await freshDatabase()
  const { db } = database
  const inbox = {
    db,
    log,
    async caused(_trx: unknown, event: { readonly id: string }) {
      if (causeFails) throw new Error('what it causes cannot be written')
      caused.push(event.id)
    },
  }
  const reader = new AliyunEvents(TOKEN, 'FC1234567')
  service = await startService(db, { rooms: [carrierEventRoutes({ ...inbox, reader })], log: sink })
})
afterAll(async () => {
  await service.close()
  await database.close()
})
beforeEach(async () => {
  ahead = 0
  caused = []
  causeFails = false
  logged = ''
  const { db } = database
  for (const table of ['carrier_calls', 'carrier_events', 'carrier_numbers', 'carrier_bindings'] as const)
    await db.deleteFrom(table).execute()
  carrier = new Carrier(POOL)
  await carrier.start()
  provider = providerWith(carrier.accessKeySecret)
  await keepNumbers(db, 'aliyun', POOL)
})
afterEach(async () => {
  await provider.close()
  await carrier.stop()
  for (const digits of [CITIZEN, UNIT, OTHER_UNIT, carrier.accessKeySecret, TOKEN])
    expect(logged).not.toContain(digits)
})

function providerWith(accessKeySecret: string): AliyunPrivacy {
  const { endpoint, accessKeyId, poolKey } = carrier
  return new AliyunPrivacy({ endpoint, accessKeyId, accessKeySecret, poolKey }, clock.now, ANSWER_MS)
}

const deps = () => ({ db: database.db, provider, clock, restMs: REST_MS, log })
const write = <T>(change: Parameters<ReturnType<typeof database.db.transaction>['execute']>[0]) =>
  database.db.transaction().execute(change) as Promise<T>

const SUBSCRIPTION = { citizen: CITIZEN, unit: UNIT, direction: 'both', records: true } as const

async function want(form: Partial<Subscription> = {}): Promise<BindingId> {
  const key = form.key ?? asId<BindingId>(randomUUID())
  const wanted = { ...SUBSCRIPTION, key, expiresAt: clock.now() + 2 * HOUR_MS, ...form }
  await write(trx => wantBinding(trx, 'aliyun', wanted))
  return key
}

const rowOf = (key: BindingId) =>
  database.db.selectFrom('carrier_bindings').selectAll().where('key', '=', key).executeTakeFirstOrThrow()

/** Does what is due now, and what that makes due at once; what waits stays. */
async function step(): Promise<void> {
  for (;;) {
    const due = await dueBindings(database.db, 'aliyun', new Date(clock.now()))
    if (due.length === 0) return
    for (const key of due) await takeStep(deps(), { key })
  }
}

/** As long as somebody waits for the carrier, the clocks run on to the next attempt. @returns how long that was, ms */
async function untilSettled(key: BindingId, settled: (state: string) => boolean): Promise<number> {
  const begun = clock.now()
  for (;;) {
    await step()
    const { state, next_at } = await rowOf(key)
    if (settled(state) || next_at === null) return clock.now() - begun
    pass(next_at.getTime() - clock.now())
  }
}

function pass(ms: number): void {
  ahead += Math.max(0, ms)
  carrier.ahead = ahead
}

function only(): CarrierSubscription {
  const [one, ...more] = carrier.living()
  if (one === undefined || more.length > 0) throw new Error(`${more.length + 1} subscriptions live`)
  return one
}

const view = (key: BindingId) => readBinding(database.db, key)

describe('a binding at the carrier', () => {
  test('is made, lengthened, moved to another telephone and ended, each told once', async () => {
    const expiresAt = clock.now() + 2 * HOUR_MS
    const key = await want({ expiresAt, direction: 'to-citizen' })
    expect(await view(key)).toEqual({ state: 'binding', number: null, problem: null })
    await step()
    expect(only()).toMatchObject({
      ...{ citizen: CITIZEN, unit: UNIT, outId: key, records: true, restrict: 'CONTROL_AX_DISABLE' },
      expiresAt: Math.floor(expiresAt / SECOND_MS) * SECOND_MS,
    })
    expect(await view(key)).toEqual({ state: 'bound', number: only().number, problem: null })
    await step()
    expect(carrier.asked).toEqual(['BindAxb'])

    const later = expiresAt + HOUR_MS
    expect(await write(trx => changeBinding(trx, key, { expiresAt: later, unit: OTHER_UNIT }))).toBe(true)
    await step()
    expect(only()).toMatchObject({
      unit: OTHER_UNIT,
      expiresAt: Math.floor(later / SECOND_MS) * SECOND_MS,
    })

    await write(trx => endBinding(trx, key))
    await step()
    expect(carrier.living()).toEqual([])
    expect(carrier.asked).toEqual([
      'BindAxb',
      'UpdateSubscription',
      'UpdateSubscription',
      'UnbindSubscription',
    ])
    // Nobody needs to know any more whose numbers these were.
    expect(await rowOf(key)).toMatchObject({ state: 'gone', citizen: null, unit: null, next_at: null })
    expect(await write(trx => changeBinding(trx, key, { unit: UNIT }))).toBe(false)
  })

  test('asked for twice it is made once; rolled back, never', async () => {
    const key = await want()
    await want({ key, unit: OTHER_UNIT })
    const undone = database.db.transaction().execute(async trx => {
      const wanted = { ...SUBSCRIPTION, key: asId<BindingId>(randomUUID()), expiresAt: clock.now() + HOUR_MS }
      await wantBinding(trx, 'aliyun', wanted)
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    await step()
    expect(carrier.asked).toEqual(['BindAxb'])
    expect(only().unit).toBe(UNIT)
  })

  test('ends by itself when its time is over, here and there', async () => {
    const key = await want({ expiresAt: clock.now() + HOUR_MS })
    await step()
    pass(HOUR_MS)
    await step()
    expect(carrier.living()).toEqual([])
    expect(carrier.asked).toEqual(['BindAxb'])
    expect(await rowOf(key)).toMatchObject({ state: 'gone', problem: null, citizen: null })
  })

  test('two at once have two numbers, and a number rests before it serves somebody else', async () => {
    await keepNumbers(database.db, 'aliyun', POOL.slice(0, 2))
    const [first, second] = [await want(), await want({ citizen: '13800000001' })]
    await step()
    expect(new Set(carrier.living().map(one => one.number)).size).toBe(2)
    const third = await want({ citizen: '13800000002' })
    await step()
    expect(await view(third)).toMatchObject({ state: 'binding', number: null, problem: 'no-number-free' })
    expect(logged).toContain('have run dry')
    const freed = (await view(first))?.number
    await write(trx => endBinding(trx, first))
    const waited = await untilSettled(third, state => state === 'bound')
    expect(waited).toBeGreaterThanOrEqual(REST_MS)
    expect((await view(third))?.number).toBe(freed)
    expect((await view(second))?.state).toBe('bound')
  })

  test('fifty asked for at the same moment never share a number', async () => {
    const numbers = Array.from({ length: 50 }, (_, i) => String(700100000000100 + i))
    await carrier.stop()
    carrier = new Carrier(numbers)
    await carrier.start()
    await provider.close()
    provider = providerWith(carrier.accessKeySecret)
    await keepNumbers(database.db, 'aliyun', numbers)
    // Patient, since fifty share ten connections.
    const { db, close } = openDatabase(database.url, () => {}, { connectMs: 60_000 })
    const keys: BindingId[] = []
    for (const [i] of numbers.entries()) keys.push(await want({ citizen: String(13800000000 + i) }))
    await Promise.all(keys.map(key => takeStep({ ...deps(), db }, { key })))
    await close()
    await step()
    expect(new Set(carrier.living().map(one => one.number)).size).toBe(50)
    expect(carrier.times('BindAxb')).toBe(50)
  })
})

describe('an answer that is lost', () => {
  test.each(['lost', 'silent', 'broken'] as const)('(%s) binds once: it is looked up first', async how => {
    carrier.trouble('BindAxb', how)
    const key = await want()
    await step()
    expect(carrier.living()).toHaveLength(1)
    expect(await view(key)).toMatchObject({ state: 'binding', number: null })
    expect(await rowOf(key)).toMatchObject({ unsure: true, attempts: 1 })
    await untilSettled(key, state => state === 'bound')
    expect(carrier.asked).toEqual(['BindAxb', 'QuerySubsId', 'QuerySubscriptionDetail'])
    expect(await view(key)).toEqual({ state: 'bound', number: only().number, problem: null })
  })

  test('of a request that never was performed is bound after all, with the same number', async () => {
    carrier.trouble('BindAxb', 'failed')
    const key = await want()
    await step()
    const { number } = await rowOf(key)
    await untilSettled(key, state => state === 'bound')
    expect(carrier.asked).toEqual(['BindAxb', 'QuerySubsId', 'BindAxb'])
    expect(only().number).toBe(number)
  })

  test('of one that is performed after it was looked up is met again by its number', async () => {
    const key = await want()
    carrier.trouble('BindAxb', 'failed')
    await step()
    const { number } = await rowOf(key)
    // Between the look and the second attempt the first arrives.
    await provider.bind({ ...SUBSCRIPTION, key, number, expiresAt: clock.now() + 2 * HOUR_MS })
    await database.db.updateTable('carrier_bindings').set({ unsure: false }).execute()
    await untilSettled(key, state => state === 'bound')
    expect(carrier.subscriptions).toHaveLength(1)
    expect(await rowOf(key)).toMatchObject({ subs_id: only().id, state: 'bound' })
  })

  test('to a process that was killed is looked up by the next one', async () => {
    const key = await want()
    const dies = {
      ...deps(),
      provider: Object.assign(Object.create(provider), {
        bind: async (wanted: Subscription) => {
          await provider.bind(wanted)
          throw new Error('killed')
        },
      }),
    }
    await expect(takeStep(dies, { key })).rejects.toThrow('killed')
    await step()
    expect(carrier.asked).toEqual(['BindAxb'])
    pass(2 * MINUTE_MS)
    await step()
    expect(carrier.times('BindAxb')).toBe(1)
    expect(await view(key)).toMatchObject({ state: 'bound', number: only().number })
  })

  test('while it is ended meanwhile leaves nothing behind', async () => {
    carrier.trouble('BindAxb', 'lost')
    const key = await want()
    await step()
    await write(trx => endBinding(trx, key))
    await untilSettled(key, state => state === 'gone')
    expect(carrier.subscriptions).toHaveLength(1)
    expect(carrier.living()).toEqual([])
  })

  test('to ending, or to a change, is no harm', async () => {
    const key = await want()
    await step()
    carrier.trouble('UpdateSubscription', 'silent')
    await write(trx => changeBinding(trx, key, { unit: OTHER_UNIT }))
    await step()
    expect(await rowOf(key)).toMatchObject({ unsure: true, state: 'bound' })
    pass(MINUTE_MS)
    await step()
    expect(await rowOf(key)).toMatchObject({ unsure: false, told_unit: OTHER_UNIT, problem: null })
    expect(carrier.times('UpdateSubscription')).toBe(1)
    carrier.trouble('UnbindSubscription', 'lost')
    await write(trx => endBinding(trx, key))
    await untilSettled(key, state => state === 'gone')
    expect(carrier.times('UnbindSubscription')).toBe(1)
    expect(carrier.living()).toEqual([])
  })
})

describe('a carrier that', () => {
  test('is busy is asked again, each time later', async () => {
    carrier.trouble('BindAxb', 'throttle', 'flow', 'throttle', 'isp.VENDOR_UNAVAILABLE')
    const key = await want()
    const waits: number[] = []
    for (let asked = 0; asked < 4; asked++) {
      await step()
      const { next_at, unsure } = await rowOf(key)
      expect(unsure).toBe(false)
      waits.push((next_at?.getTime() ?? 0) - clock.now())
      pass(waits.at(-1) ?? 0)
    }
    await step()
    expect(await view(key)).toMatchObject({ state: 'bound', problem: null })
    expect(carrier.times('BindAxb')).toBe(5)
    expect(carrier.asked).toHaveLength(5)
    for (const [i, least] of [1, 9, 29, 119].entries()) expect(waits[i]).toBeGreaterThan(least * SECOND_MS)
  })

  test('is not there binds nothing, and everything as soon as it is back', async () => {
    const { endpoint } = carrier
    await carrier.stop()
    const key = await want()
    await step()
    expect(await view(key)).toMatchObject({ state: 'binding', problem: 'ECONNREFUSED' })
    const port = Number(new URL(endpoint).port)
    await carrier.start(port)
    await untilSettled(key, state => state === 'bound')
    expect(carrier.living()).toHaveLength(1)
  })

  test('does not know our key is not asked by the second, and the binding is not lost', async () => {
    await provider.close()
    provider = providerWith('a secret of yesterday')
    const key = await want()
    await step()
    const { next_at } = await rowOf(key)
    expect(next_at?.getTime()).toBeGreaterThan(clock.now() + 4 * MINUTE_MS)
    expect(await view(key)).toMatchObject({ state: 'binding', problem: 'SignatureDoesNotMatch' })
    await provider.close()
    provider = providerWith(carrier.accessKeySecret)
    await untilSettled(key, state => state === 'bound')
  })

  test('refuses a number for good is not asked again', async () => {
    const key = await want({ citizen: '110' })
    await step()
    expect(await rowOf(key)).toMatchObject({
      ...{ state: 'failed', problem: 'isv.MOBILE_NUMBER_ILLEGAL', citizen: null, next_at: null },
    })
    pass(HOUR_MS)
    await step()
    expect(carrier.asked).toEqual(['BindAxb'])
    // The number is nobody's, and rests.
    const held = await database.db
      .selectFrom('carrier_numbers')
      .selectAll()
      .where('held_by', 'is not', null)
      .execute()
    expect(held).toEqual([])
  })

  test('has a number in use elsewhere gives another one', async () => {
    const [taken = ''] = POOL
    await provider.bind({
      ...{ key: asId<BindingId>(randomUUID()), number: [...POOL].sort()[0] ?? taken, citizen: '13811112222' },
      ...{ unit: UNIT, direction: 'both', expiresAt: clock.now() + HOUR_MS, records: false },
    })
    const key = await want()
    await untilSettled(key, state => state === 'bound')
    expect(carrier.living()).toHaveLength(2)
    expect(new Set(carrier.living().map(one => one.number)).size).toBe(2)
  })

  test('has lost what is to be ended says so, which is success', async () => {
    const key = await want()
    await step()
    only().bound = false
    await write(trx => endBinding(trx, key))
    await untilSettled(key, state => state === 'gone')
    expect(await rowOf(key)).toMatchObject({ state: 'gone', problem: null })
  })
})

describe('comparing with the carrier', () => {
  test('finds what it forgot, what it has otherwise, and what is nobody’s', async () => {
    const [forgotten, changed, fine] = [
      await want(),
      await want({ citizen: '13800000001' }),
      await want({ citizen: '13800000002' }),
    ]
    await step()
    for (const one of carrier.living()) {
      if (one.outId === forgotten) one.bound = false
      if (one.outId === changed) one.expiresAt += HOUR_MS
    }
    const numbers = new Set(carrier.living().map(one => one.number))
    const free = POOL.find(number => !numbers.has(number)) ?? ''
    // Made by hand at the carrier's console, say.
    await provider.bind({
      ...{ key: asId<BindingId>(randomUUID()), number: free, citizen: '13811112222', unit: OTHER_UNIT },
      ...{ direction: 'both', expiresAt: clock.now() + 2 * HOUR_MS, records: false },
    })
    const binds = carrier.times('BindAxb')
    pass(HOUR_MS)
    await compareWithCarrier(deps())
    expect(await view(forgotten)).toMatchObject({ state: 'binding', number: null, problem: 'forgotten' })
    await step()
    expect(carrier.times('BindAxb')).toBe(binds + 1)
    expect(
      carrier
        .living()
        .map(one => one.outId)
        .sort(),
    ).toEqual([forgotten, changed, fine].sort())
    for (const key of [forgotten, changed, fine]) {
      const { valid_until } = await rowOf(key)
      expect(carrier.living().find(one => one.outId === key)?.expiresAt).toBe(valid_until.getTime())
      expect(await view(key)).toMatchObject({ state: 'bound', problem: null })
    }
    // Not again before an hour has passed.
    const asked = carrier.asked.length
    await compareWithCarrier(deps())
    expect(carrier.asked).toHaveLength(asked)
  })

  test('leaves alone what is being asked for just now', async () => {
    carrier.trouble('BindAxb', 'lost')
    const key = await want()
    await step()
    pass(HOUR_MS)
    await database.db
      .updateTable('carrier_numbers')
      .set({ checked_at: new Date(0) })
      .execute()
    await compareWithCarrier(deps())
    expect(carrier.times('UnbindSubscription')).toBe(0)
    await step()
    expect(await view(key)).toMatchObject({ state: 'bound', number: only().number })
  })

  test('concludes nothing from a carrier that is not well', async () => {
    const key = await want()
    await step()
    carrier.trouble('QuerySubsId', 'throttle')
    pass(HOUR_MS)
    await compareWithCarrier(deps())
    expect(await view(key)).toMatchObject({ state: 'bound' })
  })
})

describe('what the carrier tells of calls', () => {
  const address = (token = TOKEN) =>
    `${service.url}/api/carrier-events/aliyun?token=${encodeURIComponent(token)}`
  const calls = () => database.db.selectFrom('carrier_calls').selectAll().execute()
  const AT = Date.parse('2026-12-01T12:00:00+08:00')

  test('is noted once, however often and in whatever order it comes', async () => {
    const key = await want()
    await step()
    const { call, reports } = reportsOf(carrier, only(), { from: 'citizen', answered: true, at: AT })
    const backwards = [...reports].reverse()
    expect(await push(address(), backwards.slice(0, 2))).toEqual({
      status: 200,
      body: { code: 0, msg: '接收成功' },
    })
    await Promise.all([push(address(), reports), push(address(), backwards), push(address(), reports)])
    expect(caused.toSorted()).toEqual(
      ['answered', 'begun', 'ended', 'recording-ready', 'ringing'].map(kind => `${call}/${kind}`),
    )
    expect(await calls()).toEqual([
      {
        ...{ provider: 'aliyun', call_id: call, binding_key: key, from_side: 'citizen', cause: 16 },
        begun_at: new Date(AT),
        ringing_at: new Date(AT + 3_000),
        answered_at: new Date(AT + 9_000),
        ended_at: new Date(AT + 69_000),
        recording_at: expect.any(Date),
      },
    ])
    const events = await database.db.selectFrom('carrier_events').selectAll().execute()
    expect(JSON.stringify(events)).not.toContain(CITIZEN)
  })

  test('of a call that nobody answered, after its binding has gone, is noted as well', async () => {
    const key = await want()
    await step()
    const told = reportsOf(carrier, only(), { from: 'unit', answered: false, at: AT })
    await write(trx => endBinding(trx, key))
    await step()
    expect((await push(address(), told.reports)).status).toBe(200)
    expect(await calls()).toMatchObject([
      { binding_key: key, from_side: 'unit', answered_at: null, ended_at: new Date(AT + 69_000), cause: 19 },
    ])
  })

  test('that cannot be written is not taken for delivered, and comes again as the first', async () => {
    await want()
    await step()
    const { reports } = reportsOf(carrier, only(), { from: 'citizen', answered: true, at: AT })
    causeFails = true
    expect((await push(address(), reports)).status).toBe(500)
    expect(await calls()).toEqual([])
    causeFails = false
    expect((await push(address(), reports)).status).toBe(200)
    expect(caused).toHaveLength(5)
  })

  test('of a binding that is not ours causes nothing and is not asked for again', async () => {
    await want()
    await step()
    const stranger = { ...only(), id: '42', outId: 'another system’s' }
    const { reports } = reportsOf(carrier, stranger, { from: 'citizen', answered: true, at: AT })
    expect((await push(address(), reports)).status).toBe(200)
    expect(await calls()).toEqual([])
    expect(caused).toEqual([])
  })

  test('is taken from nobody else', async () => {
    await want()
    await step()
    const { reports } = reportsOf(carrier, only(), { from: 'citizen', answered: true, at: AT })
    expect(await push(address('guessed'), reports)).toMatchObject({
      status: 403,
      body: { code: 'not-allowed' },
    })
    const bare = await push(`${service.url}/api/carrier-events/aliyun`, reports)
    expect(bare.status).toBe(403)
    expect((await push(address(), [{ junk: true }])).status).toBe(200)
    expect(
      (await fetch(address(), { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } }))
        .status,
    ).toBe(400)
    expect(await calls()).toEqual([])
  })

  test('is forgotten after months, the calls are not', async () => {
    await want()
    await step()
    const { reports } = reportsOf(carrier, only(), { from: 'citizen', answered: true, at: AT })
    await push(address(), reports)
    await sweepCarrierEvents(database.db, Date.now() + 91 * 24 * HOUR_MS)
    expect(await database.db.selectFrom('carrier_events').selectAll().execute()).toEqual([])
    expect(await calls()).toHaveLength(1)
  })
})

test('the service tells the carrier by itself, by jobs', async () => {
  const jobs = new Jobs(database.url, error => log.warn({ err: error }, 'jobs have trouble'))
  await jobs.start([CARRIER_QUEUE])
  const stop = workOnCarrier(deps(), jobs, 20)
  try {
    const key = await want()
    await until(async () => (await view(key))?.state === 'bound')
    await write(trx => endBinding(trx, key))
    await until(async () => (await view(key))?.state === 'gone')
    expect(carrier.asked).toEqual(['BindAxb', 'UnbindSubscription'])
  } finally {
    stop()
    await jobs.stop()
  }
})
