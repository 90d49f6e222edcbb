import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Agent } from '../support/agent.ts'
import type { CallRecord } from '../support/floor.ts'
import { Telephones } from '../support/telephones.ts'
import { until } from '../support/until.ts'

/** Hold, transfers and three-way calls, proved by what every telephone hears. */

/** A line of the demo city whose callers are greeted elsewhere already. */
const LINE = '12320'
const OUTSIDE = '089868700001'

let phones: Telephones
let callers = 0
const talks: CallRecord[] = []

beforeAll(async () => {
  phones = await Telephones.open({ HOTLINE_WRAP_UP_MS: '60000' })
})
afterAll(() => phones?.close())
afterEach(() => phones.clear())

/** A citizen and the agent at 1001 in a talk. */
async function talk() {
  await phones.seat('agent', '1001')
  const agent = await phones.floor.sitDown('a1001', '1001')
  callers += 1
  const caller = `1384444${String(callers).padStart(4, '0')}`
  const citizen = await phones.citizen(caller, LINE)
  await phones.floor.untilNoted(caller, 'bridged')
  await phones.untilHeard({ citizen: ['agent'], agent: ['citizen'] })
  return { agent, caller, citizen }
}

/** Another agent, who is ready. */
async function colleague(): Promise<Agent> {
  await phones.seat('other', '1002')
  return phones.floor.sitDown('a1002', '1002')
}

async function transfer(
  agent: Agent,
  how: 'blind' | 'consult' | 'conference',
  target: object,
): Promise<void> {
  await agent.post('/api/my-seat/transfer', { how, target })
}

async function ended(caller: string): Promise<CallRecord> {
  const call = await phones.floor.endedCall(caller)
  talks.push(call)
  return call
}

async function noteOf(caller: string, kind: string): Promise<Record<string, unknown> | undefined> {
  const call = await phones.floor.untilNoted(caller, kind)
  return (await phones.floor.notesOf(call.id)).find(note => note.kind === kind)?.detail
}

const SEAT = { kind: 'seat', seat: '1002' }
const BUREAU = { kind: 'outside', number: OUTSIDE }

test('on hold there is music, then the agent again', async () => {
  const { agent, caller, citizen } = await talk()
  await agent.post('/api/my-seat/hold')
  await phones.untilHeard({ citizen: 'music', agent: [] })
  expect(await agent.seat()).toMatchObject({ state: 'holding', held: true })
  await agent.post('/api/my-seat/resume')
  await phones.untilHeard({ citizen: ['agent'], agent: ['citizen'] })
  await citizen.hangUp()
  expect(await ended(caller)).toMatchObject({ result: 'completed', ended_by: 'caller', seat: '1001' })
  expect(await phones.floor.kindsOf(caller)).toEqual(expect.arrayContaining(['held', 'unheld']))
})

describe('handed on at once', () => {
  test('to a seat: the first agent wraps up while the second speaks', async () => {
    const { agent, caller, citizen } = await talk()
    const second = await colleague()
    await transfer(agent, 'blind', SEAT)
    await phones.untilHeard({ citizen: ['other'], other: ['citizen'] })
    await agent.untilSeatIs('wrap-up')
    expect(await second.seat()).toMatchObject({ state: 'talking', purpose: 'call' })
    expect(await noteOf(caller, 'transferred')).toMatchObject({ from: '1001', target: '1002' })
    await citizen.hangUp()
    expect(await ended(caller)).toMatchObject({ result: 'completed', ended_by: 'caller', seat: '1001' })
    await second.untilSeatIs('wrap-up')
  })

  test('to a queue: whoever serves it next', async () => {
    const { agent, caller } = await talk()
    await transfer(agent, 'blind', { kind: 'queue', queue: 'general' })
    await phones.untilHeard({ citizen: 'music' })
    await agent.untilSeatIs('wrap-up')
    const second = await colleague()
    await phones.untilHeard({ citizen: ['other'], other: ['citizen'] })
    await second.post('/api/my-seat/hang-up')
    expect(await ended(caller)).toMatchObject({ result: 'completed', ended_by: 'agent', offers: 2 })
  })

  test('to a number outside, which sees the hotline; the citizen hangs up', async () => {
    const { agent, caller, citizen } = await talk()
    const outside = await phones.outside('outside-answers.xml')
    await transfer(agent, 'blind', BUREAU)
    await phones.untilHeard({ citizen: ['outside'], outside: ['citizen'] })
    await agent.untilSeatIs('wrap-up')
    expect(outside.invites()).toMatch(new RegExp(`^From: <sip:${LINE}@`, 'm'))
    await citizen.hangUp()
    expect(await ended(caller)).toMatchObject({ result: 'completed', ended_by: 'caller' })
  })

  test('to a number outside that is busy: the citizen hears so and is served again', async () => {
    const { agent, caller, citizen } = await talk()
    await phones.outsideRefuses('486 Busy Here')
    await transfer(agent, 'blind', BUREAU)
    expect(await noteOf(caller, 'transfer-failed')).toMatchObject({ target: OUTSIDE, reason: 'busy' })
    await phones.untilSaid('citizen', 'transfer-failed')
    await phones.untilHeard({ citizen: 'music' })
    await agent.untilSeatIs('wrap-up')
    await agent.post('/api/my-seat/wrap-up/finish')
    await phones.untilHeard({ citizen: ['agent'], agent: ['citizen'] })
    await citizen.hangUp()
    expect(await ended(caller)).toMatchObject({ result: 'completed', ended_by: 'caller', offers: 2 })
  })
})

