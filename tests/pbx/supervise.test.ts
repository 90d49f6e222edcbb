import { afterAll, beforeAll, expect, test } from 'vitest'
import { Agent } from '../support/agent.ts'
import type { Floor } from '../support/floor.ts'
import { Telephones } from '../support/telephones.ts'
import { until } from '../support/until.ts'

/**
 * A shift lead in an agent's talk, over HTTP, with real telephones: who hears whom is what they hear. The lead's voice
 * is `other`. Each test goes on where the one before ended.
 */

const CALLER = '13833330901'
/** A line whose callers are greeted elsewhere already. */
const UNGREETED = '12320'

let telephones: Telephones
let floor: Floor
let agent: Agent
let lead: Agent

beforeAll(async () => {
  telephones = await Telephones.open({ HOTLINE_WRAP_UP_MS: '60000', HOTLINE_ASK_RATING: 'no' })
  floor = telephones.floor
  await telephones.seat('agent', '1001')
  await telephones.seat('other', '1009')
  agent = await floor.sitDown('a1001', '1001')
  lead = await Agent.signIn(floor.stack, 'lead')
})
afterAll(async () => {
  lead?.close()
  await telephones?.close()
})

async function act(what: string): Promise<void> {
  const reply = await lead.ask('POST', `/api/floor/seats/1001/${what}`)
  expect(reply.status, await reply.clone().text()).toBe(200)
}

test('without a seat of their own the shift lead is told to sit down', async () => {
  await telephones.citizen(CALLER, UNGREETED)
  await agent.untilSeatIs('talking')
  await telephones.untilHeard({ citizen: ['agent'], agent: ['citizen'] })
  const reply = await lead.ask('POST', '/api/floor/seats/1001/listen')
  expect(await reply.json()).toMatchObject({ code: 'no-seat' })
})

test('listens: hears both, heard by nobody', async () => {
  await lead.post('/api/my-seat', { seat: '1009', phone: 'sip' })
  await until(async () => (await lead.seat()).registered)
  await act('listen')
  await lead.untilSeatIs('talking')
  await telephones.untilHeard({ citizen: ['agent'], agent: ['citizen'], other: ['citizen', 'agent'] })
})

test('whispers: the agent hears it, the citizen does not', async () => {
  await act('whisper')
  await telephones.untilHeard({
    citizen: ['agent'],
    agent: ['citizen', 'other'],
    other: ['citizen', 'agent'],
  })
})

test('barges in: all three speak; and back to a silent ear', async () => {
  await act('barge')
  await telephones.untilHeard({
    citizen: ['agent', 'other'],
    agent: ['citizen', 'other'],
    other: ['citizen', 'agent'],
  })
  await act('listen')
  await telephones.untilHeard({ citizen: ['agent'], agent: ['citizen'], other: ['citizen', 'agent'] })
})

test('takes over: the citizen is with the lead, the agent wraps up; all of it is on record', async () => {
  await act('take-over')
  await agent.untilSeatIs('wrap-up')
  await telephones.untilHeard({ citizen: ['other'], other: ['citizen'] })
  expect(await lead.seat()).toMatchObject({ state: 'talking', purpose: 'call', callerNumber: CALLER })
  expect(await lead.page.first('pop')).toMatchObject({ callerNumber: CALLER })

  await lead.post('/api/my-seat/hang-up')
  const call = await floor.endedCall(CALLER)
  expect(call).toMatchObject({ result: 'completed', ended_by: 'agent', seat: '1001' })
  const notes = await floor.notesOf(call.id)
  expect(notes.flatMap(({ kind, detail }) => (kind === 'watched' ? [detail.mode] : []))).toEqual([
    'listen',
    'whisper',
    'barge',
    'listen',
  ])
  expect(notes.find(({ kind }) => kind === 'taken-over')?.detail).toMatchObject({
    seat: '1009',
    from: '1001',
  })
  const { rows } = await floor.db.query('select act, refusal from supervision_acts order by id')
  expect(rows.map(row => [row.act, row.refusal])).toEqual(
    ['listen', 'whisper', 'barge', 'listen', 'take-over'].map(what => [what, null]),
  )
  await floor.isKeptWhole(call)
  await floor.nothingLeft()
})
