import { sql } from 'kysely'
import { io } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { asId, type LegId, type SeatNumber } from '../../src/kernel/ids.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { createTemplate } from '../support/database-setup.ts'
import { Postgres } from '../support/postgres.ts'
import {
  Browser,
  DeskPage,
  oneLine,
  person,
  readyAgent,
  type Service,
  startService,
} from '../support/service.ts'
import { until } from '../support/until.ts'

const CALLER = '13907551234'
let postgres: Postgres
let database: TestDatabase
let service: Service
beforeAll(async () => {
  postgres = await Postgres.start()
  await createTemplate(postgres)
})
afterAll(() => postgres.remove())
beforeEach(async () => {
  database = await freshDatabase(postgres.url('postgres'))
  await oneLine(database.db)
  for (const login of ['a1001', 'a1002']) await person(database.db, login)
  service = await startService(database.db, { popAckTimeoutMs: 60_000 })
})
afterEach(async () => {
  await service.close()
  await database.close()
})

const SEAT = asId<SeatNumber>('1001')
const seat = () => service.engine.seat(SEAT)
let legs = 0
function dial(caller = CALLER): LegId {
  const leg = asId<LegId>(`leg-${++legs}`)
  service.pbx.dialIn(leg, caller, '12345')
  return leg
}
const pops = () => database.db.selectFrom('screen_pops').selectAll().orderBy('id').execute()

/** From the ringing of the seat's phone to the end of the wrap-up. */
async function talk(browser: Browser, leg: LegId): Promise<void> {
  await until(() => seat()?.state.name === 'ringing')
  const { state } = seat() ?? {}
  if (state === undefined || !('leg' in state)) throw new Error('the seat rings no phone')
  // The fake PBX rings a little after it is told to.
  await until(() => service.pbx.legs.has(state.leg))
  service.pbx.pickUp(state.leg)
  await until(() => [...service.engine.calls()].some(call => call.state.name === 'talking'))
  service.pbx.hangUp(leg)
  await until(() => seat()?.state.name === 'wrap-up')
  await browser.ask('POST', '/api/my-seat/wrap-up/finish')
  await service.facts.flushed()
}

test('a socket without a session, or opened by another site, is refused', async () => {
  const stranger = new DeskPage(service.url, 'hotline_session=guess', null)
  expect(await stranger.first('refused')).toBe('not-signed-in')
  const browser = await Browser.signIn(service, 'a1001')
  const elsewhere = new DeskPage(service.url, browser.cookie, null, { origin: 'https://elsewhere.test' })
  await elsewhere.first('refused')
  const here = new DeskPage(service.url, browser.cookie, null, { origin: service.url })
  expect(await here.first('snapshot')).toEqual({ seat: null, pop: null, cursor: null })
  expect(stranger.all('snapshot')).toEqual([])
  expect(elsewhere.all('snapshot')).toEqual([])
  here.close()
})

test('a pop is stored, shown, acknowledged, and only then the phone rings', async () => {
  const { page } = await readyAgent(service, 'a1001', 1001)
  page.deaf = true
  dial()
  const pop = await page.first('pop')
  expect(pop).toMatchObject({
    callerNumber: CALLER,
    dialled: '12345',
    line: { number: '12345', name: '便民热线' },
    attempt: 1,
    earlierCalls: [],
    openWorkOrders: [],
  })
  const [stored] = await pops()
  expect(stored).toMatchObject({ id: pop.id, call_id: pop.callId, seat: '1001', acknowledged_at: null })
  expect(seat()?.state.name).toBe('reserved')
  page.close()
})

test('its acknowledgement is kept and lets the phone ring', async () => {
  const { page } = await readyAgent(service, 'a1001', 1001)
  dial()
  await until(() => seat()?.state.name === 'ringing')
  await until(async () => (await pops())[0]?.acknowledged_at instanceof Date)
  const states = page.all('seat').map(view => view.state)
  expect(states).toEqual(expect.arrayContaining(['reserved', 'ringing']))
  expect(page.all('seat').find(view => view.state === 'ringing')?.callerNumber).toBe(CALLER)
  page.close()
})

