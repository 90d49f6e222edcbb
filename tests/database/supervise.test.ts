import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { FloorView } from '../../src/floor/supervision/index.ts'
import { asId, type LegId, type SeatNumber } from '../../src/kernel/ids.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import {
  Browser,
  type DeskPage,
  oneLine,
  person,
  readyAgent,
  type Service,
  type ServiceOptions,
  startService,
} from '../support/service.ts'
import { until } from '../support/until.ts'

/** A shift lead at seat 1005 in the talk of seat 1001, and with callers who wait. */

const CALLER = '13907551234'
const AGENT = asId<SeatNumber>('1001')
const LEAD = asId<SeatNumber>('1005')
let database: TestDatabase
let service: Service
let lead: Browser
let agent: Browser
let desk: DeskPage
let leadDesk: DeskPage
const pages: DeskPage[] = []

beforeEach(async () => {
  database = await freshDatabase()
  await oneLine(database.db)
  await person(database.db, 'a1001')
  await person(database.db, 'a1002')
  await person(database.db, 'lead9001', 'shift-lead')
})
afterEach(async () => {
  for (const page of pages.splice(0)) page.close()
  await service.close()
  await database.close()
})

async function begin(options: ServiceOptions = {}): Promise<void> {
  service = await startService(database.db, options)
  const one = await readyAgent(service, 'a1001', 1001)
  agent = one.browser
  desk = one.page
  pages.push(desk)
}

/** The lead sits at 1005, not ready, with a phone. */
async function leadSits(): Promise<void> {
  lead = await Browser.signIn(service, 'lead9001')
  leadDesk = lead.desk()
  pages.push(leadDesk)
  await leadDesk.first('snapshot')
  await lead.ask('POST', '/api/my-seat', { seat: LEAD, phone: 'browser' })
  service.pbx.register(LEAD, 'browser')
  await until(() => seat(LEAD)?.registered === true)
}

const seat = (number: SeatNumber) => service.engine.seat(number)
const theCall = () => service.engine.calls()[0]
const act = (what: string, number: string = AGENT) => lead.ask('POST', `/api/floor/seats/${number}/${what}`)
const acts = () => database.db.selectFrom('supervision_acts').selectAll().orderBy('id').execute()
const floor = async (): Promise<FloorView> => (await lead.ask('GET', '/api/floor')).body

let legs = 0
function dial(caller = CALLER): LegId {
  const leg = asId<LegId>(`supervise-${++legs}`)
  service.pbx.dialIn(leg, caller, '12345')
  return leg
}

async function pickUp(number: SeatNumber): Promise<void> {
  const leg = await until(() => {
    const state = seat(number)?.state
    return state?.name === 'ringing' && service.pbx.legs.has(state.leg) ? state.leg : null
  })
  service.pbx.pickUp(leg)
}

async function talking(): Promise<LegId> {
  const leg = dial()
  await pickUp(AGENT)
  await until(() => theCall()?.state.name === 'talking')
  return leg
}

/** The legs that share a bridge with this one in the PBX. */
async function withLeg(leg: LegId | null | undefined): Promise<readonly LegId[]> {
  const { bridges } = await service.pbx.survey()
  const bridge = bridges.find(one => leg != null && one.legs.includes(leg))
  return (bridge?.legs ?? []).filter(other => other !== leg)
}
const legOf = (number: SeatNumber): LegId | null => {
  const state = seat(number)?.state
  return state !== undefined && 'leg' in state ? state.leg : null
}

test('without a seat of one’s own nothing is heard, and nothing is on record', async () => {
  await begin()
  await talking()
  lead = await Browser.signIn(service, 'lead9001')
  for (const what of ['listen', 'whisper', 'barge', 'take-over']) {
    const answer = await act(what)
    expect([what, answer.status, answer.body.code]).toEqual([what, 404, 'no-seat'])
  }
  const stranger = await agent.ask('POST', '/api/floor/seats/1001/listen')
  expect(stranger.status).toBe(403)
  expect(await acts()).toEqual([])
})

