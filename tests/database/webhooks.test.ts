import { createHmac, randomUUID } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Jobs } from '#database/jobs.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#kernel/time.ts'
import { deliver } from '../../src/casework/webhooks/deliver.ts'
import {
  networks,
  type OrderEvent,
  queueEvent,
  sweepWebhooks,
  WEBHOOK_QUEUE,
  WebhookPoster,
  webhookRoutes,
  workOnWebhooks,
} from '../../src/casework/webhooks/index.ts'
import type { WorkOrderId } from '../../src/kernel/ids.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { answeredCall, EVENING } from '../support/facts.ts'
import { Browser, oneLine, person, type Service, startService } from '../support/service.ts'
import { until } from '../support/until.ts'

const NUMBER = '13907551234'
const HERE = networks(['127.0.0.0/8'])

interface Got {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

let database: TestDatabase
let service: Service
let admin: Browser
let order: WorkOrderId
let secretOrder: WorkOrderId
let other: Server
let base: string
let jobs: Jobs
const poster = new WebhookPoster(HERE)
let logged = ''
const got: Got[] = []
/** How the other side behaves, by path. */
const manners = new Map<string, (reply: ServerResponse) => void>()
const sink = {
  write(line: string) {
    logged += line
  },
}
const log = pino({ level: 'debug' }, sink)

beforeAll(async () => {
  database = await freshDatabase()
  const { db, url } = database
  await oneLine(db)
  jobs = new Jobs(url, error => log.warn({ err: error }, 'jobs have trouble'))
  await jobs.start([WEBHOOK_QUEUE])
  service = await startService(db, {
    rooms: [webhookRoutes({ db, named: HERE })],
    log: sink,
  })
  const staff = await person(db, 'a8001')
  await person(db, 'admin-1', 'admin')
  admin = await Browser.signIn(service, 'admin-1')
  const calls = [0, 1].map(i => answeredCall(staff, EVENING + i * 60_000, NUMBER))
  calls.flatMap(call => call.events).forEach((facts, i) => void service.facts.accept(i + 1, facts))
  await service.facts.flushed()
  const [first, second] = calls.map(call => call.draft)
  if (first === undefined || second === undefined) throw new Error('no orders')
  order = first
  secretOrder = second
  const wording = {
    title: '海棠路 12 号王小明家门口路灯不亮',
    place: '海棠路 12 号',
    text: `我是王小明 ${NUMBER}`,
  }
  await db.updateTable('work_orders').set(wording).execute()
  await db.updateTable('work_orders').set({ secret: true }).where('id', '=', secretOrder).execute()
  other = createServer((request, reply) => {
    const path = request.url ?? ''
    let body = ''
    request.setEncoding('utf8').on('data', part => {
      body += part
    })
    request.on('end', () => {
      got.push({ path, headers: request.headers, body })
      const behave = manners.get(path) ?? (answer => answer.writeHead(204).end())
      behave(reply)
    })
  })
  await new Promise<void>(listening => other.listen(0, '127.0.0.1', listening))
  const { port } = other.address() as AddressInfo
  base = `http://127.0.0.1:${port}`
})
afterAll(async () => {
  await jobs.stop()
  await poster.close()
  await service.close()
  other.closeAllConnections()
  await new Promise(closed => other.close(closed))
  await database.close()
})
beforeEach(async () => {
  got.length = 0
  await database.db.updateTable('webhooks').set({ active: false }).execute()
})

async function subscribe(path: string, events: readonly string[] = []) {
  const form = { url: `${base}${path}`, events, active: true, note: '' }
  const reply = await admin.ask('POST', '/api/webhooks', form)
  expect(reply.status).toBe(200)
  return { id: String(reply.body.webhook.id), secret: String(reply.body.secret), form }
}

const tell = (event: OrderEvent) => database.db.transaction().execute(trx => queueEvent(trx, event))
const deliveries = async (id: string) => (await admin.ask('GET', `/api/webhooks/${id}/deliveries`)).body
async function eventOf(id: string): Promise<string> {
  const [first] = await deliveries(id)
  return first.event
}

/** Tries as often as it is due, the clock running ahead; at most `times`. @returns for how long that was, ms */
async function attempt(id: string, event: string, times = 1, answerMs = 300): Promise<number> {
  const impatient = new WebhookPoster(HERE, answerMs)
  const started = Date.now()
  let now = started
  for (let i = 0; i < times; i++) {
    const deps = { db: database.db, poster: impatient, clock: { now: () => now }, log }
    await deliver(deps, { event, webhook: id })
    const [one] = await deliveries(id)
    if (one.state !== 'waiting') break
    now = Math.max(now, Date.parse(one.at))
  }
  await impatient.close()
  return now - started
}

/** The service's own way: it looks for what is due, and jobs deliver it. */
async function atWork<T>(until: () => Promise<T>): Promise<T> {
  const stop = workOnWebhooks({ db: database.db, poster, clock: { now: () => Date.now() }, log }, jobs, 20)
  try {
    return await until()
  } finally {
    stop()
  }
}

function verify({ headers, body }: Got, secret: string): void {
  const id = headers['webhook-id']
  const timestamp = headers['webhook-timestamp']
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  expect(headers['webhook-signature']).toBe(`v1,${signature}`)
  expect(Math.abs(Number(timestamp) * 1_000 - Date.now())).toBeLessThan(MINUTE_MS)
}

describe('the whole way', () => {
  test('a change and its message are there together, and the message arrives, signed', async () => {
    const { id, secret } = await subscribe('/all')
    await tell({ type: 'order.closed', order })
    await atWork(() => until(async () => (await deliveries(id))[0]?.state === 'delivered'))
    const [message] = got
    if (message === undefined) throw new Error('nothing came')
    verify(message, secret)
    expect(JSON.parse(message.body)).toMatchObject({
      type: 'order.closed',
      data: { id: order, status: 'draft', protected: false, place: '海棠路 12 号' },
    })
    expect(message.headers['content-type']).toBe('application/json')

    // What is rolled back is told to nobody.
    const undone = database.db.transaction().execute(async trx => {
      await queueEvent(trx, { type: 'order.void', order })
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    await tell({ type: 'order.merged', order })
    await atWork(() => until(() => got.length === 2))
    expect(got.map(({ body }) => JSON.parse(body).type)).toEqual(['order.closed', 'order.merged'])

    // Sent again by hand it is the same message, known by its id.
    const replay = (event: string) => admin.ask('POST', `/api/webhooks/${id}/deliveries/${event}/replay`)
    expect((await replay(String(message.headers['webhook-id']))).status).toBe(204)
    await atWork(() => until(() => got.length === 3))
    expect(got[2]?.headers['webhook-id']).toBe(message.headers['webhook-id'])
    expect(got[2]?.body).toBe(message.body)
    await until(async () =>
      (await deliveries(id)).every((one: { state: string }) => one.state === 'delivered'),
    )
    expect((await replay(randomUUID())).status).toBe(404)
  })
})

describe('what is told', () => {
  test('nobody is told who is behind an order; of a secret one not even where it is', async () => {
    const { id } = await subscribe('/secrecy')
    await tell({ type: 'order.closed', order })
    await tell({ type: 'order.closed', order: secretOrder })
    for (const { event } of await deliveries(id)) await attempt(id, event)
    expect(got).toHaveLength(2)
    for (const { body } of got) {
      expect(body).not.toContain(NUMBER)
      expect(body).not.toContain('我是')
    }
    const secret = got.find(({ body }) => JSON.parse(body).data.id === secretOrder)
    for (const part of ['海棠路', '王小明', '139']) expect(secret?.body).not.toContain(part)
    expect(JSON.parse(secret?.body ?? '')).toMatchObject({
      data: { protected: true, title: null, place: null },
    })
  })

  test('only what was asked for, and nothing once it is switched off', async () => {
    const closed = await subscribe('/closed', ['order.closed'])
    const all = await subscribe('/every')
    await tell({ type: 'order.signed', order })
    expect(await deliveries(closed.id)).toHaveLength(0)
    expect(await deliveries(all.id)).toHaveLength(1)
    const event = await eventOf(all.id)
    const off = { ...all.form, active: false }
    expect((await admin.ask('PUT', `/api/webhooks/${all.id}`, off, { 'if-match': '"1"' })).status).toBe(200)
    await attempt(all.id, event)
    expect(got).toEqual([])
    expect(await deliveries(all.id)).toMatchObject([{ state: 'given-up', problem: 'switched-off' }])
    await tell({ type: 'order.closed', order })
    expect(await deliveries(all.id)).toHaveLength(1)
    expect(await deliveries(closed.id)).toMatchObject([{ type: 'order.closed', state: 'waiting' }])
  })
})

describe('another side that', () => {
  const endless = (reply: ServerResponse) => {
    reply.writeHead(200)
    const pour = () => {
      while (!reply.destroyed && reply.write('x'.repeat(65_536)));
    }
    reply.on('drain', pour)
    pour()
  }
  test.each<[string, string, (reply: ServerResponse) => void, number | null, string]>([
    ['fails', '/500', reply => reply.writeHead(500).end('oops'), 500, 'refused'],
    ['refuses', '/403', reply => reply.writeHead(403).end(), 403, 'refused'],
    [
      'has too much to do',
      '/429',
      reply => reply.writeHead(429, { 'retry-after': '1' }).end(),
      429,
      'refused',
    ],
    [
      'sends us elsewhere',
      '/302',
      reply => reply.writeHead(302, { location: '/elsewhere' }).end(),
      302,
      'redirected',
    ],
    [
      'sends us inside',
      '/307',
      reply => reply.writeHead(307, { location: 'http://169.254.169.254/' }).end(),
      307,
      'redirected',
    ],
    ['says nothing', '/silent', () => {}, null, 'timeout'],
    ['hangs up', '/gone', reply => reply.destroy(), null, 'UND_ERR_SOCKET'],
    ['talks nonsense', '/nonsense', reply => reply.socket?.end('SSH-2.0-OpenSSH\r\n\r\n'), null, 'failed'],
    [
      'has endless headers',
      '/headers',
      reply => reply.socket?.end(`HTTP/1.1 200 OK\r\nx: ${'a'.repeat(100_000)}\r\n\r\n`),
      null,
      'UND_ERR_HEADERS_OVERFLOW',
    ],
  ])('%s is tried again', async (_, path, behave, status, problem) => {
    manners.set(path, behave)
    const { id } = await subscribe(path)
    await tell({ type: 'order.closed', order })
    await attempt(id, await eventOf(id))
    expect(await deliveries(id)).toMatchObject([{ state: 'waiting', attempts: 1, status, problem }])
    expect(got.map(one => one.path)).toEqual([path])
  })

  test('never ends its answer has taken the message all the same, and holds nothing', async () => {
    manners.set('/endless', endless)
    const { id } = await subscribe('/endless')
    await tell({ type: 'order.closed', order })
    await attempt(id, await eventOf(id))
    expect(await deliveries(id)).toMatchObject([{ state: 'delivered', status: 200 }])
  })

  test('is not there is tried over a day, then given up, and may be replayed by hand', async () => {
    manners.set('/down', reply => reply.writeHead(503).end())
    const { id } = await subscribe('/down')
    await tell({ type: 'order.closed', order })
    const event = await eventOf(id)
    const tookMs = await attempt(id, event, 50)
    expect(tookMs).toBeGreaterThan(DAY_MS)
    expect(tookMs).toBeLessThan(DAY_MS + HOUR_MS)
    expect(await deliveries(id)).toMatchObject([{ state: 'given-up', status: 503, attempts: got.length }])
    expect(new Set(got.map(one => one.headers['webhook-id']))).toEqual(new Set([event]))
    expect(new Set(got.map(one => one.headers['webhook-signature'])).size).toBeGreaterThan(1)

    manners.delete('/down')
    const query = `/api/webhooks/${id}/deliveries?state=given-up`
    expect((await admin.ask('GET', query)).body).toHaveLength(1)
    await admin.ask('POST', `/api/webhooks/${id}/deliveries/${event}/replay`)
    await atWork(() => until(async () => (await deliveries(id))[0]?.state === 'delivered'))
  })

  test('is gone for good is told no more', async () => {
    manners.set('/410', reply => reply.writeHead(410).end())
    const { id } = await subscribe('/410')
    await tell({ type: 'order.closed', order })
    await attempt(id, await eventOf(id), 5)
    expect(await deliveries(id)).toMatchObject([{ state: 'given-up', attempts: 1, status: 410 }])
  })

  test('comes back is told once, though jobs come twice', async () => {
    const { id } = await subscribe('/twice')
    await tell({ type: 'order.closed', order })
    const event = await eventOf(id)
    await attempt(id, event)
    await attempt(id, event)
    expect(got).toHaveLength(1)
  })
})

describe('private addresses', () => {
  const post = async (url: string, named = networks([])) => {
    const poster = new WebhookPoster(named, 500)
    const answer = await poster.post(url, {}, '{}')
    await poster.close()
    return answer
  }

  test('are refused however they are spelt, also behind a name', async () => {
    const { port } = new URL(base)
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '2130706433']) {
      expect(await post(`http://${host}:${port}/x`), host).toEqual({
        status: null,
        problem: 'private-address',
      })
    }
    expect(got).toEqual([])
    expect(await post(`${base}/x`, HERE)).toEqual({ status: 204, problem: null })
  })

  test('a URL with one is not saved', async () => {
    for (const url of ['https://10.0.0.1/', 'http://hooks.example.cn/', 'https://169.254.169.254/']) {
      const reply = await admin.ask('POST', '/api/webhooks', { url, events: [], active: true, note: '' })
      expect(reply, url).toMatchObject({ status: 400, body: { code: 'bad-input' } })
    }
  })
})

describe('administration', () => {
  test('is for whoever connects other systems', async () => {
    const agent = await Browser.signIn(service, 'a8001')
    const { id, form } = await subscribe('/admin')
    expect((await agent.ask('GET', '/api/webhooks')).status).toBe(403)
    expect((await agent.ask('POST', '/api/webhooks', form)).status).toBe(403)
    expect((await agent.ask('PUT', `/api/webhooks/${id}`, form, { 'if-match': '"1"' })).status).toBe(403)
    expect((await agent.ask('POST', `/api/webhooks/${id}/secret`)).status).toBe(403)
    expect((await agent.ask('GET', `/api/webhooks/${id}/deliveries`)).status).toBe(403)
    expect((await agent.ask('GET', `/api/webhooks/${id}/changes`)).status).toBe(403)
  })

  test('a secret is told once, renewed at will, and nowhere else', async () => {
    const { id, secret, form } = await subscribe('/renewed')
    const renewed = await admin.ask('POST', `/api/webhooks/${id}/secret`)
    expect(renewed.body.secret).not.toBe(secret)
    await tell({ type: 'order.closed', order })
    await attempt(id, await eventOf(id))
    const [message] = got
    if (message === undefined) throw new Error('nothing came')
    verify(message, renewed.body.secret)

    expect((await admin.ask('PUT', `/api/webhooks/${id}`, form, { 'if-match': '"1"' })).status).toBe(412)
    const saved = await admin.ask(
      'PUT',
      `/api/webhooks/${id}`,
      { ...form, note: '城管' },
      { 'if-match': '"2"' },
    )
    expect(saved).toMatchObject({ status: 200, body: { note: '城管', version: 3 } })
    const changes = await admin.ask('GET', `/api/webhooks/${id}/changes`)
    expect(changes.body).toMatchObject([
      { byName: '姓名admin-1', after: { note: '城管' } },
      { after: { version: 2 } },
      { before: null },
    ])
    const shown = JSON.stringify([changes.body, (await admin.ask('GET', '/api/webhooks')).body])
    for (const one of [secret, renewed.body.secret]) {
      expect(shown).not.toContain(one)
      expect(logged).not.toContain(one)
    }
    expect(logged).toContain('webhook not delivered')
    expect(logged).not.toContain(base)
  })
})

describe('the list', () => {
  test('tells how telling goes', async () => {
    manners.set('/half', reply => reply.writeHead(500).end())
    const { id } = await subscribe('/half')
    const listed = async () =>
      (await admin.ask('GET', '/api/webhooks')).body.find((one: { id: string }) => one.id === id).health
    expect(await listed()).toEqual({
      ...{ delivered: 0, givenUp: 0, waiting: 0, retrying: 0 },
      ...{ lastDeliveredAt: null, lastProblem: null, lastStatus: null },
    })
    await tell({ type: 'order.closed', order })
    const event = await eventOf(id)
    await attempt(id, event)
    expect(await listed()).toMatchObject({ waiting: 1, retrying: 1, lastProblem: 'refused', lastStatus: 500 })
    manners.delete('/half')
    await attempt(id, event, 2)
    expect(await listed()).toMatchObject({
      ...{ delivered: 1, waiting: 0, retrying: 0, lastProblem: null },
      lastDeliveredAt: expect.any(String),
    })
    // What a pause drops is no failure.
    await tell({ type: 'order.signed', order })
    await database.db.updateTable('webhooks').set({ active: false }).execute()
    const told = async (type: string) =>
      (await deliveries(id)).find((one: { type: string }) => one.type === type)
    await attempt(id, (await told('order.signed')).event)
    expect(await told('order.signed')).toMatchObject({ state: 'given-up', problem: 'switched-off' })
    expect(await listed()).toMatchObject({ delivered: 1, givenUp: 0, lastProblem: null })
    const { number } = await database.db
      .selectFrom('work_orders')
      .select('number')
      .where('id', '=', order)
      .executeTakeFirstOrThrow()
    expect(await told('order.closed')).toMatchObject({ order: number, queuedAt: expect.any(String) })
  })

  test('leaves out what was removed; what waited for it is given up, and its record stays', async () => {
    const { id } = await subscribe('/removed')
    await tell({ type: 'order.closed', order })
    const event = await eventOf(id)
    const remove = (version: number) =>
      admin.ask('DELETE', `/api/webhooks/${id}`, undefined, { 'if-match': `"${version}"` })
    expect((await remove(7)).status).toBe(412)
    expect((await remove(1)).status).toBe(204)
    expect((await remove(2)).status).toBe(404)
    const { body } = await admin.ask('GET', '/api/webhooks')
    expect(body.map((one: { id: string }) => one.id)).not.toContain(id)
    await attempt(id, event)
    expect(got).toEqual([])
    expect(await deliveries(id)).toMatchObject([{ state: 'given-up', problem: 'switched-off' }])
    expect((await admin.ask('GET', `/api/webhooks/${id}/changes`)).body).toMatchObject([
      { before: { version: 1 }, after: null },
      { before: null },
    ])
    const { secret } = await database.db
      .selectFrom('webhooks')
      .select('secret')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    expect(secret).toBeNull()
  })
})

test('two who take a delivery on at once tell it once; one whose taker died is taken on again', async () => {
  const { id } = await subscribe('/taken')
  await tell({ type: 'order.closed', order })
  const event = await eventOf(id)
  await Promise.all([attempt(id, event), attempt(id, event), attempt(id, event)])
  expect(got).toHaveLength(1)

  await tell({ type: 'order.signed', order })
  const second = (await deliveries(id)).find((one: { state: string }) => one.state === 'waiting').event
  const late = { now: () => Date.now() + 10 * MINUTE_MS }
  const dies = { post: () => Promise.reject(new Error('killed')) }
  const job = { event: second, webhook: id }
  await expect(deliver({ db: database.db, poster: dies, clock: late, log }, job)).rejects.toThrow('killed')
  await attempt(id, second)
  expect(got).toHaveLength(1)
  const later = { now: () => Date.now() + 12 * MINUTE_MS }
  await deliver({ db: database.db, poster, clock: later, log }, job)
  expect(got).toHaveLength(2)
})

test('old messages go, but for those that somebody still waits for', async () => {
  const { id } = await subscribe('/swept')
  await tell({ type: 'order.closed', order })
  await attempt(id, await eventOf(id))
  await tell({ type: 'order.signed', order })
  await sweepWebhooks(database.db, Date.now() + 29 * DAY_MS)
  expect(await deliveries(id)).toHaveLength(2)
  await sweepWebhooks(database.db, Date.now() + 31 * DAY_MS)
  expect(await deliveries(id)).toMatchObject([{ type: 'order.signed', state: 'waiting' }])
})
