import { io, type Socket } from 'socket.io-client'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { AlarmView } from '../../src/floor/alarms/index.ts'
import { asId, type LegId, type SeatNumber } from '../../src/kernel/ids.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { Browser, oneLine, person, readyAgent, type Service, startService } from '../support/service.ts'
import { until } from '../support/until.ts'

const CALLER = '13907551234'
let database: TestDatabase
let service: Service
let lead: Browser
let floor: FloorPage
const pages: { close(): void }[] = []
beforeEach(async () => {
  database = await freshDatabase()
  await oneLine(database.db)
  await person(database.db, 'a1001')
  await person(database.db, 'lead', 'shift-lead')
  service = await startService(database.db)
  await open()
})
afterEach(async () => {
  for (const page of pages.splice(0)) page.close()
  await service.close()
  await database.close()
})

async function open(): Promise<void> {
  lead = await Browser.signIn(service, 'lead')
  floor = new FloorPage(lead.cookie)
}

/** The alarms as a floor page hears them. */
class FloorPage {
  heard: readonly AlarmView[] | null = null
  readonly socket: Socket
  constructor(cookie: string) {
    this.socket = io(`${service.url}/floor`, {
      transports: ['websocket'],
      extraHeaders: { cookie },
      forceNew: true,
      reconnection: false,
    })
    this.socket.on('alarms', alarms => {
      this.heard = alarms
    })
    pages.push(this)
  }
  close(): void {
    this.socket.disconnect()
  }
}

const only = (kind: string, given: object) => ({
  kind,
  queue: null,
  reason: null,
  notice: null,
  warning: null,
  serious: null,
  leastCalls: null,
  active: true,
  ...given,
})
async function setLimits(...limits: object[]): Promise<void> {
  const { headers } = await lead.ask('GET', '/api/alarm-limits')
  const saved = await lead.ask('PUT', '/api/alarm-limits', { limits }, { 'if-match': String(headers.etag) })
  expect(saved.status).toBe(200)
}
function dial(): LegId {
  const leg = asId<LegId>(`leg-${Math.random()}`)
  service.pbx.dialIn(leg, CALLER, '12345')
  return leg
}
const standing = () => floor.heard?.map(alarm => `${alarm.kind} ${alarm.level}`)
const history = async () => (await lead.ask('GET', '/api/alarms')).body.items
const stored = () => database.db.selectFrom('alarms').selectAll().orderBy('raised_at').execute()

test('raised, pushed, acknowledged, cleared: one episode on record', async () => {
  await setLimits(only('caller-waits', { warning: 0 }))
  await until(() => floor.heard?.length === 0)
  const leg = dial()
  await until(() => standing()?.join() === 'caller-waits warning')
  const [alarm] = floor.heard ?? []
  const call = service.engine.calls()[0]?.id
  expect(alarm).toMatchObject({ queue: 'general', callId: call, limit: 0, acknowledged: null, value: null })

  const path = `/api/alarms/${alarm?.id}/acknowledge`
  expect((await lead.ask('POST', path, { note: '已加派人手' })).body).toMatchObject({
    by: '姓名lead',
    note: '已加派人手',
  })
  await until(() => floor.heard?.[0]?.acknowledged?.note === '已加派人手')

  service.pbx.hangUp(leg)
  await until(() => floor.heard?.length === 0)
  const [episode] = await until(async () => {
    const items = await history()
    return items[0]?.clearedAt === null ? null : items
  })
  expect(episode).toMatchObject({
    id: alarm?.id,
    kind: 'caller-waits',
    level: 'warning',
    queue: { id: 'general', nameZh: '综合' },
    callId: call,
    acknowledged: { by: '姓名lead', note: '已加派人手' },
  })
  expect(Date.parse(episode.clearedAt)).toBeGreaterThan(Date.parse(episode.raisedAt))
  expect((await stored())[0]?.peak).toBeGreaterThan(0)
})

test('a seat left unready: with its agent, and of its reason', async () => {
  await setLimits(
    only('long-not-ready', { warning: 3_600_000 }),
    only('long-not-ready', { reason: 'break', notice: 0 }),
  )
  const { browser, page } = await readyAgent(service, 'a1001', 1001)
  pages.push(page)
  await browser.ask('POST', '/api/my-seat/not-ready', { reason: 'break' })
  await until(() => standing()?.join() === 'long-not-ready notice')
  expect(floor.heard).toMatchObject([{ seat: '1001', agentName: '姓名a1001', reason: 'break' }])
  await browser.ask('POST', '/api/my-seat/ready')
  await until(() => floor.heard?.length === 0)
  const [episode] = await until(async () => {
    const items = await history()
    return items.length === 1 && items
  })
  expect(episode).toMatchObject({ seat: '1001', agentName: '姓名a1001', reason: 'break', queue: null })
})