test('listens, whispers, joins and leaves: who hears whom, what the floor shows, what is on record', async () => {
  await begin()
  await leadSits()
  const citizen = await talking()
  expect((await act('listen')).body.seat).toMatchObject({
    number: AGENT,
    call: { watch: { seat: LEAD, agentName: '姓名lead9001', on: AGENT, mode: 'listen', joined: false } },
  })
  await pickUp(LEAD)
  await until(() => theCall()?.watch?.answered === true)
  const snoop = theCall()?.watch?.snoop
  await until(async () => (await withLeg(legOf(LEAD))).join() === snoop)
  expect(await withLeg(citizen)).toEqual([legOf(AGENT)])
  expect((await act('listen')).body.code).toBe('watching-already')

  await act('whisper')
  expect(theCall()?.watch?.mode).toBe('whisper')
  expect(await withLeg(citizen)).toEqual([legOf(AGENT)])

  expect((await act('barge')).status).toBe(200)
  await until(async () => (await withLeg(citizen)).length === 2)
  expect(await withLeg(citizen)).toEqual(expect.arrayContaining([legOf(AGENT), legOf(LEAD)]))
  const { seats } = await floor()
  expect(seats.find(({ number }) => number === AGENT)?.call).toMatchObject({
    direction: 'inbound',
    purpose: 'call',
    watch: { mode: 'barge', joined: true },
  })
  expect(seats.find(({ number }) => number === LEAD)?.call).toMatchObject({ purpose: 'watch' })

  expect((await lead.ask('POST', '/api/my-seat/hang-up')).status).toBe(202)
  await until(() => seat(LEAD)?.state.name === 'not-ready')
  expect(seat(AGENT)?.state.name).toBe('talking')
  expect(await withLeg(citizen)).toEqual([legOf(AGENT)])

  const people = await database.db.selectFrom('staff').select(['id', 'login']).execute()
  const idOf = (login: string) => people.find(one => one.login === login)?.id
  const shared = { by_staff: idOf('lead9001'), subject_staff: idOf('a1001'), seat: AGENT, refusal: null }
  const call_id = theCall()?.id
  expect(await acts()).toMatchObject([
    { act: 'listen', call_id, ...shared },
    { act: 'whisper', call_id, ...shared },
    { act: 'barge', call_id, ...shared },
  ])
  expect(desk.all('alarm').map(({ text }) => text)).toEqual([
    '班长 姓名lead9001 正在监听您的通话',
    '班长 姓名lead9001 正在耳语辅导您，市民听不到',
    '班长 姓名lead9001 加入了您的通话，市民也听得到',
  ])
})

test('takes over: the lead has call, citizen and work order; the agent wraps up', async () => {
  await begin()
  await leadSits()
  const citizen = await talking()
  const call = theCall()
  expect((await act('take-over')).body.code).toBe('not-watching')
  await act('listen')
  expect((await act('take-over')).body.code).toBe('not-in-call')
  await pickUp(LEAD)
  await until(() => theCall()?.watch?.answered === true)
  expect((await act('take-over')).status).toBe(200)
  await until(() => seat(AGENT)?.state.name === 'wrap-up')
  expect(seat(LEAD)?.state).toMatchObject({ name: 'talking', purpose: 'call' })
  expect(await withLeg(citizen)).toEqual([legOf(LEAD)])
  expect(await leadDesk.first('pop')).toMatchObject({ callId: call?.id, draft: call?.draft })
  expect((await lead.ask('POST', '/api/my-seat/hold')).body).toMatchObject({ held: true })
  expect((await acts()).map(stored => [stored.act, stored.refusal])).toEqual([
    ['listen', null],
    ['take-over', null],
  ])
  service.pbx.hangUp(citizen)
  await until(() => seat(LEAD)?.state.name === 'wrap-up')
})

test('the house decides what the agent is told: here nothing of a silent ear', async () => {
  await begin({ showSupervision: ['barge'] })
  await leadSits()
  await talking()
  await act('listen')
  await pickUp(LEAD)
  await until(() => theCall()?.watch?.answered === true)
  await act('barge')
  await until(() => desk.all('alarm').length > 0)
  expect(desk.all('alarm').map(({ text }) => text)).toEqual([
    '班长 姓名lead9001 加入了您的通话，市民也听得到',
  ])
  expect((await acts()).map(stored => stored.act)).toEqual(['listen', 'barge'])
})

test('a call that ended while the act was being stored: refused, on record as refused, and no phone rings', async () => {
  await begin()
  await leadSits()
  const leg = await talking()
  const { asked } = await database.db.transaction().execute(async trx => {
    await sql`lock table supervision_acts in access exclusive mode`.execute(trx)
    const asked = act('listen')
    await until(someoneWaits)
    service.pbx.hangUp(leg)
    await until(() => seat(AGENT)?.state.name === 'wrap-up')
    return { asked }
  })
  expect((await asked).body.code).toBe('no-call')
  expect(await acts()).toMatchObject([{ act: 'listen', refusal: 'no-call' }])
  expect(seat(LEAD)?.state.name).toBe('not-ready')
})

async function someoneWaits(): Promise<boolean> {
  const { rows } = await sql`
    select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()
  `.execute(database.db)
  return rows.length > 0
}

