import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { SYSTEM_REASONS } from '../../src/contact-center/seat/transition.ts'
import { ensureSeats, seatCredentials } from '../../src/floor/seats/index.ts'
import { asId, type SeatNumber } from '../../src/kernel/ids.ts'
import { refuse } from '../../src/kernel/outcome.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { Browser, oneLine, person, readyAgent, type Service, startService } from '../support/service.ts'
import { until } from '../support/until.ts'

let database: TestDatabase
let service: Service
beforeAll(async () => {
  database = await freshDatabase()
  await oneLine(database.db)
  for (const login of ['a1001', 'a1002', 'a1003']) await person(database.db, login)
  await person(database.db, 'lead', 'shift-lead')
})
afterAll(() => database.close())
beforeEach(async () => {
  service = await startService(database.db)
})
afterEach(() => service.close())

const seat = (number: string) => service.engine.seat(asId<SeatNumber>(number))
const take = (browser: Browser, number: string, phone = 'browser') =>
  browser.ask('POST', '/api/my-seat', { seat: number, phone })

test('each phone of each seat has a password of its own, drawn once', async () => {
  const before = await seatCredentials(database.db)
  expect(before).toHaveLength(10)
  expect(new Set(before.map(one => one.password)).size).toBe(10)
  expect(before.every(one => one.password.length >= 20)).toBe(true)
  expect(before.map(one => one.username)).toContain('1001-web')
  await ensureSeats(database.db, 1001, 6)
  const after = await seatCredentials(database.db)
  expect(after).toHaveLength(12)
  expect(after).toEqual(expect.arrayContaining(before))
})

test('taking a seat gives the page what its phone registers with, new each time', async () => {
  const browser = await Browser.signIn(service, 'a1001')
  const first = await take(browser, '1001')
  expect(first.status).toBe(200)
  expect(first.body.seat).toMatchObject({ number: '1001', state: 'not-ready', reason: 'signed-in' })
  expect(first.body.phone).toMatchObject({
    uri: 'sip:1001-web@127.0.0.1',
    username: '1001-web',
    wsUrl: 'ws://pbx.test:8088/ws',
  })
  expect(service.renewed).toEqual([first.body.phone.password])
  expect((await browser.ask('GET', '/api/my-seat')).body).toEqual(first.body)
  expect((await browser.ask('GET', '/api/session')).body.seat).toBe('1001')

  const again = await take(browser, '1001')
  expect(again.body.phone.password).toBe(first.body.phone.password)
  expect((await browser.ask('DELETE', '/api/my-seat')).status).toBe(204)
  const anew = await take(browser, '1001')
  expect(anew.body.phone.password).not.toBe(first.body.phone.password)
})

test('a SIP phone keeps its password to itself', async () => {
  const browser = await Browser.signIn(service, 'a1001')
  const taken = await take(browser, '1002', 'sip')
  expect(taken.body).toMatchObject({ seat: { number: '1002', phone: 'sip' }, phone: null })
  expect(service.renewed).toEqual([])
})

test('one agent a seat, one seat an agent', async () => {
  const [one, two] = [await Browser.signIn(service, 'a1001'), await Browser.signIn(service, 'a1002')]
  await take(one, '1001')
  expect(await take(two, '1001')).toMatchObject({ status: 409, body: { code: 'seat-taken' } })
  expect(await take(one, '1002')).toMatchObject({ status: 409, body: { code: 'agent-has-seat' } })
  expect(await take(two, '1999')).toMatchObject({ status: 404, body: { code: 'seat-unknown' } })
  const seats = (await two.ask('GET', '/api/seats')).body
  expect(seats).toHaveLength(5)
  expect(seats[0]).toMatchObject({ number: '1001', agentName: '姓名a1001', agentNumber: '1001' })
})

test('of many who want one seat at once exactly one gets it', async () => {
  const browsers = await Promise.all(['a1001', 'a1002', 'a1003'].map(login => Browser.signIn(service, login)))
  const replies = await Promise.all(browsers.map(browser => take(browser, '1003')))
  expect(replies.map(reply => reply.status).sort()).toEqual([200, 409, 409])
})

