import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Fact } from '../../src/contact-center/events.ts'
import type { StaffId } from '../../src/kernel/ids.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { abandonedCall, answeredCall, EVENING, type ToldCall } from '../support/facts.ts'
import { Browser, oneLine, person, type Service, startService } from '../support/service.ts'

let database: TestDatabase
let service: Service
let agent: Browser
let other: Browser
let lead: Browser
let one: StaffId
let sequence = 0
beforeAll(async () => {
  database = await freshDatabase()
  await oneLine(database.db)
  service = await startService(database.db)
  one = await person(database.db, 'a1001')
  await person(database.db, 'a1002')
  await person(database.db, 'lead', 'shift-lead')
  await person(database.db, 'quality', 'quality')
  agent = await Browser.signIn(service, 'a1001')
  other = await Browser.signIn(service, 'a1002')
  lead = await Browser.signIn(service, 'lead')
})
afterAll(async () => {
  await service.close()
  await database.close()
})

async function tell(...calls: ToldCall[]): Promise<void> {
  for (const facts of calls.flatMap(call => call.events)) service.facts.accept(++sequence, facts)
  await service.facts.flushed()
}

async function waiting(): Promise<{ id: number; callerNumber: string; times: number; state: string }[]> {
  return (await agent.ask('GET', '/api/missed-calls')).body.items
}

test('a caller who left three times is on the list once; one who was answered is not', async () => {
  await tell(abandonedCall(EVENING, '13900000001'), abandonedCall(EVENING + 60_000, '13900000001'))
  await tell(abandonedCall(EVENING + 120_000, '13900000001'), answeredCall(one, EVENING, '13900000002'))
  expect(await waiting()).toMatchObject([{ callerNumber: '13900000001', times: 3, state: 'open' }])
})

test('a withheld number cannot be called back and is not listed', async () => {
  await tell(abandonedCall(EVENING, ''))
  expect(await waiting()).toHaveLength(1)
})

test('who gets through by calling again is off the list, and on it again when left later', async () => {
  await tell(abandonedCall(EVENING, '13900000003'))
  expect(await waiting()).toHaveLength(2)
  await tell(answeredCall(one, EVENING + 300_000, '13900000003'))
  expect(await waiting()).toHaveLength(1)
  const { body } = await agent.ask('GET', '/api/missed-calls?state=reached')
  expect(body.items).toMatchObject([{ callerNumber: '13900000003', state: 'reached' }])
  await tell(abandonedCall(EVENING + 600_000, '13900000003'))
  expect(await waiting()).toMatchObject([{ callerNumber: '13900000003', times: 1 }, {}])
})

test('of two agents who claim one at once, one gets it; a shift lead may take it over', async () => {
  const [first] = await waiting()
  const claims = await Promise.all(
    [agent, other].map(each => each.ask('POST', `/api/missed-calls/${first?.id}/claim`)),
  )
  expect(claims.map(claim => claim.status).sort()).toEqual([200, 409])
  expect(claims.find(claim => claim.status === 409)?.body.code).toBe('missed-call-claimed')
  expect((await lead.ask('POST', `/api/missed-calls/${first?.id}/claim`)).status).toBe(200)
  expect((await agent.ask('POST', `/api/missed-calls/${first?.id}/reached`, { note: '' })).status).toBe(409)
  expect((await lead.ask('POST', `/api/missed-calls/${first?.id}/release`)).body).toMatchObject({
    state: 'open',
  })
})

test('reached or given up it is closed with a note, and closed it stays', async () => {
  const [first] = await waiting()
  const reached = await agent.ask('POST', `/api/missed-calls/${first?.id}/reached`, { note: '已答复' })
  expect(reached.body).toMatchObject({ state: 'reached', note: '已答复' })
  const again = await agent.ask('POST', `/api/missed-calls/${first?.id}/given-up`, { note: '' })
  expect([again.status, again.body.code]).toEqual([409, 'missed-call-closed'])
})

