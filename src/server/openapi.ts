import { tmpdir } from 'node:os'
import { AnnouncementFolder } from '../adapters/speech/announcement-folder.ts'
import { AttachmentFolder } from '../adapters/storage/attachment-folder.ts'
import { systemIds } from '../adapters/system/ids.ts'
import { attachmentRoutes } from '../casework/attachments/index.ts'
import { carrierEventRoutes } from '../casework/masking/carrier-routes.ts'
import { MaskCatalogue, PinKey } from '../casework/masking/index.ts'
import { networks, webhookRoutes } from '../casework/webhooks/index.ts'
import { checkTree } from '../contact-center/ivr/check.ts'
import { openDatabase } from '../database/connection.ts'
import { Ivr, ivrRoutes } from '../floor/ivr/index.ts'
import { ok } from '../kernel/outcome.ts'
import { HandoverGate } from '../people/handovers/index.ts'
import { Sessions } from '../people/sessions/index.ts'
import { recordingRoutes } from '../quality/recordings/index.ts'
import { buildApp } from './app.ts'
import { attachmentDeps } from './cases.ts'
import { Desks } from './desk.ts'
import { FloorFeed } from './floor-feed.ts'
import { Health } from './health.ts'
import { createLog } from './log.ts'
import { Metrics } from './metrics.ts'

/**
 * The API's description, as text for openapi.json: the server put together beside nothing, since a description
 * needs no database, no PBX and no calls.
 */
export async function describeApi(): Promise<string> {
  const { db, close } = openDatabase('postgresql://nowhere', () => {})
  const log = createLog('fatal')
  const sessions = new Sessions(db)
  const metrics = new Metrics()
  const pins = new PinKey(Buffer.alloc(32))
  const announcements = new AnnouncementFolder(tmpdir(), { espeak: '', sox: '' }, 0)
  const ivr = new Ivr({ db, check: checkTree, announcements, log })
  const app = await buildApp({
    db,
    now: () => 0,
    floor: {
      submit() {},
      seat: () => undefined,
      seats: () => [],
      call: () => undefined,
      calls: () => [],
      waiting: () => 0,
      queues: () => [],
    },
    ids: systemIds,
    seatNumbers: [],
    phones: { renew: async () => ok(undefined) },
    masking: new MaskCatalogue({
      db,
      log,
      pins,
      shows: '12345',
      accessNumber: null,
      deniedPrefixes: [],
      now: () => 0,
    }),
    pins,
    sessions,
    handoverGate: new HandoverGate({ db, hours: 0, log }),
    desks: new Desks({ db, sessions, metrics, log }),
    feed: new FloorFeed(sessions),
    health: new Health(),
    metrics,
    log,
    settings: {
      secureCookies: false,
      localSignIn: true,
      singleSignOn: null,
      trustedProxies: [],
      phoneWsUrl: 'ws://localhost/ws',
      sipHost: 'localhost',
      showSupervision: [],
      mainLine: '12345',
      maskAccessNumber: null,
      outside: { trunk: false, deniedPrefixes: [] },
    },
    rooms: [
      recordingRoutes({ db, folder: tmpdir() }),
      ivrRoutes({ db, ivr }),
      attachmentRoutes(attachmentDeps(db, new AttachmentFolder(tmpdir()))),
      webhookRoutes({ db, named: networks([]) }),
      carrierEventRoutes({ db, log, reader: null }),
    ],
    pagesFolder: null,
  })
  await app.ready()
  const description = `${JSON.stringify(app.swagger(), null, 2)}\n`
  await app.close()
  await close()
  return description
}