test("the pop brings the caller's earlier calls and open orders, another caller's not", async () => {
  const { browser, page } = await readyAgent(service, 'a1001', 1001)
  await talk(browser, dial())
  await talk(browser, dial('089866123456'))
  await talk(browser, dial())
  dial()
  await until(() => page.all('pop').length === 4)
  const pop = page.all('pop')[3]
  const [first, , third] = page.all('pop')
  expect(pop?.earlierCalls.map(call => call.id)).toEqual([third?.callId, first?.callId])
  expect(pop?.earlierCalls[0]).toMatchObject({
    agentName: '姓名a1001',
    result: 'completed',
    lineName: '便民热线',
  })
  expect(pop?.openWorkOrders.map(order => order.id)).toEqual([third?.draft, first?.draft])
  expect(pop?.openWorkOrders[0]?.openedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  page.close()
})

test('a withheld number has no history', async () => {
  const { browser, page } = await readyAgent(service, 'a1001', 1001)
  await talk(browser, dial(''))
  dial('')
  await until(() => page.all('pop').length === 2)
  expect(page.all('pop')[1]).toMatchObject({ callerNumber: '', earlierCalls: [], openWorkOrders: [] })
  page.close()
})

test('a page that is reloaded before it acknowledged gets the pop again, and its acknowledgement counts', async () => {
  const { browser, page } = await readyAgent(service, 'a1001', 1001)
  page.deaf = true
  dial()
  const pop = await page.first('pop')
  page.close()
  const reloaded = browser.desk()
  const snapshot = await reloaded.first('snapshot')
  expect(snapshot).toMatchObject({ seat: { state: 'reserved', callId: pop.callId }, cursor: pop.id })
  expect(snapshot.pop).toEqual(pop)
  await until(() => seat()?.state.name === 'ringing')
  expect(reloaded.all('pop')).toEqual([pop])
  expect(reloaded.order[0]).toBe('snapshot')
  expect(await pops()).toHaveLength(1)
  reloaded.close()
})

test('a page that acknowledged gets the call it is busy with in its snapshot only', async () => {
  const { browser, page } = await readyAgent(service, 'a1001', 1001)
  dial()
  const pop = await page.first('pop')
  await until(() => seat()?.state.name === 'ringing')
  page.close()
  const reloaded = browser.desk(pop.id)
  expect((await reloaded.first('snapshot')).pop).toEqual(pop)
  await until(() => seat()?.deskConnected === true)
  expect(await reloaded.first('missed')).toEqual([])
  expect(reloaded.all('pop')).toEqual([])
  reloaded.close()
})

test('pops after the cursor that are over are replayed once, and none without a cursor', async () => {
  const { browser, page } = await readyAgent(service, 'a1001', 1001)
  await talk(browser, dial())
  await talk(browser, dial())
  const [first, second] = page.all('pop')
  page.close()
  const back = browser.desk(first?.id)
  const snapshot = await back.first('snapshot')
  expect(snapshot).toMatchObject({ pop: null, cursor: second?.id })
  expect((await back.first('missed')).map(pop => pop.callId)).toEqual([second?.callId])
  back.close()
  const again = browser.desk(snapshot.cursor)
  await again.first('snapshot')
  const fresh = browser.desk(null)
  await fresh.first('snapshot')
  await until(() => again.all('alarm').length > 0)
  expect([await again.first('missed'), await fresh.first('missed')]).toEqual([[], []])
  again.close()
  fresh.close()
})

test('the newest page of one person has the phone and the pops; the others are told, and take over', async () => {
  const { browser, page: old } = await readyAgent(service, 'a1001', 1001)
  const young = browser.desk()
  expect(await old.first('alarm')).toMatchObject({ code: 'desk-replaced' })
  young.deaf = true
  dial()
  const pop = await young.first('pop')
  expect(old.all('pop')).toEqual([])
  await until(() => old.all('seat').some(view => view.state === 'reserved'))
  young.close()
  await until(() => old.all('alarm').some(alarm => alarm.code === 'desk-restored'))
  expect(await old.first('pop')).toEqual(pop)
  await until(() => seat()?.state.name === 'ringing')
  expect(seat()?.deskConnected).toBe(true)
  old.close()
})

test('no call is offered to a seat whose page is gone; the next page gets it', async () => {
  const { browser, page } = await readyAgent(service, 'a1001', 1001)
  page.close()
  await until(() => seat()?.deskConnected === false)
  dial()
  await until(() => service.engine.waiting() === 1)
  expect(await pops()).toEqual([])
  const back = browser.desk()
  await back.first('pop')
  expect(back.order[0]).toBe('snapshot')
  back.close()
})

test('signing out in the middle of a call leaves the seat once the call is over', async () => {
  const { browser, page } = await readyAgent(service, 'a1001', 1001)
  dial()
  await until(() => seat()?.state.name === 'ringing')
  await browser.ask('DELETE', '/api/session')
  await until(() => page.socket.disconnected)
  expect(seat()?.state).toMatchObject({ name: 'ringing', after: { name: 'signed-out' } })
  const { state } = seat() ?? {}
  if (state === undefined || !('leg' in state)) throw new Error('the seat rings no phone')
  await until(() => service.pbx.legs.has(state.leg))
  service.pbx.hangUp(state.leg)
  await until(() => seat()?.agent === null)
})

test('signing out ends a desk that is still waiting for its snapshot', async () => {
  const browser = await Browser.signIn(service, 'a1001')
  const page = await database.db.transaction().execute(async trx => {
    await sql`lock table screen_pops`.execute(trx)
    const opening = browser.desk()
    await until(() => opening.socket.connected)
    await browser.ask('DELETE', '/api/session')
    return opening
  })
  await until(() => page.socket.disconnected)
  expect(page.order).toEqual([])
})

test('whoever is struck off the staff loses desk and seat', async () => {
  const { page } = await readyAgent(service, 'a1001', 1001)
  const { page: other } = await readyAgent(service, 'a1002', 1002)
  await database.db.updateTable('staff').set({ active: false }).where('login', '=', 'a1001').execute()
  await until(() => page.socket.disconnected, 10_000)
  await until(() => seat()?.agent === null)
  expect(other.socket.connected).toBe(true)
  other.close()
})

test('without a session there is no socket, whatever its namespace', async () => {
  const socket = io(service.url, { transports: ['websocket'], forceNew: true, reconnection: false })
  const refusal = await new Promise<Error | null>(resolve => {
    socket.once('connect_error', resolve)
    socket.once('connect', () => resolve(null))
  })
  socket.close()
  expect(refusal).toMatchObject({ message: 'not-found' })
})

test('PostgreSQL silent: the pop is shown without history within the time the phone waits, and stored later', async () => {
  const { page } = await readyAgent(service, 'a1001', 1001)
  await postgres.freeze()
  const from = Date.now()
  dial()
  const pop = await page.first('pop').finally(() => postgres.thaw())
  expect(Date.now() - from).toBeLessThan(1_000)
  expect(pop).toMatchObject({ id: 0, callerNumber: CALLER, earlierCalls: [], openWorkOrders: [] })
  await until(() => seat()?.state.name === 'ringing')
  await until(async () => (await pops())[0]?.acknowledged_at instanceof Date)
  expect(await pops()).toHaveLength(1)
  expect((await pops())[0]).toMatchObject({ call_id: pop.callId })
  page.close()
})

test('PostgreSQL stopped: the call goes on; pop, facts and draft are written when it returns', async () => {
  const { browser, page } = await readyAgent(service, 'a1001', 1001)
  await postgres.stop()
  const leg = dial()
  const pop = await page.first('pop')
  expect(pop.id).toBe(0)
  await until(() => seat()?.state.name === 'ringing')
  await postgres.run()
  await until(async () => (await browser.ask('GET', '/api/session')).status === 200)
  await talk(browser, leg)
  await until(async () => (await pops())[0]?.acknowledged_at instanceof Date)
  const order = await database.db.selectFrom('work_orders').selectAll().executeTakeFirstOrThrow()
  expect(order).toMatchObject({ id: pop.draft, call_id: pop.callId })
  page.close()
})