test('quality looks and does not touch; nonsense is refused clearly', async () => {
  const quality = await Browser.signIn(service, 'quality')
  const [first] = await waiting()
  expect((await quality.ask('POST', `/api/missed-calls/${first?.id}/claim`)).status).toBe(403)
  expect((await agent.ask('POST', '/api/missed-calls/99999/claim')).status).toBe(404)
  expect((await agent.ask('POST', '/api/missed-calls/x/claim')).status).toBe(400)
  expect((await agent.ask('GET', '/api/missed-calls?cursor=x')).status).toBe(400)
})

test('a draft whose first seat let go before both were connected is the next seat’s to save', async () => {
  const two = await person(database.db, 'a1003')
  const told = answeredCall(one, EVENING + 900_000, '13900000009')
  const answer = told.events.findIndex(facts => facts.some(fact => fact.fact === 'call-answered'))
  const answered = told.events[answer]?.find(fact => fact.fact === 'call-answered')
  if (answered?.fact !== 'call-answered') throw new Error('not answered')
  await tell({
    ...told,
    events: [
      ...told.events.slice(0, answer + 1),
      [{ ...answered, answer: { ...answered.answer, staff: two } }],
    ],
  })
  const { opened_by } = await database.db
    .selectFrom('work_orders')
    .select('opened_by')
    .where('id', '=', told.draft)
    .executeTakeFirstOrThrow()
  expect(opened_by).toBe(two)
})

test('found by line and by part of the number, with the names of the line and of who claimed it', async () => {
  await tell(abandonedCall(EVENING, '13955550001'), abandonedCall(EVENING + 60_000, '13955550002'))
  const found = async (query: string) => (await agent.ask('GET', `/api/missed-calls?${query}`)).body.items
  const [entry] = await found('number=55550001')
  expect(entry).toMatchObject({ callerNumber: '13955550001', lineName: '便民热线', claimedByName: null })
  expect(await found('number=5555')).toHaveLength(2)
  expect(await found('number=5555&line=12345')).toHaveLength(2)
  expect(await found('number=5555&line=12320')).toEqual([])
  const { body } = await agent.ask('POST', `/api/missed-calls/${entry.id}/claim`)
  expect(body).toMatchObject({ state: 'claimed', claimedByName: '姓名a1001', claimedAt: expect.any(String) })
  const closed = await agent.ask('POST', `/api/missed-calls/${entry.id}/reached`, { note: '' })
  expect(closed.body).toMatchObject({ state: 'reached', claimedByName: null, closedByName: '姓名a1001' })
})

test('whoever has a moment is offered their own claim first, then the one that has waited longest', async () => {
  await database.db.deleteFrom('missed_calls').execute()
  await tell(abandonedCall(EVENING + 10_000, '13900000101'), abandonedCall(EVENING, '13900000102'))
  await tell(abandonedCall(EVENING + 20_000, '13900000103'))
  const next = async (browser: Browser) => {
    const { body } = await browser.ask('GET', '/api/missed-calls/next')
    return [body.waiting, body.next?.callerNumber ?? null]
  }
  expect(await next(agent)).toEqual([3, '13900000102'])
  const list = await waiting()
  const newest = list.find(({ callerNumber }) => callerNumber === '13900000103')
  await agent.ask('POST', `/api/missed-calls/${newest?.id}/claim`)
  expect(await next(agent)).toEqual([3, '13900000103'])
  expect(await next(other)).toEqual([2, '13900000102'])
  expect(await next(await Browser.signIn(service, 'quality'))).toEqual([0, null])
})

test('a citizen who was called back about an entry is off the list, however the number was written', async () => {
  await database.db.deleteFrom('missed_calls').execute()
  await tell(abandonedCall(EVENING, '+8613900000201'))
  const entry = (await waiting())[0]
  const back = answeredCall(one, EVENING + 60_000, '13900000201')
  const opened = back.events[0]?.[0]
  if (entry === undefined || opened?.fact !== 'call-opened') throw new Error('a call begins by being opened')
  const about: Fact = { ...opened, call: { ...opened.call, direction: 'outbound', missedCall: entry.id } }
  await tell({ ...back, events: [[about], ...back.events.slice(1)] })
  expect(await waiting()).toEqual([])
})