test('who takes no calls takes no seat', async () => {
  const lead = await Browser.signIn(service, 'lead')
  expect(await take(lead, '1001')).toMatchObject({ status: 403, body: { code: 'not-allowed' } })
})

test('a PBX that does not take the password leaves the seat free', async () => {
  await service.close()
  service = await startService(database.db, { phones: { renew: async () => refuse('unavailable') } })
  const browser = await Browser.signIn(service, 'a1001')
  expect(await take(browser, '1001')).toMatchObject({ status: 503, body: { code: 'unavailable' } })
  expect(seat('1001')?.agent).toBeNull()
  expect(await browser.ask('GET', '/api/my-seat')).toMatchObject({ status: 404, body: { code: 'no-seat' } })
})

test('ready wants a registered phone and a connected page, and says which is missing', async () => {
  const browser = await Browser.signIn(service, 'a1001')
  const ready = () => browser.ask('POST', '/api/my-seat/ready')
  expect(await ready()).toMatchObject({ status: 404, body: { code: 'no-seat' } })
  await take(browser, '1001')
  expect(await ready()).toMatchObject({ status: 409, body: { code: 'phone-not-registered' } })
  service.pbx.register(asId('1001'), 'browser')
  await until(() => seat('1001')?.registered === true)
  expect(await ready()).toMatchObject({ status: 409, body: { code: 'desk-not-connected' } })
  const page = browser.desk()
  await until(() => seat('1001')?.deskConnected === true)
  expect(await ready()).toMatchObject({ status: 200, body: { state: 'ready', reason: null } })
  page.close()
  await until(() => seat('1001')?.deskConnected === false)
})

test('not ready takes a reason from the list, and none that only the system sets', async () => {
  const { browser, page } = await readyAgent(service, 'a1001', 1001)
  const notReady = (reason: string) => browser.ask('POST', '/api/my-seat/not-ready', { reason })
  expect(await notReady('break')).toMatchObject({
    status: 200,
    body: { state: 'not-ready', reason: 'break' },
  })
  for (const reason of ['no-answer', 'nonsense']) {
    expect(await notReady(reason)).toMatchObject({
      status: 400,
      body: { code: 'bad-input', fields: { reason: 'unknown' } },
    })
  }
  const reasons = (await browser.ask('GET', '/api/not-ready-reasons')).body
  expect(reasons).toEqual([
    { code: 'break', nameZh: '小休', nameEn: 'Break', choosable: true },
    { code: 'signed-in', nameZh: '已签入', nameEn: 'Signed in', choosable: false },
    { code: 'no-answer', nameZh: '未应答', nameEn: 'No answer', choosable: false },
    { code: 'declined', nameZh: '拒接', nameEn: 'Declined', choosable: false },
    { code: 'phone-lost', nameZh: '话机离线', nameEn: 'Phone lost', choosable: false },
    { code: 'desk-lost', nameZh: '工作台离线', nameEn: 'Desk offline', choosable: false },
  ])
  const system = reasons.filter((one: { choosable: boolean }) => !one.choosable)
  expect(system.map((one: { code: string }) => one.code).sort()).toEqual(Object.values(SYSTEM_REASONS).sort())
  page.close()
})

test('without a call there is nothing to hang up and no wrap-up to finish', async () => {
  const { browser, page } = await readyAgent(service, 'a1001', 1001)
  expect(await browser.ask('POST', '/api/my-seat/hang-up')).toMatchObject({ body: { code: 'no-call' } })
  expect(await browser.ask('POST', '/api/my-seat/wrap-up/finish')).toMatchObject({
    body: { code: 'not-in-wrap-up' },
  })
  page.close()
})

test('signing out leaves an idle seat', async () => {
  const { browser, page } = await readyAgent(service, 'a1001', 1001)
  await browser.ask('DELETE', '/api/session')
  expect(seat('1001')).toMatchObject({ agent: null, state: { name: 'signed-out' } })
  await until(() => page.socket.disconnected)
})
