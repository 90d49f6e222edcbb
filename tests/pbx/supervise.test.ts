import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { freeUdpPort } from '../../scripts/people/sipp-hang-up.ts'
import { Agent } from '../support/agent.ts'
import { Floor } from '../support/floor.ts'
import { Handset } from '../support/handset.ts'
import { DESK_PHONES, register, sipTarget, TRUNK } from '../support/phones.ts'
import { type SippRun, startSipp } from '../support/sipp.ts'
import { until } from '../support/until.ts'

/**
 * A shift lead in an agent's talk, over HTTP, with real telephones: who hears whom is what they hear. Each test goes
 * on where the one before ended.
 */

/** Each voice has a pitch of its own, none a multiple of another. */
const PITCHES = { citizen: 500, agent: 1_130, lead: 2_570 } as const
type Voice = keyof typeof PITCHES
const CALLER = '13833330901'

let floor: Floor
let agent: Agent
let lead: Agent
const ears = new Map<Voice, Handset>()
const telephones = new Map<Voice, SippRun>()

beforeAll(async () => {
  floor = await Floor.open({ HOTLINE_WRAP_UP_MS: '60000', HOTLINE_ASK_RATING: 'no' })
  await seatPhone('agent', '1001')
  await seatPhone('lead', '1009')
  agent = await floor.sitDown('a1001', '1001')
  lead = await Agent.signIn(floor.stack, 'lead')
})
afterAll(async () => {
  for (const telephone of telephones.values()) await telephone.stop()
  for (const ear of ears.values()) ear.close()
  lead?.close()
  await floor?.close()
})

async function open(voice: Voice, host: string): Promise<string> {
  const handset = await Handset.open(host)
  ears.set(voice, handset)
  return String(handset.port)
}

const scenario = (name: string) => join(import.meta.dirname, 'sipp', name)

/** The phone of a seat, which takes one call. */
async function seatPhone(voice: Voice, seat: string): Promise<void> {
  const ear = await open(voice, DESK_PHONES)
  const port = await freeUdpPort(DESK_PHONES)
  await register(floor.stack, [seat], port)
  const run = startSipp({
    scenario: scenario('handset.xml'),
    source: DESK_PHONES,
    port,
    keys: { ear },
    calls: 1,
  })
  telephones.set(voice, await run)
}

async function citizenDials(): Promise<void> {
  const ear = await open('citizen', TRUNK)
  const run = startSipp({
    scenario: scenario('listener.xml'),
    source: TRUNK,
    target: sipTarget(floor.stack),
    dialled: '12320',
    keys: { ear, caller: CALLER },
    calls: 1,
  })
  telephones.set('citizen', await run)
}

/** Begins to speak to where the PBX's SDP says. */
async function speak(voice: Voice): Promise<void> {
  const port = await until(() => {
    const named = /^m=audio ([0-9]+)/m.exec(telephones.get(voice)?.logged().join('\n') ?? '')?.[1]
    return named === undefined ? null : Number(named)
  })
  ears.get(voice)?.say(PITCHES[voice])
  ears.get(voice)?.speakTo(port, floor.stack.config.sipHost)
}

/** Waits until each has heard exactly these voices for a while. */
async function heard(expected: Partial<Record<Voice, readonly Voice[]>>): Promise<void> {
  const since = performance.now()
  await vi.waitFor(
    () => {
      for (const [voice, ear] of ears) {
        const voices = expected[voice]
        if (voices === undefined) continue
        const found = Object.entries(PITCHES).filter(([, hz]) => ear.hears(hz, 600))
        expect([voice, found.map(([name]) => name).sort()]).toEqual([voice, [...voices].sort()])
      }
      // Only what was heard wholly after the change proves anything.
      expect(performance.now() - since).toBeGreaterThan(700)
    },
    { timeout: 10_000, interval: 100 },
  )
}

async function act(what: string): Promise<void> {
  const reply = await lead.ask('POST', `/api/floor/seats/1001/${what}`)
  expect(reply.status, await reply.clone().text()).toBe(200)
}

test('without a seat of their own the shift lead is told to sit down', async () => {
  await citizenDials()
  await agent.untilSeatIs('talking')
  await speak('citizen')
  await speak('agent')
  await heard({ citizen: ['agent'], agent: ['citizen'] })
  const reply = await lead.ask('POST', '/api/floor/seats/1001/listen')
  expect(await reply.json()).toMatchObject({ code: 'no-seat' })
})

test('listens: hears both, heard by nobody; the own phone is asked to pick up by itself', async () => {
  await lead.post('/api/my-seat', { seat: '1009', phone: 'sip' })
  await until(async () => (await lead.seat()).registered)
  await act('listen')
  await lead.untilSeatIs('talking')
  expect(telephones.get('lead')?.logged().join('\n')).toMatch(/^Call-Info: .*;answer-after=0$/m)
  await speak('lead')
  await heard({ citizen: ['agent'], agent: ['citizen'], lead: ['citizen', 'agent'] })
})

test('whispers: the agent hears it, the citizen does not', async () => {
  await act('whisper')
  await heard({ citizen: ['agent'], agent: ['citizen', 'lead'], lead: ['citizen', 'agent'] })
})

test('barges in: all three speak; and back to a silent ear', async () => {
  await act('barge')
  await heard({ citizen: ['agent', 'lead'], agent: ['citizen', 'lead'], lead: ['citizen', 'agent'] })
  await act('listen')
  await heard({ citizen: ['agent'], agent: ['citizen'], lead: ['citizen', 'agent'] })
})

test('takes over: the citizen is with the lead, the agent wraps up; all of it is on record', async () => {
  await act('take-over')
  await agent.untilSeatIs('wrap-up')
  await heard({ citizen: ['lead'], lead: ['citizen'] })
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
