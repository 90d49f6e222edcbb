import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { bridgeId, type CallId, type LegId, type SeatNumber } from '#kernel/ids.ts'
import { asId } from '../../src/kernel/ids.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import {
  Browser,
  type DeskPage,
  oneLine,
  person,
  readyAgent,
  type Service,
  startService,
} from '../support/service.ts'
import { until } from '../support/until.ts'

const CALLER = '13907551234'
let database: TestDatabase
let service: Service
beforeAll(async () => {
  database = await freshDatabase()
  await oneLine(database.db)
  await database.db
    .insertInto('lines')
    .values({
      number: asId('12315'),
      name: '旧号',
      merge_mode: 'merged',
      queue_id: asId('general'),
      active: false,
    })
    .execute()
  for (const login of ['a1001', 'a1002', 'a1003']) await person(database.db, login)
  await person(database.db, 'lead', 'shift-lead')
})
afterAll(() => database.close())
beforeEach(async () => {
  service = await startService(database.db)
})
afterEach(() => service.close())

interface Agent {
  readonly browser: Browser
  readonly page: DeskPage
}
const seat = (number: number) => service.engine.seat(asId<SeatNumber>(String(number)))
const stateOf = (number: number) => seat(number)?.state.name
const ask = ({ browser }: Agent, path: string, body?: object) =>
  browser.ask('POST', `/api/my-seat/${path}`, body)
const inBridge = (call: CallId, leg: LegId) => service.pbx.bridges.get(bridgeId(call))?.has(leg) === true

/** The seat's phone rings, and somebody picks it up. */
async function pickUp(number: number): Promise<LegId> {
  await until(() => stateOf(number) === 'ringing')
  const state = seat(number)?.state
  if (state === undefined || !('leg' in state)) throw new Error(`${number} rings no phone`)
  await until(() => service.pbx.legs.has(state.leg))
  service.pbx.pickUp(state.leg)
  return state.leg
}

let legs = 0
/** A citizen dials, and the agent at 1001 answers. */
async function talk(): Promise<{ readonly citizen: LegId; readonly own: LegId; readonly call: CallId }> {
  const citizen = asId<LegId>(`leg-${++legs}`)
  service.pbx.dialIn(citizen, CALLER, '12345')
  const own = await pickUp(1001)
  await until(() => service.engine.calls().some(({ state }) => state.name === 'talking'))
  const [call] = service.engine.calls()
  if (call === undefined) throw new Error('no call')
  await until(() => inBridge(call.id, own))
  return { citizen, own, call: call.id }
}

/** A leg outside rings by then. */
async function outsideLeg(): Promise<LegId> {
  const found = () => [...service.pbx.legs.keys()].find(leg => leg.includes('-out-'))
  await until(() => found() !== undefined)
  const leg = found()
  if (leg === undefined) throw new Error('nothing rings outside')
  return leg
}

async function kindsOf(call: CallId): Promise<string[]> {
  await service.facts.flushed()
  const notes = await database.db
    .selectFrom('call_notes')
    .select('kind')
    .where('call_id', '=', call)
    .orderBy('position')
    .execute()
  return notes.map(({ kind }) => kind)
}

