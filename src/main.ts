import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import { openDatabase } from '#database/connection.ts'
import { Jobs } from '#database/jobs.ts'
import { migrate } from '#database/migrate.ts'
import { AsteriskPbx } from './adapters/asterisk/asterisk-pbx.ts'
import { JournalFile } from './adapters/journal-file/journal-file.ts'
import { Opusenc } from './adapters/opus/opusenc.ts'
import { AnnouncementFolder } from './adapters/speech/announcement-folder.ts'
import { AttachmentFolder } from './adapters/storage/attachment-folder.ts'
import { RecordingFolders } from './adapters/storage/recording-folders.ts'
import { systemClock } from './adapters/system/clock.ts'
import { systemIds } from './adapters/system/ids.ts'
import { keptKey } from './adapters/system/kept-key.ts'
import { tryHold } from './adapters/system/only-one.ts'
import { attachmentRoutes, sweepAttachments } from './casework/attachments/index.ts'
import { countCarrierContact } from './casework/masking/carrier-contact.ts'
import { carrierEventRoutes } from './casework/masking/carrier-routes.ts'
import { CARRIER_QUEUE } from './casework/masking/carrier-work.ts'
import { MaskCatalogue, maskingFacts, PinKey, writeTerms } from './casework/masking/index.ts'
import {
  networks,
  WEBHOOK_QUEUE,
  WebhookPoster,
  webhookRoutes,
  workOnWebhooks,
} from './casework/webhooks/index.ts'
import { openDraft } from './casework/work-orders/index.ts'
import { type Config, readConfig, WrongSettings } from './config.ts'
import { checkTree } from './contact-center/ivr/check.ts'
import { LONGEST_ANNOUNCEMENT_MS } from './contact-center/ivr/walk.ts'
import { seedDemoCity, writeSeatPhones } from './demo-city/index.ts'
import { Engine } from './engine/engine.ts'
import { recover } from './engine/recover.ts'
import { FactWriter, recordFact } from './floor/call-records/index.ts'
import { Ivr, ivrRoutes } from './floor/ivr/index.ts'
import { LineCatalogue } from './floor/lines/index.ts'
import { missedCallFacts } from './floor/missed-calls/index.ts'
import { QueueConfig } from './floor/queues/index.ts'
import { ensureSeats, seatCredentials } from './floor/seats/index.ts'
import { HandoverGate } from './people/handovers/index.ts'
import { Sessions } from './people/sessions/index.ts'
import {
  DiskWatch,
  RECORDING_QUEUE,
  recordingFacts,
  recordingRoutes,
  sweepRecordings,
  workOnRecordings,
} from './quality/recordings/index.ts'
import { buildApp } from './server/app.ts'
import { attachmentDeps } from './server/cases.ts'
import { Desks } from './server/desk.ts'
import { FloorFeed } from './server/floor-feed.ts'
import { FloorLog } from './server/floor-log.ts'
import { databasePart, Health } from './server/health.ts'
import { keepJournalShort } from './server/journal-keeper.ts'
import { createLog } from './server/log.ts'
import { openMaskCarrier } from './server/mask-carrier.ts'
import { Metrics } from './server/metrics.ts'
import { startSchedule, sweeps } from './server/schedule.ts'
import { watchedBy } from './server/watchers.ts'

const PAGES = fileURLToPath(new URL('../dist/web', import.meta.url))

/** Things to undo, run in reverse order of their start. */
type Undo = () => unknown