describe('asked first', () => {
  test('a seat: by turns, all three, then handed on', async () => {
    const { agent, caller, citizen } = await talk()
    const second = await colleague()
    await transfer(agent, 'consult', SEAT)
    await phones.untilHeard({ citizen: 'music', agent: ['other'], other: ['agent'] })
    expect(await second.seat()).toMatchObject({ state: 'consulting', purpose: 'consult' })
    await agent.post('/api/my-seat/transfer/swap')
    await phones.untilHeard({ citizen: ['agent'], agent: ['citizen'], other: 'music' })
    await agent.post('/api/my-seat/transfer/swap')
    await phones.untilHeard({ citizen: 'music', agent: ['other'], other: ['agent'] })
    await agent.post('/api/my-seat/transfer/merge')
    await phones.untilHeard({
      citizen: ['agent', 'other'],
      agent: ['citizen', 'other'],
      other: ['citizen', 'agent'],
    })
    await agent.post('/api/my-seat/transfer/complete')
    await phones.untilHeard({ citizen: ['other'], other: ['citizen'] })
    await agent.untilSeatIs('wrap-up')
    expect(await second.seat()).toMatchObject({ state: 'talking', purpose: 'call' })
    await citizen.hangUp()
    expect(await ended(caller)).toMatchObject({ result: 'completed', ended_by: 'caller', seat: '1001' })
    await second.untilSeatIs('wrap-up')
  })

  test('a seat, and thought better of: it is ready again, and the citizen back', async () => {
    const { agent, caller } = await talk()
    const second = await colleague()
    await transfer(agent, 'consult', SEAT)
    await phones.untilHeard({ citizen: 'music', agent: ['other'], other: ['agent'] })
    await agent.post('/api/my-seat/transfer/cancel')
    await phones.untilHeard({ citizen: ['agent'], agent: ['citizen'] })
    await second.untilSeatIs('ready')
    await agent.post('/api/my-seat/hang-up')
    expect(await ended(caller)).toMatchObject({ result: 'completed', ended_by: 'agent' })
  })

  test('a number outside, then handed on: the agent wraps up; the one outside hangs up', async () => {
    const { agent, caller } = await talk()
    const outside = await phones.outside('outside-answers.xml')
    await transfer(agent, 'consult', BUREAU)
    await phones.untilHeard({ citizen: 'music', agent: ['outside'], outside: ['agent'] })
    await agent.post('/api/my-seat/transfer/complete')
    await phones.untilHeard({ citizen: ['outside'], outside: ['citizen'] })
    await agent.untilSeatIs('wrap-up')
    await outside.hangUp()
    expect(await ended(caller)).toMatchObject({ result: 'completed', ended_by: 'third-party' })
  })

  test('a number outside that hangs up: agent and citizen are together again', async () => {
    const { agent, caller, citizen } = await talk()
    const outside = await phones.outside('outside-answers.xml')
    await transfer(agent, 'consult', BUREAU)
    await phones.untilHeard({ citizen: 'music', agent: ['outside'] })
    await outside.hangUp()
    await phones.untilHeard({ citizen: ['agent'], agent: ['citizen'] })
    await citizen.hangUp()
    expect(await ended(caller)).toMatchObject({ ended_by: 'caller' })
    expect(await phones.floor.kindsOf(caller)).toContain('third-party-left')
  })
})

describe('110', () => {
  test('as a talk of three, from which the agent goes', async () => {
    const { agent, caller, citizen } = await talk()
    const outside = await phones.outside('outside-answers.xml')
    await transfer(agent, 'conference', { kind: 'outside', number: '110' })
    await phones.untilHeard({
      citizen: ['agent', 'outside'],
      agent: ['citizen', 'outside'],
      outside: ['citizen', 'agent'],
    })
    expect(await noteOf(caller, 'transfer-started')).toMatchObject({ how: 'conference', emergency: true })
    expect(outside.invites()).toMatch(/^INVITE sip:110@/m)
    await agent.post('/api/my-seat/hang-up')
    await phones.untilHeard({ citizen: ['outside'], outside: ['citizen'] })
    await citizen.hangUp()
    expect(await ended(caller)).toMatchObject({ result: 'completed', ended_by: 'caller' })
  })

  test('at once, without the agent', async () => {
    const { agent, caller } = await talk()
    const outside = await phones.outside('outside-answers.xml')
    await transfer(agent, 'blind', { kind: 'outside', number: '110' })
    await phones.untilHeard({ citizen: ['outside'], outside: ['citizen'] })
    expect(await noteOf(caller, 'transfer-started')).toMatchObject({ how: 'blind', emergency: true })
    await outside.hangUp()
    expect(await ended(caller)).toMatchObject({ result: 'completed', ended_by: 'third-party' })
  })
})

test('each recording went on over all of that, and is as long as its talk', async () => {
  expect(talks.length).toBeGreaterThan(0)
  for (const call of talks) await phones.floor.isKeptWhole(call)
  await until(
    async () => (await phones.floor.db.query('select 1 from calls where ended_at is null')).rowCount === 0,
  )
})