describe('the talk', () => {
  test('hold takes the agent out of the bridge, resume puts the agent back', async () => {
    const agent = await readyAgent(service, 'a1001', 1001)
    const { own, citizen, call } = await talk()
    expect(await ask(agent, 'resume')).toMatchObject({ status: 409, body: { code: 'not-held' } })
    expect(await ask(agent, 'hold')).toMatchObject({
      status: 200,
      body: { state: 'holding', held: true, purpose: 'call', call: { direction: 'inbound', aside: null } },
    })
    await until(() => !inBridge(call, own))
    expect(inBridge(call, citizen)).toBe(true)
    expect(await ask(agent, 'hold')).toMatchObject({ status: 409, body: { code: 'already-held' } })
    expect(await ask(agent, 'digits', { digits: '1' })).toMatchObject({
      status: 409,
      body: { code: 'on-hold' },
    })
    expect(await ask(agent, 'resume')).toMatchObject({ status: 200, body: { state: 'talking', held: false } })
    await until(() => inBridge(call, own))
    expect(await kindsOf(call)).toEqual(expect.arrayContaining(['held', 'unheld']))
    agent.page.close()
  })

  test('mute is told to the page though the state of the seat is the same', async () => {
    const agent = await readyAgent(service, 'a1001', 1001)
    await talk()
    const before = agent.page.all('seat').length
    expect(await ask(agent, 'mute', { muted: true })).toMatchObject({
      status: 200,
      body: { state: 'talking', muted: true },
    })
    await until(() =>
      agent.page
        .all('seat')
        .slice(before)
        .some(view => view.muted),
    )
    expect((await ask(agent, 'mute', { muted: true })).status).toBe(200)
    expect(await ask(agent, 'mute', { muted: false })).toMatchObject({ body: { muted: false } })
    agent.page.close()
  })

  test('keys are sent and counted, never written down', async () => {
    const agent = await readyAgent(service, 'a1001', 1001)
    const { call } = await talk()
    expect((await ask(agent, 'digits', { digits: '12*#' })).status).toBe(200)
    expect((await ask(agent, 'digits', { digits: '12p' })).status).toBe(400)
    await kindsOf(call)
    const note = await database.db
      .selectFrom('call_notes')
      .select('detail')
      .where('call_id', '=', call)
      .where('kind', '=', 'digits-sent')
      .executeTakeFirstOrThrow()
    expect(note.detail).toEqual({ count: 4 })
    agent.page.close()
  })

  test('without a seat, and without a call, each act is refused', async () => {
    const nobody = { browser: await Browser.signIn(service, 'a1002') }
    const agent = await readyAgent(service, 'a1001', 1001)
    const acts: [string, object?][] = [
      ['hold'],
      ['resume'],
      ['mute', { muted: true }],
      ['digits', { digits: '1' }],
      ['transfer', { target: { kind: 'seat', seat: '1002' }, how: 'blind' }],
      ['transfer/swap'],
      ['transfer/merge'],
      ['transfer/complete'],
      ['transfer/cancel'],
    ]
    for (const [path, body] of acts) {
      const without = await nobody.browser.ask('POST', `/api/my-seat/${path}`, body)
      expect([path, without.status, without.body.code]).toEqual([path, 404, 'no-seat'])
      const idle = await ask(agent, path, body)
      expect([path, idle.status, idle.body.code]).toEqual([path, 409, 'not-in-call'])
    }
    agent.page.close()
  })
})

