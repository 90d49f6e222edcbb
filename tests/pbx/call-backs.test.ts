import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Agent } from '../support/agent.ts'
import { Telephones } from '../support/telephones.ts'
import { until } from '../support/until.ts'

/** What callers who wait are told, and the call-back that they ask for by key (RFC 4733). */

/** A line of the demo city whose callers are greeted elsewhere already; nobody sits there at first. */
const LINE = '12320'
const OFFER = [{ afterMs: 1_000, do: 'offer-call-back' }]

let phones: Telephones
let lead: Agent
let callers = 0
let caller = ''

beforeAll(async () => {
  phones = await Telephones.open({ HOTLINE_WRAP_UP_MS: '60000' })
  lead = await Agent.signIn(phones.floor.stack, 'lead')
})
afterAll(async () => {
  lead?.close()
  await phones?.close()
})
beforeEach(() => {
  callers += 1
  caller = `1386666000${callers}`
})
afterEach(() => phones.clear())

function plan(first: 'agent' | 'caller', tries = 3): object {
  return { steps: OFFER, callBack: { first, tries, retryAfterMs: 60_000, withinMs: 600_000 } }
}

interface Row {
  readonly id: string
  readonly direction: string
  readonly result: string | null
  readonly reason: string | null
  readonly ended_by: string | null
  readonly call_back_of: string | null
  readonly talk_ms: number | null
  readonly kinds: readonly string[]
}

/** The caller's calls as they came. */
async function rows(): Promise<readonly Row[]> {
  const { rows } = await phones.floor.db.query<Row>(
    `select c.id, direction, result, reason, ended_by, call_back_of, talk_ms,
            array_agg(n.kind order by n.position) as kinds
     from calls c join call_notes n on n.call_id = c.id
     where c.caller_number = $1 group by c.id order by c.arrived_at`,
    [caller],
  )
  return rows
}

/** Rings, waits to be offered a call-back, and takes it: told so, and hung up. */
async function book(): Promise<void> {
  const citizen = await phones.citizen(caller, LINE)
  await phones.untilSaid('citizen', 'offer-call-back')
  phones.press('1')
  await phones.untilSaid('citizen', 'call-back-booked')
  expect(await citizen.done).toMatchObject({
    exitCode: 0,
    logged: expect.arrayContaining(['the hotline hung up']),
  })
  await until(async () => (await rows())[0]?.result != null)
  const [asked, callBack] = await rows()
  expect(asked).toMatchObject({ direction: 'inbound', result: 'caller-side', reason: 'call-back-booked' })
  expect(callBack).toMatchObject({ direction: 'call-back', result: null, call_back_of: asked?.id })
}

async function untilCallBack(is: (row: Row) => boolean): Promise<Row> {
  return await until(async () => {
    const row = (await rows()).find(({ direction }) => direction === 'call-back')
    return row !== undefined && is(row) && row
  }, 20_000)
}

describe('a call-back keeps the place in the queue', () => {
  test('the agent first: the citizen is called once the phone is picked up', async () => {
    await phones.floor.editQueue(lead, 'general', plan('agent'))
    await book()
    const outside = await phones.outside('outside-answers.xml')
    await phones.seat('agent', '1001')
    const agent = await phones.floor.sitDown('a1001', '1001')
    expect(await agent.page.first('pop')).toMatchObject({ callerNumber: caller, direction: 'call-back' })
    await phones.untilHeard({ agent: ['outside'], outside: ['agent'] })
    expect(outside.invites()).toMatch(new RegExp(`^INVITE sip:${caller}@`, 'm'))
    expect(outside.invites()).toMatch(new RegExp(`^From: <sip:${LINE}@`, 'm'))
    await outside.hangUp()
    const row = await untilCallBack(({ result }) => result !== null)
    expect(row).toMatchObject({ result: 'completed', reason: 'hung-up', ended_by: 'caller' })
    expect(row.kinds).toEqual([
      'arrived',
      'queued',
      'offered',
      'popped',
      'ringing',
      'answered',
      'dialled',
      'citizen-answered',
      'bridged',
      'ended',
    ])
    await agent.untilSeatIs('wrap-up')
    await isKept(row)
  })

  test('the citizen first: greeted, then whoever is free', async () => {
    await phones.floor.editQueue(lead, 'general', plan('caller'))
    await book()
    const outside = await phones.outside('outside-answers.xml')
    // An agent who answers is announced at once, whatever was being said: this one lets it be said.
    await phones.seat('agent', '1001', 7_000)
    const agent = await phones.floor.sitDown('a1001', '1001')
    await phones.untilSaid('outside', 'call-back-greeting')
    await phones.untilHeard({ agent: ['outside'], outside: ['agent'] })
    expect(outside.invites()).toMatch(new RegExp(`^From: <sip:${LINE}@`, 'm'))
    await agent.post('/api/my-seat/hang-up')
    const row = await untilCallBack(({ result }) => result !== null)
    expect(row).toMatchObject({ result: 'completed', reason: 'hung-up', ended_by: 'agent' })
    expect(row.kinds.slice(0, 5)).toEqual(['arrived', 'queued', 'dialled', 'citizen-answered', 'queued'])
    await isKept(row)
  })

  async function isKept({ id, talk_ms }: Row): Promise<void> {
    const recording = await until(async () => {
      const query = "select * from recordings where call_id = $1 and state = 'kept'"
      return (await phones.floor.db.query(query, [id])).rows[0] ?? false
    }, 30_000)
    expect(recording.length_differs).toBe(false)
    expect(Math.abs(recording.duration_ms - (talk_ms ?? 0))).toBeLessThan(500)
  }

  test.each(['agent', 'caller'] as const)(
    '%s first, not reached as often as it is tried: on the list of missed calls',
    async first => {
      await phones.floor.editQueue(lead, 'general', plan(first, 1))
      await book()
      await phones.outsideRefuses('486 Busy Here')
      await phones.seat('agent', '1001')
      const agent = await phones.floor.sitDown('a1001', '1001')
      const row = await untilCallBack(({ result }) => result !== null)
      expect(row).toMatchObject({ result: 'abandoned', reason: 'call-back-failed', ended_by: 'system' })
      expect(row.kinds.slice(-2)).toEqual(['not-reached', 'ended'])
      await agent.untilSeatIs(first === 'agent' ? 'wrap-up' : 'ready')
      const { items } = await lead.get<{ items: object[] }>(`/api/missed-calls?number=${caller}`)
      expect(items).toMatchObject([{ callerNumber: caller, lastCallId: row.id, state: 'open' }])
    },
  )
})

test('position and expected wait are spoken to whoever waits', async () => {
  await phones.floor.editQueue(lead, 'general', { steps: [], callBack: null, announceEveryMs: 10_000 })
  await phones.citizen(caller, LINE)
  await phones.untilSaid('citizen', 'you-are-next')
  const call = await phones.floor.untilNoted(caller, 'position-told')
  const told = (await phones.floor.notesOf(call.id)).find(({ kind }) => kind === 'position-told')
  expect(told?.detail).toMatchObject({ ahead: 0, expectedMs: null })
  await phones.untilHeard({ citizen: 'music' })
})