test('a phone lost while ready, an unanswered caller, a bad share: all of them at once, the worst first', async () => {
  await setLimits(
    only('not-offered', { warning: 0 }),
    only('answer-rate-24-h', { notice: 99, serious: 95, leastCalls: 2 }),
    only('no-answers', { warning: 1 }),
  )
  const { page } = await readyAgent(service, 'a1001', 1001)
  pages.push(page)
  await until(() => floor.heard !== null)
  const at = Date.now()
  const agent = await database.db
    .selectFrom('staff')
    .select('id')
    .where('login', '=', 'a1001')
    .executeTakeFirst()
  await database.db
    .insertInto('seat_changes')
    .values({
      seat: asId('1001'),
      at: new Date(at - 60_000),
      staff_id: agent?.id ?? null,
      state: 'not-ready',
      reason: 'no-answer',
      call_id: null,
    })
    .execute()
  for (let callers = 0; callers < 2; callers++) {
    const leg = dial()
    await until(() => service.engine.calls().length === 1)
    service.pbx.hangUp(leg)
    await until(() => service.engine.calls().length === 0)
  }
  page.close()
  await until(() => service.engine.seat(asId<SeatNumber>('1001'))?.deskConnected === false)
  await until(() => floor.heard?.length === 3, 25_000)
  expect(standing()?.[0]).toBe('answer-rate-24-h serious')
  expect(standing()?.toSorted()).toEqual([
    'answer-rate-24-h serious',
    'no-answers warning',
    'not-offered warning',
  ])
  const of = (kind: string) => floor.heard?.find(alarm => alarm.kind === kind)
  expect(of('answer-rate-24-h')).toMatchObject({ seat: null, since: null, value: 0, limit: 95 })
  expect(of('no-answers')).toMatchObject({ seat: '1001', value: 1 })
  expect(of('not-offered')).toMatchObject({ seat: '1001', reason: 'desk-not-connected' })
})

test('what stood when the service went stands when it is back, and is one episode', async () => {
  await setLimits(only('long-not-ready', { warning: 0 }))
  const { browser, page } = await readyAgent(service, 'a1001', 1001)
  pages.push(page)
  await browser.ask('POST', '/api/my-seat/not-ready', { reason: 'break' })
  await until(async () => (await stored()).length === 1)
  const [before] = await stored()
  await service.close()

  service = await startService(database.db)
  await open()
  await until(() => floor.heard !== null)
  // Its seat is unknown to the new engine, which has no journal here: it clears, as the same episode.
  await until(async () => (await stored())[0]?.cleared_at != null)
  expect((await stored()).map(({ id }) => id)).toEqual([before?.id])
})

test('while PostgreSQL is away alarms are raised and acknowledged; they are on record when it is back', async () => {
  await setLimits(only('caller-waits', { serious: 0 }))
  const first = dial()
  await until(() => standing()?.join() === 'caller-waits serious')
  service.pbx.hangUp(first)
  await until(async () => (await stored())[0]?.cleared_at != null)
  await until(() => floor.heard?.length === 0)
  await database.db.schema.alterTable('alarms').renameTo('alarms_away').execute()
  const leg = dial()
  await until(() => standing()?.join() === 'caller-waits serious')
  const [alarm] = floor.heard ?? []
  const path = `/api/alarms/${alarm?.id}/acknowledge`
  expect((await lead.ask('POST', path, { note: '' })).status).toBe(200)
  service.pbx.hangUp(leg)
  await until(() => floor.heard?.length === 0)
  expect((await lead.ask('POST', path, { note: '事后补记' })).status).toBe(200)
  await database.db.schema.alterTable('alarms_away').renameTo('alarms').execute()
  await until(async () => (await stored()).length === 2)
  const [newest] = await history()
  expect(newest).toMatchObject({ id: alarm?.id, acknowledged: { note: '事后补记' } })
  expect(newest.clearedAt).not.toBeNull()
})

test('limits: for all to read, for shift leads to save over the version they edited', async () => {
  const agent = await Browser.signIn(service, 'a1001')
  const read = await agent.ask('GET', '/api/alarm-limits')
  expect([read.status, read.headers.etag]).toEqual([200, '"1"'])
  expect(read.body.limits).toContainEqual(only('caller-waits', { warning: 60_000, serious: 180_000 }))
  const form = { limits: read.body.limits }
  const save = (who: Browser, version: string, body: object = form) =>
    who.ask('PUT', '/api/alarm-limits', body, { 'if-match': version })
  expect((await save(agent, '"1"')).status).toBe(403)
  expect((await agent.ask('GET', '/api/alarms')).status).toBe(403)
  expect((await agent.ask('POST', '/api/alarms/x/acknowledge', { note: '' })).status).toBe(403)
  expect((await save(lead, '"1"')).body).toMatchObject({ version: 2 })
  expect((await save(lead, '"1"')).body.code).toBe('changed-meanwhile')
  const wrong = { limits: [only('long-not-ready', { reason: 'nap', warning: 9, serious: 8 })] }
  const refused = await save(lead, '"2"', wrong)
  expect(refused.body).toMatchObject({
    code: 'bad-input',
    fields: { '0.reason': 'unknown', '0.serious': 'not-worse' },
  })
  expect((await save(lead, '"2"', { limits: [] })).status).toBe(400)
  expect((await lead.ask('POST', '/api/alarms/none.1/acknowledge', { note: '' })).status).toBe(404)
})

test('the history: by when they were raised, page by page', async () => {
  const from = Date.parse('2026-11-20T00:00:00Z')
  const rows = Array.from({ length: 130 }, (_, i) => ({
    id: `long-talk.1001.${i}`,
    kind: 'long-talk' as const,
    level: 'warning' as const,
    seat: asId<SeatNumber>('1001'),
    // Several at one instant.
    raised_at: new Date(from + Math.floor(i / 3) * 1_000),
    threshold: 1,
    peak: 2,
  }))
  await database.db.insertInto('alarms').values(rows).execute()
  const period = `from=2026-11-20T00:00:00Z&to=2026-11-20T00:00:40Z`
  const first = (await lead.ask('GET', `/api/alarms?${period}`)).body
  const next = encodeURIComponent(first.next)
  const second = (await lead.ask('GET', `/api/alarms?${period}&cursor=${next}`)).body
  const items = [...first.items, ...second.items]
  expect([first.items.length, items.length, second.next]).toEqual([100, 120, null])
  expect(new Set(items.map(({ id }) => id)).size).toBe(120)
  const times = items.map(({ raisedAt }) => raisedAt)
  expect(times).toEqual(times.toSorted().reverse())
})
