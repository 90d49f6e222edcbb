import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { Agent } from '../support/agent.ts'
import { Telephones } from '../support/telephones.ts'
import { until } from '../support/until.ts'

/** The service is killed in the middle of what agents do with calls: nobody is cut, and each act still works. */

/** A line of the demo city whose callers are greeted elsewhere already. */
const LINE = '12320'
const SEAT = { kind: 'seat', seat: '1002' }
const BUREAU = { kind: 'outside', number: '089868700001' }

let phones: Telephones
let callers = 0

beforeAll(async () => {
  phones = await Telephones.open({ HOTLINE_WRAP_UP_MS: '60000' })
})
afterAll(() => phones?.close())
afterEach(() => phones.clear())

/** An agent who answers is announced at once, whatever was being said: this one lets it be said. */
const GREETING_MS = 7_000

async function agentAt1001(answersAfterMs?: number): Promise<Agent> {
  await phones.seat('agent', '1001', answersAfterMs)
  return phones.floor.sitDown('a1001', '1001')
}

async function talk() {
  const agent = await agentAt1001()
  callers += 1
  const caller = `1387777${String(callers).padStart(4, '0')}`
  const citizen = await phones.citizen(caller, LINE)
  await phones.floor.untilNoted(caller, 'bridged')
  return { agent, caller, citizen }
}

async function colleague(): Promise<Agent> {
  await phones.seat('other', '1002')
  return phones.floor.sitDown('a1002', '1002')
}

async function channels(): Promise<string[]> {
  return (await phones.floor.ari<{ id: string }[]>('channels')).map(({ id }) => id).sort()
}

/** Killed without a word; the supervisor starts it again. Not one leg may be lost or made by it. */
async function killService(...desks: readonly Agent[]): Promise<void> {
  const before = await channels()
  const { service } = phones.floor.stack
  if (service === null) throw new Error('the service is not ours')
  const { pid } = service
  service.kill('SIGKILL')
  await until(() => service.pid !== pid)
  await phones.floor.untilUnwell([])
  for (const agent of desks) await agent.reload(null).first('snapshot')
  expect(await channels()).toEqual(before)
}

/** The call ended well and its recording has no gap. */
async function endedWell(caller: string, by: string): Promise<void> {
  const call = await phones.floor.endedCall(caller)
  expect(call).toMatchObject({ result: 'completed', reason: 'hung-up', ended_by: by })
  await phones.floor.isKeptWhole(call)
}

describe('killed', () => {
  test('while the citizen is on hold: resumed by the one after it', async () => {
    const { agent, caller, citizen } = await talk()
    await agent.post('/api/my-seat/hold')
    await phones.untilHeard({ citizen: 'music', agent: [] })
    await killService(agent)
    await phones.untilHeard({ citizen: 'music', agent: [] })
    expect(await agent.seat()).toMatchObject({ state: 'holding', held: true })
    await agent.post('/api/my-seat/resume')
    await phones.untilHeard({ citizen: ['agent'], agent: ['citizen'] })
    await citizen.hangUp()
    await endedWell(caller, 'caller')
  })

  test('in a consultation, then in the talk of three: swapped, merged and handed on all the same', async () => {
    const { agent, caller, citizen } = await talk()
    const second = await colleague()
    await agent.post('/api/my-seat/transfer', { how: 'consult', target: SEAT })
    await phones.untilHeard({ citizen: 'music', agent: ['other'], other: ['agent'] })
    await killService(agent, second)
    expect(await second.seat()).toMatchObject({ state: 'consulting', purpose: 'consult' })
    await phones.untilHeard({ citizen: 'music', agent: ['other'], other: ['agent'] })
    await agent.post('/api/my-seat/transfer/swap')
    await phones.untilHeard({ citizen: ['agent'], agent: ['citizen'], other: 'music' })
    await agent.post('/api/my-seat/transfer/merge')
    const three = {
      citizen: ['agent', 'other'],
      agent: ['citizen', 'other'],
      other: ['agent', 'citizen'],
    } as const
    await phones.untilHeard(three)
    await killService(agent, second)
    await phones.untilHeard(three)
    await agent.post('/api/my-seat/transfer/complete')
    await phones.untilHeard({ citizen: ['other'], other: ['citizen'] })
    await agent.untilSeatIs('wrap-up')
    await citizen.hangUp()
    await endedWell(caller, 'caller')
    await second.untilSeatIs('wrap-up')
  })

  test('after the citizen was handed on outside: the end is heard', async () => {
    const { agent, caller } = await talk()
    const outside = await phones.outside('outside-answers.xml')
    await agent.post('/api/my-seat/transfer', { how: 'blind', target: BUREAU })
    await phones.untilHeard({ citizen: ['outside'], outside: ['citizen'] })
    await killService(agent)
    await phones.untilHeard({ citizen: ['outside'], outside: ['citizen'] })
    await outside.hangUp()
    await endedWell(caller, 'third-party')
    expect(await agent.seat()).toMatchObject({ state: 'wrap-up' })
  })

  test('while a number outside rings for an agent who dials: both are put together', async () => {
    const outside = await phones.outside('outside-answers-when-told.xml')
    const agent = await agentAt1001()
    await agent.post('/api/my-seat/dial', { number: '13877779999' })
    await until(() => outside.invites() !== '')
    await killService(agent)
    expect(await agent.seat()).toMatchObject({ state: 'dialling' })
    await outside.answer()
    await phones.untilHeard({ agent: ['outside'], outside: ['agent'] })
    await outside.hangUp()
    await endedWell('13877779999', 'caller')
  })

  test('while a citizen who asked for a call-back is called: put through to whoever is free', async () => {
    const lead = await Agent.signIn(phones.floor.stack, 'lead')
    const callBack = { first: 'caller', tries: 1, retryAfterMs: 60_000, withinMs: 600_000 }
    const steps = [{ afterMs: 1_000, do: 'offer-call-back' }]
    await phones.floor.editQueue(lead, 'general', { steps, callBack })
    lead.close()
    const citizen = await phones.citizen('13877778888', LINE)
    await phones.untilSaid('citizen', 'offer-call-back')
    phones.press('1')
    await citizen.done
    const outside = await phones.outside('outside-answers-when-told.xml')
    const agent = await agentAt1001(GREETING_MS)
    await until(() => outside.invites() !== '')
    await killService(agent)
    await outside.answer()
    await phones.untilSaid('outside', 'call-back-greeting')
    await phones.untilHeard({ agent: ['outside'], outside: ['agent'] })
    await outside.hangUp()
    await agent.untilSeatIs('wrap-up')
    const row = await until(async () => {
      const { rows } = await phones.floor.db.query(
        "select result, reason, ended_by from calls where caller_number = '13877778888' and direction = 'call-back'",
      )
      // The record is written behind the floor.
      return rows.length === 1 && rows[0].result !== null ? rows[0] : false
    })
    expect(row).toEqual({ result: 'completed', reason: 'hung-up', ended_by: 'caller' })
  })
})
