import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { Telephones } from '../support/telephones.ts'

/** An agent calls a citizen: the own phone first, then the number. */

/** The hotline's main line, which citizens see. */
const SHOWN = '12345'

let phones: Telephones

beforeAll(async () => {
  phones = await Telephones.open({ HOTLINE_WRAP_UP_MS: '60000' })
})
afterAll(() => phones?.close())
afterEach(() => phones.clear())

async function agentAt1001() {
  await phones.seat('agent', '1001')
  return phones.floor.sitDown('a1001', '1001')
}

test('the citizen sees 12345, both speak, it is recorded; redial calls the same number again', async () => {
  const outside = await phones.outside('outside-answers.xml')
  const agent = await agentAt1001()
  await agent.post('/api/my-seat/dial', { number: '138 8888-0001' })
  await phones.untilHeard({ agent: ['outside'], outside: ['agent'] })
  expect(outside.invites()).toMatch(/^INVITE sip:13888880001@/m)
  expect(outside.invites()).toMatch(new RegExp(`^From: <sip:${SHOWN}@`, 'm'))
  expect(await agent.seat()).toMatchObject({ state: 'talking', purpose: 'dial' })
  await outside.hangUp()
  await agent.untilSeatIs('wrap-up')
  const call = await phones.floor.endedCall('13888880001')
  expect(call).toMatchObject({ result: 'completed', reason: 'hung-up', ended_by: 'caller', seat: '1001' })
  expect((await phones.floor.notesOf(call.id)).map(({ kind }) => kind)).toEqual([
    'arrived',
    'offered',
    'ringing',
    'answered',
    'dialled',
    'citizen-answered',
    'bridged',
    'ended',
  ])
  await phones.floor.isKeptWhole(call)

  await agent.post('/api/my-seat/redial')
  await phones.untilHeard({ agent: ['outside'], outside: ['agent'] })
  expect(outside.invites().match(/^INVITE sip:13888880001@/gm)).toHaveLength(2)
  await agent.post('/api/my-seat/hang-up')
  await agent.untilSeatIs('wrap-up')
})

test.each([
  ['486 Busy Here', '13888880002', 'busy'],
  ['480 Temporarily Unavailable', '13888880003', 'no-answer'],
])(
  'a citizen who meets %s is not reached, and the agent hears no more of it',
  async (status, number, cause) => {
    await phones.outsideRefuses(status)
    const agent = await agentAt1001()
    await agent.post('/api/my-seat/dial', { number })
    const call = await phones.floor.endedCall(number)
    expect(call).toMatchObject({ result: 'caller-side', reason: 'not-reached', talk_ms: null })
    const notes = await phones.floor.notesOf(call.id)
    expect(notes.find(({ kind }) => kind === 'not-reached')?.detail).toMatchObject({ cause })
    await agent.untilSeatIs('wrap-up')
  },
)

test('an agent who thinks better of it while the citizen’s telephone rings', async () => {
  await phones.outside('seat-silent.xml')
  const agent = await agentAt1001()
  await agent.post('/api/my-seat/dial', { number: '13888880004' })
  await phones.floor.untilNoted('13888880004', 'dialled')
  await agent.untilSeatIs('dialling')
  await agent.post('/api/my-seat/hang-up')
  const call = await phones.floor.endedCall('13888880004')
  expect(call).toMatchObject({ result: 'caller-side', reason: 'not-dialled', ended_by: 'agent' })
})
