import { sql, type Transaction } from 'kysely'
import { io, type Socket } from 'socket.io-client'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Database } from '#database/types.ts'
import type { FloorView } from '../../src/floor/supervision/index.ts'
import { asId, type LegId, type SeatNumber } from '../../src/kernel/ids.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { Browser, oneLine, person, readyAgent, type Service, startService } from '../support/service.ts'
import { until } from '../support/until.ts'

const CALLER = '13907551234'
const SEAT = asId<SeatNumber>('1001')
let database: TestDatabase
let service: Service
let lead: Browser
const pages: { close(): void }[] = []
beforeEach(async () => {
  database = await freshDatabase()
  await oneLine(database.db)
  for (const login of ['a1001', 'a1002']) await person(database.db, login)
  await person(database.db, 'lead', 'shift-lead')
  service = await startService(database.db)
  lead = await Browser.signIn(service, 'lead')
})
afterEach(async () => {
  for (const page of pages.splice(0)) page.close()
  await service.close()
  await database.close()
})

let legs = 0
function dial(caller = CALLER): LegId {
  const leg = asId<LegId>(`leg-${++legs}`)
  service.pbx.dialIn(leg, caller, '12345')
  return leg
}
const seat = () => service.engine.seat(SEAT)
const acts = () => database.db.selectFrom('supervision_acts').selectAll().orderBy('id').execute()
const floor = async (): Promise<FloorView> => (await lead.ask('GET', '/api/floor')).body
const act = (what: string, body?: object, number = '1001') =>
  lead.ask('POST', `/api/floor/seats/${number}/${what}`, body)

async function agentAt1001() {
  const agent = await readyAgent(service, 'a1001', 1001)
  pages.push(agent.page)
  return agent
}

async function talking(): Promise<LegId> {
  const leg = dial()
  await until(() => seat()?.state.name === 'ringing')
  const { state } = seat() ?? {}
  if (state === undefined || !('leg' in state)) throw new Error('the seat rings no phone')
  await until(() => service.pbx.legs.has(state.leg))
  service.pbx.pickUp(state.leg)
  await until(() => service.engine.calls().some(call => call.state.name === 'talking'))
  return leg
}

async function lockActs(trx: Transaction<Database>): Promise<void> {
  await sql`lock table supervision_acts in access exclusive mode`.execute(trx)
}

async function someoneWaits(): Promise<boolean> {
  const { rows } = await sql`
    select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()
  `.execute(database.db)
  return rows.length > 0
}

/** The floor as a page of it hears it. */
class FloorPage {
  readonly views: FloorView[] = []
  readonly refused: string[] = []
  readonly socket: Socket
  constructor(cookie: string) {
    this.socket = io(`${service.url}/floor`, {
      transports: ['websocket'],
      extraHeaders: { cookie },
      forceNew: true,
      reconnection: false,
    })
    this.socket.on('floor', view => this.views.push(view))
    this.socket.on('connect_error', error => this.refused.push(error.message))
    pages.push(this)
  }
  close(): void {
    this.socket.disconnect()
  }
}

test('the floor and its acts are for shift leads and administrators', async () => {
  await agentAt1001()
  await person(database.db, 'admin', 'admin')
  await person(database.db, 'ears', 'quality')
  for (const [login, status] of [
    ['admin', 200],
    ['lead', 200],
    ['ears', 403],
    ['a1002', 403],
  ] as const) {
    const browser = await Browser.signIn(service, login)
    expect([login, (await browser.ask('GET', '/api/floor')).status]).toEqual([login, status])
    const signOut = await browser.ask('POST', '/api/floor/seats/1002/sign-out', { note: '试' })
    expect([login, signOut.status]).toEqual([login, status === 200 ? 409 : 403])
  }
  const stranger = await service.app.inject({ method: 'GET', url: '/api/floor' })
  expect(stranger.statusCode).toBe(401)
  expect(await acts()).toEqual([])
  expect(seat()?.state.name).toBe('ready')
})

test('the view: seats with their calls, callers in their order, why a seat is passed over', async () => {
  const { page } = await agentAt1001()
  await talking()
  dial('13811112222')
  await until(() => service.engine.waiting() === 1)
  const first = service.engine.calls().find(call => call.state.name === 'queued')
  await until(() => Date.now() > (first?.place?.since ?? Number.POSITIVE_INFINITY))
  dial('')
  await until(() => service.engine.waiting() === 2)
  const view = await floor()
  expect(view.seats).toHaveLength(1)
  expect(view.seats[0]).toMatchObject({
    number: '1001',
    agentName: '姓名a1001',
    agentNumber: '1001',
    state: 'talking',
    call: { callerNumber: CALLER, lineName: '便民热线' },
    whyNotOffered: [],
    after: { name: 'ready' },
  })
  expect(view.queues).toHaveLength(1)
  const [queue] = view.queues
  expect(queue).toMatchObject({ id: 'general', nameZh: '综合', waiting: 2, readySeats: 0 })
  expect(queue?.callers.map(caller => caller.callerNumber)).toEqual(['13811112222', ''])
  expect(queue?.longestWaitMs).toBe(queue?.callers[0]?.waitedMs)
  page.close()
  await until(() => seat()?.deskConnected === false)
  expect((await floor()).seats[0]?.whyNotOffered).toEqual(['desk-not-connected'])
})

