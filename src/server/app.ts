import fastifyCookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyPluginAsync,
  LogController,
} from 'fastify'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Database } from '#database/types.ts'
import type { SeatNumber, StaffId } from '#kernel/ids.ts'
import { Refused } from '#kernel/outcome.ts'
import type { Instant } from '#kernel/time.ts'
import type { MaskCatalogue, PinKey } from '../casework/masking/index.ts'
import type { FloorControl, Ids, PhoneProvisioner } from '../engine/ports.ts'
import { Alarms, alarmRoutes } from '../floor/alarms/index.ts'
import { Announcements, announcementRoutes } from '../floor/announcements/index.ts'
import { calendarRoutes } from '../floor/calendar/index.ts'
import { CallControl, callControlRoutes, type OutsideRules } from '../floor/call-control/index.ts'
import { callRoutes } from '../floor/call-records/index.ts'
import { configChangeRoutes } from '../floor/config-changes/index.ts'
import { directoryRoutes } from '../floor/directory/index.ts'
import { blockedNumberRoutes, lineRoutes } from '../floor/lines/index.ts'
import { missedCallRoutes } from '../floor/missed-calls/index.ts'
import { queueRoutes } from '../floor/queues/index.ts'
import { Seats, seatRoutes } from '../floor/seats/index.ts'
import {
  FloorOverview,
  QueueActs,
  queueActRoutes,
  Supervision,
  supervisionRoutes,
  Watching,
  watchRoutes,
} from '../floor/supervision/index.ts'
import { supervisionLogRoutes } from '../floor/supervision-log/index.ts'
import { intervalRoutes } from '../insight/intervals/index.ts'
import { planningRoutes } from '../insight/planning/index.ts'
import { ratingRoutes } from '../insight/ratings/index.ts'
import { seatHistoryRoutes } from '../insight/seat-history/index.ts'
import { accountRoutes } from '../people/accounts/index.ts'
import { type HandoverGate, Handovers, handoverRoutes } from '../people/handovers/index.ts'
import { guardRoutes, type Sessions, sessionRoutes } from '../people/sessions/index.ts'
import { shiftRoutes } from '../people/shifts/index.ts'
import {
  SingleSignOn,
  type SingleSignOnSettings,
  singleSignOnRoutes,
} from '../people/single-sign-on/index.ts'
import { skillRoutes } from '../people/skills/index.ts'
import { registerCases } from './cases.ts'
import type { Desks } from './desk.ts'
import { handleErrors } from './error-handler.ts'
import type { FloorFeed } from './floor-feed.ts'
import { type Health, healthRoutes } from './health.ts'
import { type Metrics, metricsRoutes } from './metrics.ts'
import { NoticeFeed } from './notice-feed.ts'
import { servePages } from './pages.ts'

export interface AppParts {
  readonly db: Kysely<Database>
  readonly floor: FloorControl
  readonly ids: Ids
  readonly phones: PhoneProvisioner
  /** The seats there are, as `ensureSeats` gives them. */
  readonly seatNumbers: readonly SeatNumber[]
  readonly masking: MaskCatalogue
  readonly pins: PinKey
  readonly sessions: Sessions
  readonly handoverGate: HandoverGate
  readonly desks: Desks
  readonly feed: FloorFeed
  readonly health: Health
  readonly metrics: Metrics
  readonly log: Logger
  /** For whatever a rule reckons with; floors and calls have the engine's. */
  now(): Instant
  readonly settings: AppSettings
  /** Routes of rooms that need more than the database, recordings for instance. */
  readonly rooms: readonly FastifyPluginAsync[]
  /** The built pages; null serves none. */
  readonly pagesFolder: string | null
}

export interface AppSettings {
  readonly secureCookies: boolean
  /** Whether a login and a password open a session. */
  readonly localSignIn: boolean
  /** Null: none. */
  readonly singleSignOn: SingleSignOnSettings | null
  /** Addresses whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[]
  readonly phoneWsUrl: string
  readonly sipHost: string
  /** What of a shift lead's acts an agent is told. */
  readonly showSupervision: readonly string[]
  /** The line whose number citizens see when an agent calls them. */
  readonly mainLine: string
  /** Behind which short numbers are keyed; null: there is none. */
  readonly maskAccessNumber: string | null
  readonly outside: OutsideRules
}

/** The longest form is some 8,000 characters of text, up to six bytes each once escaped. */
const BODY_BYTES = 128 * 1024
/** Headers must be here within this. */
const HEADERS_MS = 15_000
/** … and the body within this: a film of 50 MiB over a line of 4 Mbit/s. */
const REQUEST_MS = 120_000

/** Puts the server together; `listen` starts it, `close` ends it and its sockets. */
export async function buildApp(parts: AppParts): Promise<FastifyInstance> {
  const log: FastifyBaseLogger = parts.log
  const app = fastify({
    loggerInstance: log,
    // A request that fails is logged by the error handler; one that works says nothing new.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_BYTES,
    // A request that trickles in holds nothing for long.
    requestTimeout: REQUEST_MS,
    trustProxy: parts.settings.trustedProxies.length > 0 ? [...parts.settings.trustedProxies] : false,
    // Input is taken as it is sent: nothing is converted and nothing left out behind the sender's back.
    ajv: {
      customOptions: {
        coerceTypes: false,
        removeAdditional: false,
        useDefaults: false,
        allErrors: true,
        discriminator: true,
      },
    },
  })
  app.server.headersTimeout = HEADERS_MS
  handleErrors(app)
  await addHeaders(app, parts.settings)
  await app.register(fastifyCookie)
  await app.register(rateLimit, {
    global: false,
    errorResponseBuilder: (_request, { ttl }) =>
      new Refused({ code: 'too-many-attempts', retryAfterMs: ttl }),
  })
  await addOpenApi(app)
  guardRoutes(app, parts.sessions)
  await registerRooms(app, parts)
  await servePages(app, parts.pagesFolder)
  return app
}