test('a waiting caller is given to a named seat, past those who came before', async () => {
  await begin()
  await leadSits()
  await agent.ask('POST', '/api/my-seat/not-ready', { reason: 'break' })
  dial('13811110001')
  await until(() => service.engine.waiting() === 1)
  dial('13811110002')
  await until(() => service.engine.waiting() === 2)
  const [first, second] = (await floor()).queues[0]?.callers ?? []
  const assign = (caller: string | undefined, to: string, queue = 'general') =>
    lead.ask('POST', `/api/floor/queues/${queue}/callers/${caller}/assign`, { seat: to })
  expect(second?.callerNumber).toBe('13811110002')
  expect((await assign(second?.callId, '1001')).body.code).toBe('seat-not-ready')
  expect((await assign(second?.callId, '9999')).body.code).toBe('seat-unknown')
  expect((await assign(second?.callId, '1002')).body.code).toBe('no-agent')
  expect((await assign(second?.callId, '1001', 'dialect')).body.code).toBe('caller-left')
  expect((await assign('no-uuid', '1001')).body.code).toBe('bad-input')
  expect(await acts()).toEqual([])
  expect(first?.callerNumber).toBe('13811110001')

  // Skilled for nobody here, 1001 would not be offered a caller of this queue by itself.
  await database.db
    .insertInto('skills')
    .values({ id: asId('dialect'), name_zh: '方言', name_en: 'Dialect' })
    .execute()
  await database.db
    .updateTable('queues')
    .set({ needs: JSON.stringify([{ skill: 'dialect', level: 5 }]) })
    .execute()
  await service.refresh()
  await agent.ask('POST', '/api/my-seat/ready')
  expect(seat(AGENT)?.state.name).toBe('ready')
  const given = await assign(second?.callId, '1001')
  expect(given.body.seat).toMatchObject({ number: '1001', state: 'reserved' })
  expect((await assign(second?.callId, '1001')).body.code).toBe('caller-being-offered')
  expect(await acts()).toMatchObject([
    { act: 'pick', seat: '1001', queue: 'general', call_id: second?.callId, refusal: null },
  ])
  expect((await desk.first('pop')).callerNumber).toBe('13811110002')
  expect((await desk.first('alarm')).text).toContain('指派给您')
})

test('a queue’s priority is raised and lowered again: edited, audited, known to the engine, on both records', async () => {
  await begin()
  await leadSits()
  const move = (what: string, body: object, queue = 'general') =>
    lead.ask('POST', `/api/floor/queues/${queue}/${what}`, body)
  const raised = await move('raise', { by: 20, note: '暴雨，话务激增' })
  expect(raised.body).toMatchObject({ queue: 'general', priority: 20 })
  await service.refresh()
  expect((await floor()).queues[0]?.priority).toBe(20)
  const lowered = await move('lower', { by: 20, note: '雨停' })
  expect(lowered.body.priority).toBe(0)
  await service.refresh()
  expect((await floor()).queues[0]?.priority).toBe(0)

  expect((await move('lower', { by: 1, note: '试' })).body.code).toBe('priority-limit')
  expect((await move('raise', { by: 1, note: '试' }, 'nowhere')).body.code).toBe('queue-unknown')
  for (const body of [{ by: 0, note: '试' }, { by: 1 }, { by: 1, note: ' ' }, { by: 101, note: '试' }]) {
    expect((await move('raise', body)).body.code).toBe('bad-input')
  }
  expect((await agent.ask('POST', '/api/floor/queues/general/raise', { by: 1, note: '试' })).status).toBe(403)

  const changes = await database.db.selectFrom('config_changes').selectAll().orderBy('id').execute()
  expect(changes).toMatchObject([
    { subject: 'queue', key: 'general', before: { priority: 0 }, after: { priority: 20, version: 2 } },
    { subject: 'queue', key: 'general', before: { priority: 20 }, after: { priority: 0, version: 3 } },
  ])
  const { items } = (await lead.ask('GET', '/api/supervision-acts')).body
  const shared = { by: '姓名lead9001', seat: null, subject: null }
  expect(items.toReversed()).toMatchObject([
    {
      act: 'raise-priority',
      points: 20,
      note: '暴雨，话务激增',
      refusal: null,
      queue: { nameZh: '综合' },
      ...shared,
    },
    { act: 'lower-priority', points: 20, note: '雨停', refusal: null, ...shared },
    { act: 'lower-priority', points: 1, refusal: 'priority-limit', ...shared },
    { act: 'raise-priority', points: 1, refusal: 'queue-unknown', queue: { nameZh: 'nowhere' }, ...shared },
  ])
})