describe('a transfer', () => {
  test('consult, swap, merge, complete: the call is the other seat’s', async () => {
    const agent = await readyAgent(service, 'a1001', 1001)
    const other = await readyAgentAt(1002)
    const { citizen, own, call } = await talk()
    expect(await transferTo(agent, { kind: 'seat', seat: '1002' }, 'consult')).toMatchObject({
      status: 200,
      body: {
        state: 'consulting',
        call: { aside: { kind: 'seat', name: '姓名a1002', seat: '1002', how: 'consult', stage: 'ringing' } },
      },
    })
    expect(await other.page.first('pop')).toMatchObject({
      callId: call,
      purpose: 'consult',
      direction: 'inbound',
    })
    expect(await ask(agent, 'transfer/swap')).toMatchObject({
      status: 409,
      body: { code: 'transfer-ringing' },
    })
    expect(await transferTo(agent, { kind: 'seat', seat: '1002' }, 'blind')).toMatchObject({
      body: { code: 'transfer-running' },
    })
    const theirs = await pickUp(1002)
    await until(() => agent.page.all('seat').at(-1)?.call?.aside?.stage === 'consulting')
    expect(other.page.all('seat').at(-1)).toMatchObject({
      state: 'consulting',
      purpose: 'consult',
      call: { agent: { seat: '1001', agentName: '姓名a1001' } },
    })
    expect(await ask(other, 'hold')).toMatchObject({ status: 409, body: { code: 'not-your-call' } })
    expect(await ask(agent, 'hold')).toMatchObject({ status: 409, body: { code: 'transfer-running' } })
    expect(await ask(agent, 'transfer/swap')).toMatchObject({
      body: { call: { aside: { stage: 'swapped' } } },
    })
    await until(() => inBridge(call, own) && !inBridge(call, theirs))
    expect(await ask(agent, 'transfer/merge')).toMatchObject({
      body: { call: { aside: { stage: 'merged' } } },
    })
    await until(() => inBridge(call, own) && inBridge(call, theirs) && inBridge(call, citizen))
    expect(await ask(agent, 'transfer/swap')).toMatchObject({ body: { code: 'transfer-merged' } })
    expect((await ask(agent, 'transfer/complete')).status).toBe(200)
    await until(() => stateOf(1001) === 'wrap-up' && stateOf(1002) === 'talking')
    expect(inBridge(call, theirs)).toBe(true)
    const view = (await other.browser.ask('GET', '/api/my-seat')).body.seat
    expect(view).toMatchObject({ purpose: 'call', callId: call, call: { aside: null } })
    expect((await ask(other, 'hold')).status).toBe(200)
    expect(await kindsOf(call)).toEqual(
      expect.arrayContaining(['transfer-started', 'transfer-answered', 'transfer-act', 'transferred']),
    )
    agent.page.close()
    other.page.close()
  })

  test('cancelled, the agent is with the citizen again and the other seat is ready', async () => {
    const agent = await readyAgent(service, 'a1001', 1001)
    const other = await readyAgentAt(1002)
    const { own, call } = await talk()
    await transferTo(agent, { kind: 'seat', seat: '1002' }, 'consult')
    await pickUp(1002)
    await until(() => stateOf(1002) === 'consulting')
    expect(await ask(agent, 'transfer/cancel')).toMatchObject({
      body: { state: 'talking', call: { aside: null } },
    })
    await until(() => stateOf(1002) === 'ready' && inBridge(call, own))
    expect(await ask(agent, 'transfer/cancel')).toMatchObject({ status: 409, body: { code: 'no-transfer' } })
    agent.page.close()
    other.page.close()
  })

  test('handed over blindly to a queue, the citizen reaches whoever is free', async () => {
    const agent = await readyAgent(service, 'a1001', 1001)
    const { call } = await talk()
    const other = await readyAgentAt(1002)
    expect((await transferTo(agent, { kind: 'queue', queue: 'general' }, 'blind')).status).toBe(200)
    await until(() => stateOf(1001) === 'wrap-up')
    await pickUp(1002)
    await until(() => service.engine.call(call)?.state.name === 'talking')
    expect(stateOf(1002)).toBe('talking')
    agent.page.close()
    other.page.close()
  })

  test('to where nobody is, it is refused and the talk goes on', async () => {
    const agent = await readyAgent(service, 'a1001', 1001)
    await talk()
    const cases: [object, string, number, string][] = [
      [{ kind: 'seat', seat: '1001' }, 'consult', 409, 'transfer-target-self'],
      [{ kind: 'seat', seat: '1002' }, 'consult', 409, 'transfer-target-unavailable'],
      [{ kind: 'seat', seat: '1002' }, 'blind', 409, 'transfer-target-unavailable'],
      [{ kind: 'seat', seat: '1999' }, 'blind', 404, 'seat-unknown'],
      [{ kind: 'queue', queue: 'general' }, 'consult', 409, 'transfer-target-unavailable'],
      [{ kind: 'queue', queue: 'nowhere' }, 'blind', 404, 'queue-unknown'],
      [{ kind: 'line', line: '12345' }, 'conference', 409, 'transfer-target-unavailable'],
      [{ kind: 'line', line: '12315' }, 'blind', 404, 'line-unknown'],
      [{ kind: 'entry', id: 'c0ffee00-0000-4000-8000-000000000000' }, 'blind', 404, 'entry-unknown'],
      [{ kind: 'outside', number: '12' }, 'blind', 400, 'number-invalid'],
      [{ kind: 'outside', number: '0085212345678' }, 'blind', 403, 'number-not-allowed'],
      [{ kind: 'outside', number: '089816812345' }, 'consult', 403, 'number-not-allowed'],
      [{ kind: 'outside', number: '12345' }, 'blind', 409, 'number-is-ours'],
      [{ kind: 'outside' }, 'blind', 400, 'bad-input'],
    ]
    for (const [target, how, status, code] of cases) {
      const reply = await transferTo(agent, target, how)
      expect([target, how, reply.status, reply.body.code]).toEqual([target, how, status, code])
    }
    expect(stateOf(1001)).toBe('talking')
    agent.page.close()
  })

  test('an emergency by three-way call: the citizen stays on the line, it is on record', async () => {
    const agent = await readyAgent(service, 'a1001', 1001)
    const { citizen, own, call } = await talk()
    expect(await transferTo(agent, { kind: 'outside', number: '119' }, 'conference')).toMatchObject({
      body: { state: 'talking', call: { aside: { kind: 'outside', emergency: true, stage: 'ringing' } } },
    })
    const fire = await outsideLeg()
    expect(inBridge(call, citizen) && inBridge(call, own)).toBe(true)
    service.pbx.pickUp(fire)
    await until(() => inBridge(call, fire))
    await until(() => agent.page.all('seat').at(-1)?.call?.aside?.stage === 'merged')
    await kindsOf(call)
    const note = await database.db
      .selectFrom('call_notes')
      .select('detail')
      .where('call_id', '=', call)
      .where('kind', '=', 'transfer-started')
      .executeTakeFirstOrThrow()
    expect(note.detail).toMatchObject({ seat: '1001', how: 'conference', target: '119', emergency: true })
    agent.page.close()
  })

  test('an entry of the directory goes to its number, its line or its queue', async () => {
    const lead = await Browser.signIn(service, 'lead')
    const entry = (change: object) =>
      lead.ask('POST', '/api/directory', {
        kind: 'department',
        number: null,
        queue: null,
        line: null,
        dutyHours: '',
        active: true,
        ...change,
      })
    const bureau = await entry({ name: '市水务局', number: '089812340106' })
    const hall = await entry({ name: '综合大厅', line: '12345' })
    const old = await entry({ name: '旧局', number: '089812340107', active: false })
    const agent = await readyAgent(service, 'a1001', 1001)
    await talk()
    expect(await transferTo(agent, { kind: 'entry', id: old.body.id }, 'consult')).toMatchObject({
      status: 404,
      body: { code: 'entry-unknown' },
    })
    expect(await transferTo(agent, { kind: 'entry', id: bureau.body.id }, 'consult')).toMatchObject({
      body: { call: { aside: { kind: 'outside', name: '市水务局', emergency: false } } },
    })
    await outsideLeg()
    await ask(agent, 'transfer/cancel')
    expect((await transferTo(agent, { kind: 'entry', id: hall.body.id }, 'blind')).status).toBe(200)
    await until(() => stateOf(1001) === 'wrap-up')
    agent.page.close()
  })
})