test("today's figures count answered and abandoned calls of the city's day", async () => {
  const { browser } = await agentAt1001()
  const leg = await talking()
  service.pbx.hangUp(leg)
  await until(() => seat()?.state.name === 'wrap-up')
  const left = dial('13811112222')
  await until(() => service.engine.waiting() === 1)
  service.pbx.hangUp(left)
  await until(() => service.engine.waiting() === 0)
  await browser.ask('POST', '/api/my-seat/not-ready', { reason: 'break' })
  dial('13833334444')
  await until(() => service.engine.waiting() === 1)
  await service.facts.flushed()
  expect((await floor()).today).toEqual({
    offered: 3,
    answered: 1,
    abandoned: 1,
    shortAbandoned: 1,
    within15s: 1,
    serviceLevel: 1,
  })
})

test('not ready: on record, done, and told to the agent', async () => {
  const { page } = await agentAt1001()
  const answer = await act('not-ready', { reason: 'break', note: '连续通话过久' })
  expect(answer.status).toBe(200)
  expect(answer.body.seat).toMatchObject({ state: 'not-ready', reason: 'break' })
  expect(await acts()).toMatchObject([
    {
      id: answer.body.id,
      act: 'not-ready',
      seat: '1001',
      reason: 'break',
      note: '连续通话过久',
      call_id: null,
      refusal: null,
    },
  ])
  const people = await database.db.selectFrom('staff').select(['id', 'login']).execute()
  const idOf = (login: string) => people.find(one => one.login === login)?.id
  expect(await acts()).toMatchObject([{ by_staff: idOf('lead'), subject_staff: idOf('a1001') }])
  expect(await page.first('alarm')).toEqual({
    code: 'supervised',
    text: '班长 姓名lead 将您置为示忙（小休），说明：连续通话过久',
  })
  expect((await act('ready')).body.seat).toMatchObject({ state: 'ready' })
})

test('during a call a sign-out holds for after it; hanging up ends it', async () => {
  const { page } = await agentAt1001()
  await talking()
  const signOut = await act('sign-out', { note: '下班' })
  expect(signOut.body.seat).toMatchObject({ state: 'talking', after: { name: 'signed-out' } })
  expect((await page.first('alarm')).text).toContain('通话结束后将您签出')
  const [call] = service.engine.calls()
  expect((await act('hang-up', { note: '来电人辱骂' })).status).toBe(200)
  await until(() => seat()?.state.name === 'wrap-up')
  expect((await acts()).map(stored => [stored.act, stored.call_id])).toEqual([
    ['sign-out', call?.id],
    ['hang-up', call?.id],
  ])
})

test('what is refused is neither done nor on record', async () => {
  await agentAt1001()
  const note = '试'
  const answers = [
    await act('sign-out', { note }, '9999'),
    await act('sign-out', { note }, '1002'),
    await act('hang-up', { note }),
    await act('not-ready', { reason: 'no-answer', note }),
    await act('not-ready', { reason: 'break', note: '   ' }),
    await act('not-ready', { reason: 'break' }),
    await act('sign-out', {}),
  ]
  expect(answers.map(answer => [answer.status, answer.body.code])).toEqual([
    [404, 'seat-unknown'],
    [409, 'no-agent'],
    [409, 'no-call'],
    [400, 'bad-input'],
    [400, 'bad-input'],
    [400, 'bad-input'],
    [400, 'bad-input'],
  ])
  expect(seat()?.state.name).toBe('ready')
  expect(await acts()).toEqual([])
})

test('a call that ended while the act was being stored: refused, on record as refused, no other call hit', async () => {
  await agentAt1001()
  const leg = await talking()
  // The table is locked, so the act waits for it while the call goes on to its end.
  const answer = await database.db.transaction().execute(async trx => {
    await lockActs(trx)
    const asked = act('hang-up', { note: '来电人辱骂' })
    await until(async () => await someoneWaits())
    service.pbx.hangUp(leg)
    await until(() => seat()?.state.name === 'wrap-up')
    return { asked }
  })
  expect((await answer.asked).body.code).toBe('no-call')
  expect(await acts()).toMatchObject([{ act: 'hang-up', refusal: 'no-call' }])
})

test('the socket: for shift leads only, all of it on connecting, and what happens within a second in one push', async () => {
  await agentAt1001()
  const agent = await Browser.signIn(service, 'a1002')
  const closed = [new FloorPage(agent.cookie), new FloorPage('hotline_session=guess')]
  await until(() => closed.every(page => page.refused.length === 1))
  expect(closed.map(page => page.refused[0])).toEqual(['not-allowed', 'not-signed-in'])

  const page = new FloorPage(lead.cookie)
  await until(() => page.views.length === 1)
  expect(page.views[0]?.seats.map(({ number }) => number)).toEqual(['1001'])
  const from = performance.now()
  for (let change = 0; change < 50; change++) {
    for (const reason of ['break', 'meal']) {
      service.engine.submit({ type: 'not-ready-requested', at: Date.now(), seat: SEAT, reason })
    }
    await new Promise(setImmediate)
  }
  service.engine.submit({ type: 'not-ready-requested', at: Date.now(), seat: SEAT, reason: 'last' })
  await until(() => page.views.at(-1)?.seats[0]?.reason === 'last')
  const seconds = (performance.now() - from) / 1_000
  // The first change is shown at once; from then on one push a second at most.
  expect(page.views.length - 1).toBeLessThanOrEqual(2 + Math.floor(seconds))
  expect(closed.flatMap(refused => refused.views)).toEqual([])

  await lead.ask('DELETE', '/api/session')
  await until(() => page.socket.disconnected)
})
