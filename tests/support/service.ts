import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import type { Kysely } from 'kysely'
import type { DestinationStream } from 'pino'
import { io, type Socket } from 'socket.io-client'
import type { Database, Role } from '#database/types.ts'
import { MaskCatalogue, maskingFacts, PinKey } from '../../src/casework/masking/index.ts'
import { openDraft } from '../../src/casework/work-orders/index.ts'
import { LiveCenter } from '../../src/contact-center/center.ts'
import { Engine } from '../../src/engine/engine.ts'
import type { Clock, Ids, PhoneProvisioner } from '../../src/engine/ports.ts'
import type { Notice } from '../../src/floor/announcements/index.ts'
import { FactWriter, recordFact } from '../../src/floor/call-records/index.ts'
import { LineCatalogue } from '../../src/floor/lines/index.ts'
import { missedCallFacts } from '../../src/floor/missed-calls/index.ts'
import { QueueConfig } from '../../src/floor/queues/index.ts'
import type { Pop } from '../../src/floor/screen-pops/index.ts'
import { ensureSeats, type SeatView } from '../../src/floor/seats/index.ts'
import { SUPERVISION_ACTS } from '../../src/floor/supervision-log/rules.ts'
import { type AgentNumber, asId, type StaffId } from '../../src/kernel/ids.ts'
import { ok } from '../../src/kernel/outcome.ts'
import { HandoverGate } from '../../src/people/handovers/index.ts'
import { Sessions } from '../../src/people/sessions/index.ts'
import type { SingleSignOnSettings } from '../../src/people/single-sign-on/index.ts'
import { addStaff } from '../../src/people/staff/index.ts'
import { buildApp } from '../../src/server/app.ts'
import { Desks } from '../../src/server/desk.ts'
import { FloorFeed } from '../../src/server/floor-feed.ts'
import { databasePart, Health } from '../../src/server/health.ts'
import { createLog } from '../../src/server/log.ts'
import { Metrics } from '../../src/server/metrics.ts'
import { watchedBy } from '../../src/server/watchers.ts'
import { FakePbx } from '../../src/sim/fake-pbx.ts'
import { NO_FAULTS } from '../../src/sim/faults.ts'
import { Random } from '../../src/sim/random.ts'
import { until } from './until.ts'

export const PASSWORD = 'correct horse battery'
export const FIRST_SEAT = 1001
/** Nobody listens: a real 工号一零零一为您服务 takes seconds, in each test that comes to a talk. */
const PROMPT_MS = 100

/** The whole service on a port of its own: real database, real engine, real server; the PBX is the simulated one. */
export interface Service {
  readonly app: FastifyInstance
  readonly url: string
  readonly engine: Engine
  readonly pbx: FakePbx
  readonly facts: FactWriter
  readonly masking: MaskCatalogue
  /** Reads anew what was edited, which the real service does every two seconds. */
  refresh(): Promise<void>
  /** Passwords that were handed to the PBX, newest last. */
  readonly renewed: string[]
  close(): Promise<void>
}

export interface ServiceOptions {
  readonly popAckTimeoutMs?: number
  readonly secureCookies?: boolean
  readonly localSignIn?: boolean
  readonly singleSignOn?: SingleSignOnSettings
  readonly phones?: PhoneProvisioner
  readonly log?: DestinationStream
  readonly pagesFolder?: string
  readonly seats?: number
  readonly handoverHours?: number
  readonly showSupervision?: readonly string[]
  /** Whether a carrier takes calls outside. */
  readonly trunk?: boolean
  readonly now?: () => number
  /** Of the telephones and of what runs by itself; `now` follows it where nothing else is said. */
  readonly clock?: Clock
  /** Rooms that need more than the database. */
  readonly rooms?: readonly FastifyPluginAsync[]
}

const realClock: Clock = {
  now: () => Date.now(),
  after(afterMs: number, then: () => void) {
    const timer = setTimeout(then, afterMs)
    return () => clearTimeout(timer)
  },
}