describe('dialling', () => {
  test('the own phone first, then the citizen, who is redialled later', async () => {
    const agent = await readyAgent(service, 'a1001', 1001)
    expect(await dial(agent, { number: '+86 138' })).toMatchObject({
      status: 400,
      body: { code: 'number-invalid' },
    })
    expect(await dial(agent, { number: '13800138000', line: '12315' })).toMatchObject({
      status: 404,
      body: { code: 'line-unknown' },
    })
    expect(await dial(agent, { number: '+8613800138000' })).toMatchObject({
      status: 200,
      body: {
        state: 'ringing',
        purpose: 'dial',
        call: { direction: 'outbound', callerNumber: '13800138000' },
      },
    })
    expect(await agent.page.first('pop')).toMatchObject({
      purpose: 'dial',
      direction: 'outbound',
      dialled: '12345',
    })
    expect(await dial(agent, { number: '13800138000' })).toMatchObject({
      status: 409,
      body: { code: 'seat-busy' },
    })
    await pickUp(1001)
    await until(() => stateOf(1001) === 'dialling')
    expect(await ask(agent, 'hold')).toMatchObject({ status: 409, body: { code: 'not-connected' } })
    const citizen = await outsideLeg()
    service.pbx.pickUp(citizen)
    await until(() => stateOf(1001) === 'talking')
    service.pbx.hangUp(citizen)
    await until(() => stateOf(1001) === 'wrap-up')
    await service.facts.flushed()
    expect(await ask(agent, 'redial')).toMatchObject({
      status: 200,
      body: { state: 'ringing', purpose: 'dial', callerNumber: '13800138000' },
    })
    agent.page.close()
  })

  test('nobody to redial, and a number that was withheld', async () => {
    const agent = await readyAgentAt(1003)
    expect(await ask(agent, 'redial')).toMatchObject({ status: 404, body: { code: 'nothing-to-redial' } })
    const citizen = asId<LegId>('withheld')
    service.pbx.dialIn(citizen, '', '12345')
    await pickUp(1003)
    await until(() => stateOf(1003) === 'talking')
    service.pbx.hangUp(citizen)
    await until(() => stateOf(1003) === 'wrap-up')
    await service.facts.flushed()
    expect(await ask(agent, 'redial')).toMatchObject({
      status: 409,
      body: { code: 'caller-number-withheld' },
    })
    agent.page.close()
  })

  test('a missed call is claimed for who dials it; its number is the one that is called', async () => {
    const agent = await readyAgent(service, 'a1001', 1001)
    await agent.browser.ask('POST', '/api/my-seat/not-ready', { reason: 'break' })
    const left = asId<LegId>('left')
    service.pbx.dialIn(left, '13700137000', '12345')
    await until(() => service.engine.waiting() === 1)
    service.pbx.hangUp(left)
    const missed = async () => (await agent.browser.ask('GET', '/api/missed-calls')).body.items[0]
    await until(async () => (await missed()) !== undefined)
    const { id } = await missed()
    expect(await dial(agent, { number: '13700137001', missedCall: id })).toMatchObject({
      status: 400,
      body: { code: 'bad-input' },
    })
    expect((await dial(agent, { number: '13700137000', missedCall: id })).status).toBe(200)
    expect(await missed()).toMatchObject({ state: 'claimed' })
    const other = await readyAgentAt(1002)
    expect(await dial(other, { number: '13700137000', missedCall: id })).toMatchObject({
      status: 409,
      body: { code: 'missed-call-claimed' },
    })
    expect((await dial(other, { number: '13700137000', missedCall: 9_999_999 })).body.code).toBe('not-found')
    agent.page.close()
    other.page.close()
  })

  test('without phone, page or carrier nothing is dialled', async () => {
    const agent = await readyAgent(service, 'a1001', 1001)
    service.pbx.unregister(asId('1001'))
    await until(() => seat(1001)?.registered === false)
    expect((await dial(agent, { number: '13800138000' })).body.code).toBe('phone-not-registered')
    agent.page.close()
    await service.close()
    service = await startService(database.db, { trunk: false })
    const cut = await readyAgent(service, 'a1001', 1001)
    expect(await dial(cut, { number: '13800138000' })).toMatchObject({
      status: 503,
      body: { code: 'trunk-missing' },
    })
    expect((await dial(cut, { number: '110' })).body.code).toBe('trunk-missing')
    cut.page.close()
  })
})