/** The composition root: every part is made here, once, and handed to those that need it. */
async function start(config: Config, log: Logger, undo: Undo[]): Promise<void> {
  if (config.databaseUrl === null) throw new WrongSettings(['HOTLINE_DATABASE_URL is not set'])
  if (config.ariPassword === null) throw new WrongSettings(['HOTLINE_ARI_PASSWORD is not set'])
  const secrets = join(config.dataDir, 'secrets')

  const database = openDatabase(config.databaseUrl, error =>
    log.warn({ err: error }, 'database connection lost'),
  )
  undo.push(() => database.close())
  const { db } = database
  await migrate(db)
  const seatNumbers = await ensureSeats(db, config.firstSeat, config.seatCount)
  if (config.demoCity) await seedDemoCity(db, secrets)
  await writeSeatPhones(db, secrets)
  const catalogue = new LineCatalogue(db, log)
  await catalogue.load()
  undo.push(catalogue.keepFresh())

  await writeTerms(db, config.maskTerms)
  const pins = new PinKey(await keptKey(secrets, 'mask-pin-key'))
  const masking = new MaskCatalogue({
    ...{ db, log, pins, shows: config.mainLine, accessNumber: config.maskAccessNumber },
    deniedPrefixes: config.deniedPrefixes,
    now: () => systemClock.now(),
  })
  await masking.load()
  undo.push(masking.keepFresh())

  const metrics = new Metrics()
  const health = new Health()
  undo.push(() => health.stop())
  health.watch(databasePart(db))

  const namedNetworks = networks(config.webhookNetworks)
  const poster = new WebhookPoster(namedNetworks)
  undo.push(() => poster.close())
  const jobs = new Jobs(config.databaseUrl, error => log.warn({ err: error }, 'jobs have trouble'))
  await jobs.start([RECORDING_QUEUE, WEBHOOK_QUEUE, CARRIER_QUEUE])
  undo.push(() => jobs.stop())
  mkdirSync(config.recordingDir, { recursive: true, mode: 0o700 })
  const files = new RecordingFolders(join(config.dataDir, 'spool', 'raw'), config.recordingDir)
  const keeping = { db, files, encoder: new Opusenc(config.opusenc ?? 'opusenc'), clock: systemClock, log }
  workOnRecordings(keeping, jobs)
  const attachments = new AttachmentFolder(join(config.dataDir, 'attachments'))
  undo.push(workOnWebhooks({ db, poster, clock: systemClock, log }, jobs))
  const maskCarrier = await openMaskCarrier(config.maskCarrier, { db, jobs, clock: systemClock, log })
  undo.push(() => maskCarrier?.close())
  const disk = new DiskWatch(files, config.recordingSpareMiB, systemClock, log)
  health.watch({
    name: 'recording-disk',
    async check() {
      await disk.check()
      return disk.health()
    },
  })

  const tools = { espeak: config.espeak ?? 'espeak-ng', sox: config.sox ?? 'sox' }
  const announcements = new AnnouncementFolder(
    join(config.dataDir, 'announcements'),
    tools,
    LONGEST_ANNOUNCEMENT_MS,
  )
  const ivr = new Ivr({ db, check: checkTree, announcements, log })
  // Calls are not kept waiting for sounds that are there nearly always.
  void ivr.makeLiveSounds().catch(error => log.error({ err: error }, 'announcements were not looked at'))

  const journalFolder = join(config.dataDir, 'journal')
  // A second service would put a journal of its own in the place of the one that is written.
  const hold = await tryHold(`journal ${resolve(journalFolder)}`)
  if (hold === null) throw new WrongSettings([`another service writes the journal in ${journalFolder}`])
  undo.push(() => hold.release())
  const { journal, content } = JournalFile.open(journalFolder)
  undo.push(() => journal.close())
  health.watch({
    name: 'journal',
    check: async () => ({ ok: journal.problem === null, detail: journal.problem ?? 'written' }),
  })
  const rules = {
    ringTimeoutMs: config.ringTimeoutMs,
    popAckTimeoutMs: config.popAckTimeoutMs,
    wrapUpMs: config.wrapUpMs,
    wrapUpExtensionMs: config.wrapUpExtensionMs,
    graceMs: config.graceMs,
    asksRating: config.asksRating,
  }
  const floorLog = new FloorLog(log)
  const undigested = floorLog.undigested.bind(floorLog)
  const facts: FactWriter = new FactWriter({
    db,
    journal: journal.id,
    handlers: [recordFact, openDraft, missedCallFacts, recordingFacts(jobs), maskingFacts],
    log,
    written: told => metrics.written(told),
    retell: after => void recover(journal.read(), rules, after, facts, undigested),
  })
  undo.push(() => facts.close(5_000))
  const center = recover(content, rules, await facts.position(), facts, undigested)

  const pbx = new AsteriskPbx({
    address: { url: config.ariUrl, user: config.ariUser, password: config.ariPassword },
    clock: systemClock,
    credentials: await seatCredentials(db),
    announcementsDir: join(config.dataDir, 'announcements'),
    mediaAddress: config.sipHost,
    checkPhonesEveryS: config.phoneCheckS,
    claimant: { journal: journal.id, run: randomUUID(), label: `${hostname()}:${config.httpPort}` },
    standsBy: owner => log.warn({ owner }, 'standing by: another service owns the PBX'),
    setUpFailed: reason => log.warn({ reason }, 'the PBX could not be set up; trying again'),
  })
  undo.push(() => pbx.close())
  health.watch({
    name: 'ari',
    async check() {
      if (center.pbxUp) return { ok: true, detail: 'events flow' }
      const { otherOwner } = pbx
      const detail =
        otherOwner === null ? 'the PBX is silent' : `standing by, the PBX is owned by ${otherOwner}`
      return { ok: false, detail }
    },
  })

  const sessions = new Sessions(db)
  const handoverGate = new HandoverGate({ db, hours: config.handoverHours, log })
  await handoverGate.load()
  undo.push(handoverGate.keepFresh())
  const desks = new Desks({ db, sessions, metrics, log })
  const feed = new FloorFeed(sessions)
  const watcher = watchedBy(floorLog, feed, desks)
  const engine = new Engine({
    center,
    rules,
    clock: systemClock,
    ids: systemIds,
    journal,
    facts,
    pbx,
    desk: desks,
    catalogue,
    masking,
    watcher,
  })
  undo.push(() => engine.stop())
  // Before the first call is heard of.
  const queues = new QueueConfig(db, engine, log)
  await queues.load()
  undo.push(queues.keepFresh())
  metrics.watch(engine, facts)
  metrics.watchPbx(pbx.counters)
  undo.push(keepJournalShort(journal, center, facts))
  // Calls that outlived the last run are found while the pages are still being put together.
  engine.start()

  const schedule = [
    ...sweeps(db),
    ...(maskCarrier?.sweeps ?? []),
    { name: 'uploads cut short', cron: '17 * * * *', run: () => sweepAttachments(attachments, Date.now()) },
    {
      name: 'recordings left behind',
      cron: '7 * * * *',
      run: async () => void (await sweepRecordings(keeping, jobs)),
    },
  ]
  undo.push(startSchedule(schedule, log))
  await sweepRecordings(keeping, jobs)

  const app = await buildApp({
    db,
    now: () => systemClock.now(),
    floor: engine,
    ids: systemIds,
    phones: pbx,
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
      secureCookies: config.secureCookies,
      localSignIn: config.localSignIn,
      singleSignOn: config.singleSignOn,
      trustedProxies: config.trustedProxies,
      phoneWsUrl: config.phoneWsUrl,
      sipHost: config.sipHost,
      showSupervision: config.showSupervision,
      mainLine: config.mainLine,
      maskAccessNumber: config.maskAccessNumber,
      outside: { trunk: config.trunkUri !== null, deniedPrefixes: config.deniedPrefixes },
    },
    rooms: [
      recordingRoutes({ db, folder: config.recordingDir }),
      ivrRoutes({ db, ivr }),
      attachmentRoutes(attachmentDeps(db, attachments)),
      webhookRoutes({ db, named: namedNetworks }),
      carrierEventRoutes({ db, log, reader: maskCarrier?.reader ?? null, caused: countCarrierContact }),
    ],
    pagesFolder: PAGES,
  })
  undo.push(() => app.close())
  await app.listen({ host: config.httpHost, port: config.httpPort })
  log.info({ host: config.httpHost, port: config.httpPort }, 'ready for calls')
  // Now, since a process that is killed writes nothing; without a folder given to Node it does nothing.
  flushCompileCache()
}

async function stop(undo: Undo[], log: Logger): Promise<void> {
  for (let last = undo.pop(); last !== undefined; last = undo.pop()) {
    try {
      await last()
    } catch (error) {
      log.error({ err: error }, 'a part did not stop well')
    }
  }
}

async function main(): Promise<void> {
  let config: Config
  try {
    config = readConfig(process.env)
  } catch (problem) {
    if (!(problem instanceof WrongSettings)) throw problem
    console.error(problem.message)
    process.exit(2)
  }
  const log = createLog(config.logLevel)
  const undo: Undo[] = []
  let stopping = false
  const end = async (code: number) => {
    if (stopping) return
    stopping = true
    await stop(undo, log)
    process.exit(code)
  }
  process.on('SIGTERM', () => void end(0))
  process.on('SIGINT', () => void end(0))
  try {
    await start(config, log, undo)
  } catch (problem) {
    if (problem instanceof WrongSettings) console.error(problem.message)
    else log.fatal({ err: problem }, 'the service cannot start')
    await end(1)
  }
}

await main()