export async function startService(db: Kysely<Database>, options: ServiceOptions = {}): Promise<Service> {
  const { clock = realClock } = options
  const now = options.now ?? clock.now
  const log = createLog('debug', options.log ?? { write() {} })
  const seatNumbers = await ensureSeats(db, FIRST_SEAT, options.seats ?? 5)
  const catalogue = new LineCatalogue(db, log)
  await catalogue.load()
  const pins = new PinKey(Buffer.from('the key of the tests'))
  const masking = new MaskCatalogue({
    ...{ db, log, pins, shows: '12345', accessNumber: '96300', deniedPrefixes: ['00', '168'] },
    now,
  })
  await masking.load()
  const metrics = new Metrics()
  const facts = new FactWriter({
    db,
    journal: randomUUID(),
    handlers: [recordFact, openDraft, missedCallFacts, maskingFacts],
    log,
    written: written => metrics.written(written),
  })
  const sessions = new Sessions(db)
  const handoverGate = new HandoverGate({ db, hours: options.handoverHours ?? 12, log })
  await handoverGate.load()
  const desks = new Desks({ db, sessions, metrics, log })
  const feed = new FloorFeed(sessions)
  const pbx = new FakePbx(clock, new Random(1), NO_FAULTS, PROMPT_MS)
  const ids: Ids = { call: () => asId(randomUUID()), workOrder: () => asId(randomUUID()) }
  let sequence = 0
  const engine = new Engine({
    center: new LiveCenter(),
    rules: {
      ringTimeoutMs: 20_000,
      popAckTimeoutMs: options.popAckTimeoutMs ?? 250,
      wrapUpMs: 60_000,
      wrapUpExtensionMs: 60_000,
      graceMs: 60_000,
      asksRating: false,
    },
    clock,
    ids,
    journal: { append: () => ++sequence },
    facts,
    pbx,
    desk: desks,
    catalogue,
    masking,
    watcher: watchedBy(
      {
        handled() {},
        swept() {},
        undigested(event, error) {
          throw new Error(`${event.type} was passed over`, { cause: error })
        },
        surveyFailed(error) {
          log.warn({ err: error }, 'survey failed')
        },
      },
      feed,
      desks,
    ),
  })
  const queues = new QueueConfig(db, engine, log)
  await queues.load()
  metrics.watch(engine, facts)
  const health = new Health()
  health.watch(databasePart(db))
  const renewed: string[] = []
  const app = await buildApp({
    db,
    now,
    floor: engine,
    ids,
    phones: options.phones ?? {
      async renew(_seat, password) {
        renewed.push(password)
        return ok(undefined)
      },
    },
    seatNumbers,
    masking,
    pins,
    sessions,
    handoverGate,
    desks,
    feed,
    health,
    metrics,
    log,
    settings: {
      secureCookies: options.secureCookies ?? false,
      localSignIn: options.localSignIn ?? true,
      singleSignOn: options.singleSignOn ?? null,
      trustedProxies: [],
      phoneWsUrl: 'ws://pbx.test:8088/ws',
      sipHost: '127.0.0.1',
      showSupervision: options.showSupervision ?? SUPERVISION_ACTS,
      mainLine: '12345',
      maskAccessNumber: '96300',
      outside: { trunk: options.trunk ?? true, deniedPrefixes: ['00', '168'] },
    },
    rooms: options.rooms ?? [],
    pagesFolder: options.pagesFolder ?? null,
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  engine.start()
  const { port } = app.server.address() as AddressInfo
  return {
    app,
    url: `http://127.0.0.1:${port}`,
    engine,
    pbx,
    facts,
    masking,
    renewed,
    async refresh() {
      await catalogue.load()
      await masking.refresh()
      await queues.load()
      await handoverGate.load()
    },
    async close() {
      engine.stop()
      health.stop()
      await app.close()
      await facts.close(5_000)
    },
  }
}

/** Somebody with the test's password; an agent, or whoever has four digits in the login, has them as 工号. */
export async function person(db: Kysely<Database>, login: string, role: Role = 'agent'): Promise<StaffId> {
  const digits = login.replace(/\D/g, '')
  const agentNumber = role === 'agent' || digits.length === 4 ? asId<AgentNumber>(digits) : null
  return await addStaff(db, { login, name: `姓名${login}`, role, agentNumber, password: PASSWORD })
}

/** One line, 12345, and one queue. */
export async function oneLine(db: Kysely<Database>): Promise<void> {
  const queue = asId<Database['queues']['id']>('general')
  await db.insertInto('queues').values({ id: queue, name_zh: '综合', name_en: 'General' }).execute()
  await db
    .insertInto('lines')
    .values({ number: asId('12345'), name: '便民热线', merge_mode: 'merged', queue_id: queue, greets: false })
    .execute()
  await db
    .insertInto('not_ready_reasons')
    .values({ code: 'break', name_zh: '小休', name_en: 'Break', position: 1 })
    .execute()
}

/** A signed-in browser. */
export class Browser {
  readonly cookie: string
  private readonly service: Service

  private constructor(service: Service, cookie: string) {
    this.service = service
    this.cookie = cookie
  }

  static async signIn(service: Service, login: string): Promise<Browser> {
    const reply = await service.app.inject({
      method: 'POST',
      url: '/api/session',
      payload: { login, password: PASSWORD },
    })
    if (reply.statusCode !== 200) throw new Error(`sign-in of ${login}: ${reply.body}`)
    const cookie = String(reply.headers['set-cookie']).split(';')[0] ?? ''
    return new Browser(service, cookie)
  }

  async ask(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    payload?: object,
    headers?: Record<string, string>,
  ) {
    const reply = await this.service.app.inject({
      method,
      url,
      headers: { cookie: this.cookie, ...headers },
      ...(payload === undefined ? {} : { payload }),
    })
    return {
      status: reply.statusCode,
      headers: reply.headers,
      body: reply.body === '' ? null : reply.json(),
    }
  }

  desk(cursor: number | null = null): DeskPage {
    return new DeskPage(this.service.url, this.cookie, cursor)
  }
}

interface Heard {
  snapshot: { seat: SeatView | null; pop: Pop | null; cursor: number | null }
  missed: Pop[]
  pop: Pop
  seat: SeatView
  answer: { callId: string }
  alarm: { code: string; text: string }
  notices: readonly Notice[]
  refused: string
}

interface FromServer {
  snapshot(now: Heard['snapshot']): void
  missed(pops: Pop[]): void
  pop(pop: Pop, shown: () => void): void
  seat(seat: SeatView): void
  answer(call: Heard['answer']): void
  alarm(alarm: Heard['alarm']): void
  notices(notices: Heard['notices']): void
}

/** A desk page that writes down what it is told. Pops are acknowledged unless `deaf` is set. */
export class DeskPage {
  /** What came, in order of arrival, by event. */
  readonly order: (keyof Heard)[] = []
  readonly socket: Socket<FromServer>
  deaf = false
  private readonly heard: { [Event in keyof Heard]: Heard[Event][] } = {
    snapshot: [],
    missed: [],
    pop: [],
    seat: [],
    answer: [],
    alarm: [],
    notices: [],
    refused: [],
  }

  constructor(url: string, cookie: string, cursor: number | null, headers: Record<string, string> = {}) {
    this.socket = io(`${url}/desk`, {
      transports: ['websocket'],
      extraHeaders: { cookie, ...headers },
      auth: { cursor },
      forceNew: true,
      reconnection: false,
    })
    this.socket.on('snapshot', data => this.hear('snapshot', data))
    this.socket.on('missed', data => this.hear('missed', data))
    this.socket.on('seat', data => this.hear('seat', data))
    this.socket.on('answer', data => this.hear('answer', data))
    this.socket.on('alarm', data => this.hear('alarm', data))
    this.socket.on('notices', data => this.hear('notices', data))
    this.socket.on('connect_error', error => this.hear('refused', error.message))
    this.socket.on('pop', (data, shown) => {
      this.hear('pop', data)
      if (!this.deaf) shown()
    })
  }

  all<Event extends keyof Heard>(event: Event): readonly Heard[Event][] {
    return this.heard[event]
  }

  async first<Event extends keyof Heard>(event: Event): Promise<Heard[Event]> {
    await until(() => this.heard[event].length > 0)
    const [first] = this.heard[event]
    if (first === undefined) throw new Error(`no ${event}`)
    return first
  }

  close(): void {
    this.socket.disconnect()
  }

  private hear<Event extends keyof Heard>(event: Event, data: Heard[Event]): void {
    this.order.push(event)
    this.heard[event].push(data)
  }
}

/** A browser with a desk page, at a seat, its phone registered, ready for calls. */
export async function readyAgent(
  service: Service,
  login: string,
  seat: number,
): Promise<{ browser: Browser; page: DeskPage }> {
  const browser = await Browser.signIn(service, login)
  const page = browser.desk()
  await page.first('snapshot')
  await browser.ask('POST', '/api/my-seat', { seat: String(seat), phone: 'browser' })
  service.pbx.register(asId(String(seat)), 'browser')
  await until(() => service.engine.seat(asId(String(seat)))?.registered === true)
  await until(async () => (await browser.ask('POST', '/api/my-seat/ready')).status === 200)
  return { browser, page }
}