describe('the seat', () => {
  test('the page is told to answer; a SIP phone is not', async () => {
    const agent = await readyAgent(service, 'a1001', 1001)
    expect(await ask(agent, 'answer')).toMatchObject({ status: 409, body: { code: 'not-ringing' } })
    service.pbx.dialIn(asId<LegId>('rings'), CALLER, '12345')
    await until(() => stateOf(1001) === 'ringing')
    expect((await ask(agent, 'answer')).status).toBe(202)
    const [call] = service.engine.calls()
    expect(await agent.page.first('answer')).toEqual({ callId: call?.id })
    agent.page.close()

    const sip = await Browser.signIn(service, 'a1002')
    const page = sip.desk()
    await page.first('snapshot')
    await sip.ask('POST', '/api/my-seat', { seat: '1002', phone: 'sip' })
    service.pbx.register(asId('1002'), 'sip')
    await until(() => seat(1002)?.registered === true)
    await sip.ask('POST', '/api/my-seat/dial', { number: '13800138000' })
    expect(await sip.ask('POST', '/api/my-seat/answer')).toMatchObject({
      status: 409,
      body: { code: 'answer-on-phone' },
    })
    page.close()
  })

  test('answers by itself until the next sign-in', async () => {
    const agent = await readyAgent(service, 'a1001', 1001)
    expect(await ask(agent, 'auto-answer', { on: true })).toMatchObject({
      status: 200,
      body: { autoAnswer: true },
    })
    expect(seat(1001)?.autoAnswer).toBe(true)
    await agent.browser.ask('DELETE', '/api/my-seat')
    const anew = await agent.browser.ask('POST', '/api/my-seat', { seat: '1001', phone: 'browser' })
    expect(anew.body.seat.autoAnswer).toBe(false)
    agent.page.close()
  })

  test('a wrap-up is extended once', async () => {
    const agent = await readyAgent(service, 'a1001', 1001)
    expect(await ask(agent, 'wrap-up/extend')).toMatchObject({
      status: 409,
      body: { code: 'not-in-wrap-up' },
    })
    const { citizen } = await talk()
    service.pbx.hangUp(citizen)
    await until(() => stateOf(1001) === 'wrap-up')
    const before = (await agent.browser.ask('GET', '/api/my-seat')).body.seat
    const after = await ask(agent, 'wrap-up/extend')
    expect(after).toMatchObject({ status: 200, body: { wrapUpExtended: true } })
    expect(Date.parse(after.body.wrapUpEndsAt)).toBeGreaterThan(Date.parse(before.wrapUpEndsAt))
    expect(await ask(agent, 'wrap-up/extend')).toMatchObject({
      status: 409,
      body: { code: 'already-extended' },
    })
    agent.page.close()
  })
})

const readyAgentAt = (number: number) => readyAgent(service, `a${number}`, number)
const transferTo = (agent: Agent, target: object, how: string) => ask(agent, 'transfer', { target, how })
const dial = (agent: Agent, body: object) => ask(agent, 'dial', body)