async function registerRooms(app: FastifyInstance, parts: AppParts): Promise<void> {
  const { db, floor, desks, feed, sessions, settings, handoverGate, log } = parts
  const seats = new Seats({
    db,
    floor,
    phones: parts.phones,
    numbers: parts.seatNumbers,
    phoneWsUrl: settings.phoneWsUrl,
    sipDomain: settings.sipHost,
    isDeskConnected: staff => desks.isConnected(staff),
    mayTakeCalls: seat => handoverGate.check(seat),
  })
  const notices = new NoticeFeed({ db, sessions, log })
  const session = sessionRoutes({
    sessions,
    secureCookies: settings.secureCookies,
    localSignIn: settings.localSignIn,
    seatOf: staff => seats.heldBy(staff)?.number ?? null,
    signedOut(staff, token) {
      seats.leaveWhenFree(staff)
      desks.sessionEnded(token)
      feed.sessionEnded(staff, token)
      notices.sessionEnded(token)
    },
  })
  await app.register(session)
  const singleSignOn =
    settings.singleSignOn === null ? null : new SingleSignOn({ db, settings: settings.singleSignOn, log })
  await app.register(singleSignOnRoutes({ ...settings, singleSignOn }))
  await app.register(accountRoutes({ db, sessions }))
  await app.register(seatRoutes({ db, seats }))
  const control = new CallControl({
    db,
    floor,
    seats,
    ids: parts.ids,
    outside: settings.outside,
    mainLine: settings.mainLine,
    answerAtDesk: (staff, call) => desks.answer(staff, call),
  })
  await app.register(callControlRoutes(control))
  await app.register(directoryRoutes(db))
  const overview = new FloorOverview({ db, floor, seats, log })
  const tell = (staff: StaffId, act: string, text: string) => {
    if (settings.showSupervision.includes(act)) desks.tell(staff, 'supervised', text)
  }
  const supervision = { db, floor, seats, overview, tell }
  await app.register(supervisionRoutes(new Supervision(supervision)))
  await app.register(watchRoutes(new Watching(supervision)))
  await app.register(queueActRoutes(new QueueActs(supervision)))
  await app.register(supervisionLogRoutes(db, settings.showSupervision))
  const alarms = new Alarms({ db, floor, overview, log })
  await app.register(alarmRoutes(db, alarms))
  const announcements = new Announcements({ db, seats, log, changed: staff => desks.noticesChanged(staff) })
  await app.register(announcementRoutes(announcements))
  await app.register(lineRoutes(db))
  await app.register(blockedNumberRoutes(db))
  await app.register(calendarRoutes(db))
  await app.register(queueRoutes(db))
  await app.register(configChangeRoutes(db))
  await app.register(skillRoutes({ db, floor }))
  await app.register(shiftRoutes(db))
  const handovers = new Handovers({ db, gate: handoverGate, seatOf: staff => seats.heldBy(staff) })
  await app.register(handoverRoutes(handovers))
  await app.register(callRoutes(db))
  await app.register(missedCallRoutes(db))
  await registerCases(app, parts, notices)
  await app.register(intervalRoutes(db))
  await app.register(ratingRoutes(db))
  await app.register(planningRoutes())
  await app.register(seatHistoryRoutes(db))
  await app.register(healthRoutes(parts.health))
  await app.register(metricsRoutes(parts.metrics))
  for (const room of parts.rooms) await app.register(room)
  desks.showNotices(staff => announcements.noticesFor(staff))
  const sockets = desks.open(app.server, floor, seats)
  feed.open(sockets, overview, alarms)
  notices.open(sockets)
  alarms.start()
  const stopAnnouncements = announcements.keepFresh()
  app.addHook('preClose', async () => {
    stopAnnouncements()
    feed.close()
    notices.close()
    await alarms.stop()
    await desks.close()
  })
}

async function addHeaders(app: FastifyInstance, settings: AppSettings): Promise<void> {
  await app.register(helmet, {
    // Only promised where it is kept: behind a proxy that speaks TLS.
    hsts: settings.secureCookies,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        connectSrc: ["'self'", new URL(settings.phoneWsUrl).origin],
        mediaSrc: ["'self'", 'blob:'],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'", 'data:'],
        // Ant Design writes its styles into the page.
        styleSrc: ["'self'", "'unsafe-inline'"],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
  })
  app.addHook('onSend', async (request, reply) => {
    // Answers hold citizens' data: no cache on the way keeps them.
    if (request.url.startsWith('/api/') && !reply.hasHeader('cache-control')) {
      reply.header('cache-control', 'no-store')
    }
  })
}

async function addOpenApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'hotline-12345', description: 'The API behind the desks.', version: '0.1.0' },
      components: {
        securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'hotline_session' } },
      },
      security: [{ session: [] }],
    },
  })
  app.get('/api/openapi.json', { schema: { hide: true }, config: { access: 'public' } }, async () =>
    app.swagger(),
  )
}
