import { createHash } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Agent } from '../support/agent.ts'
import { cut, decodeOgg, durationMs, levelAt, peakLevelAt } from '../support/audio.ts'
import { AGENT_HZ, type CallRecord, CITIZEN_HZ, Floor } from '../support/floor.ts'
import { until } from '../support/until.ts'

/** The whole way of a call on real parts: SIPp rings a real Asterisk, the real service, real PostgreSQL. */

/** A line of the demo city whose callers are greeted elsewhere already. */
const UNGREETED = '12320'

let floor: Floor

beforeAll(async () => {
  floor = await Floor.open({ HOTLINE_RING_TIMEOUT_MS: '3000', HOTLINE_WRAP_UP_MS: '60000' })
})
afterAll(() => floor?.close())
afterEach(() => floor.clear())

describe('a citizen dials 12345', () => {
  test('greeted, queued, popped, answered, recorded on two channels, with one draft behind it', async () => {
    await floor.phone(['1001'], 500)
    const agent = await floor.sitDown('a1001', '1001')
    const call = await floor.citizen('13811110001')

    const pop = await agent.page.first('pop')
    expect(pop).toMatchObject({ callerNumber: '13811110001', dialled: '12345', attempt: 1, earlierCalls: [] })
    await floor.untilNoted('13811110001', 'bridged')
    // The draft is there to be filled in while they talk, and the order of events is the promised one.
    const draft = await agent.get<{ status: string; version: number }>(`/api/work-orders/${pop.draft}`)
    expect(draft.status).toBe('draft')
    const talking = await floor.callFrom('13811110001')
    await until(() => Date.now() - (talking?.bridged_at?.getTime() ?? Date.now()) > 4_000)
    await call.hangUp()
    await agent.untilSeatIs('wrap-up')

    const record = await floor.endedCall('13811110001')
    expect(record).toMatchObject({ result: 'completed', reason: 'hung-up', ended_by: 'caller', seat: '1001' })
    const notes = await floor.notesOf(record.id)
    expect(notes.map(note => note.kind)).toEqual([
      'arrived',
      'greeted',
      'queued',
      'offered',
      'popped',
      'ringing',
      'answered',
      'bridged',
      'ended',
    ])
    // The summary row and the timeline are the same numbers.
    const instant = (kind: string) => notes.find(note => note.kind === kind)?.at
    expect(record.arrived_at).toEqual(instant('arrived'))
    expect(record.queued_at).toEqual(instant('queued'))
    expect(record.answered_at).toEqual(instant('answered'))
    expect(record.bridged_at).toEqual(instant('bridged'))
    expect(record.ended_at).toEqual(instant('ended'))

    const saved = await agent.ask(
      'PUT',
      `/api/work-orders/${pop.draft}`,
      {
        typeCode: 'HELP',
        categoryCode: '1-04-002',
        title: '路灯不亮',
        text: '门口路灯坏了',
        place: '',
        secret: false,
      },
      { 'if-match': `"${draft.version}"` },
    )
    expect(saved.status, await saved.clone().text()).toBe(200)
    const { rows: orders } = await floor.db.query('select status from work_orders where call_id = $1', [
      record.id,
    ])
    expect(orders).toEqual([{ status: 'to-dispatch' }])
    await agent.post('/api/my-seat/wrap-up/finish')
    expect(await agent.seat()).toMatchObject({ state: 'ready' })

    await hearsBothVoices(agent, record)
  })

  async function hearsBothVoices(agent: Agent, record: CallRecord): Promise<void> {
    await until(async () => (await agent.ask('GET', `/api/calls/${record.id}/recording`)).ok, 30_000)
    const reply = await agent.ask('GET', `/api/calls/${record.id}/recording`)
    const bytes = Buffer.from(await reply.arrayBuffer())
    const { rows } = await floor.db.query('select * from recordings where call_id = $1', [record.id])
    expect(rows[0]).toMatchObject({ state: 'kept', length_differs: false })
    expect(rows[0].sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
    const file = join(mkdtempSync(join(tmpdir(), 'heard-')), 'call.ogg')
    writeFileSync(file, bytes)
    const sound = await decodeOgg(file)
    const talkMs = (record.ended_at?.getTime() ?? 0) - (record.bridged_at?.getTime() ?? 0)
    expect(Math.abs(durationMs(sound) - talkMs)).toBeLessThan(500)
    // Caller left, seat right: each voice loud on its own channel and at least 30 dB down on the other.
    const talk = cut(sound, 1_000, 3_500)
    expect(peakLevelAt(talk, 0, CITIZEN_HZ) - levelAt(talk, 1, CITIZEN_HZ)).toBeGreaterThan(30)
    expect(peakLevelAt(talk, 1, AGENT_HZ) - levelAt(talk, 0, AGENT_HZ)).toBeGreaterThan(30)
    const part = await agent.ask('GET', `/api/calls/${record.id}/recording`, undefined, {
      range: 'bytes=0-99',
    })
    expect(part.status).toBe(206)
    expect((await part.arrayBuffer()).byteLength).toBe(100)
  }

  test('the second time, the pop knows the caller', async () => {
    await floor.phone(['1001'], 300)
    const agent = await floor.sitDown('a1001', '1001')
    await floor.citizen('13811110001', UNGREETED)
    await expect(agent.page.first('pop')).resolves.toMatchObject({
      earlierCalls: [{ result: 'completed' }],
      openWorkOrders: [{ title: '路灯不亮', status: 'to-dispatch' }],
    })
    await untilCallIs('13811110001', 'bridged')
    await agent.post('/api/my-seat/hang-up')
    await agent.untilSeatIs('wrap-up')
  })

  async function untilCallIs(caller: string, kind: string): Promise<void> {
    await until(async () => {
      const { rows } = await floor.db.query(
        `select 1 from call_notes n join calls c on c.id = n.call_id
         where c.caller_number = $1 and n.kind = $2 and c.ended_at is null`,
        [caller, kind],
      )
      return rows.length > 0
    }, 30_000)
  }

  test('a seat that does not answer is set not-ready; the next one gets the caller, who keeps the place', async () => {
    await floor.phone(['1001'], null)
    await floor.phone(['1002'], 300)
    const deaf = await floor.sitDown('a1001', '1001')
    const awake = await floor.sitDown('a1002', '1002')
    await floor.citizen('13811110002', UNGREETED)
    await deaf.untilSeatIs('ringing')
    await deaf.untilSeatIs('not-ready')
    expect(await deaf.seat()).toMatchObject({ reason: 'no-answer' })
    await floor.untilNoted('13811110002', 'bridged')
    expect((await awake.page.first('pop')).attempt).toBe(2)
    await awake.post('/api/my-seat/hang-up')
    const record = await floor.endedCall('13811110002')
    expect(record).toMatchObject({ result: 'completed', ended_by: 'agent', seat: '1002', offers: 2 })
    const kinds = (await floor.notesOf(record.id)).map(note => note.kind)
    expect(kinds.filter(kind => kind === 'queued' || kind === 'not-answered')).toEqual([
      'queued',
      'not-answered',
      'queued',
    ])
  })

  test('a number that is no line: a Mandarin sentence, then the end, and a stored call', async () => {
    const run = await floor.citizen('13811110003', '99999')
    const record = await floor.endedCall('13811110003')
    expect(record).toMatchObject({ result: 'caller-side', reason: 'unknown-number', ended_by: 'system' })
    expect(record.ended_at?.getTime()).toBeGreaterThan(record.arrived_at.getTime() + 3_000)
    expect((await run.done).exitCode).toBe(0)
  })
})

describe('a caller who leaves leaves nothing behind', () => {
  test('in the greeting', async () => {
    const run = await floor.citizen('13822220001')
    await floor.untilNoted('13822220001', 'arrived')
    await until(async () =>
      (await floor.ari<{ state: string }[]>('channels')).some(({ state }) => state === 'Up'),
    )
    await until(
      async () => {
        await run.hangUp()
        return (await floor.callFrom('13822220001'))?.ended_at != null
      },
      5_000,
      200,
    )
    expect(await floor.endedCall('13822220001')).toMatchObject({
      result: 'caller-side',
      reason: 'left-in-greeting',
    })
  })

  test('in the queue', async () => {
    const run = await floor.citizen('13822220002')
    await floor.untilNoted('13822220002', 'queued')
    await run.hangUp()
    expect(await floor.endedCall('13822220002')).toMatchObject({
      result: 'abandoned',
      reason: 'left-in-queue',
    })
  })

  test('while the seat rings: the phone stops, the seat is ready and keeps its turn', async () => {
    const desk = await floor.phone(['1003'], null)
    const agent = await floor.sitDown('a1003', '1003')
    const run = await floor.citizen('13822220003', UNGREETED)
    await floor.untilNoted('13822220003', 'ringing')
    await run.hangUp()
    expect(await floor.endedCall('13822220003')).toMatchObject({
      result: 'abandoned',
      reason: 'left-while-ringing',
    })
    await agent.untilSeatIs('ready')
    expect((await desk.stop()).failed).toBe(0)
  })

  test('at every moment round the answer', async () => {
    await floor.phone(['1004'], 150)
    const agent = await floor.sitDown('a1004', '1004')
    for (let index = 0; index < 8; index++) {
      const caller = `1382222010${index}`
      const run = await floor.citizen(caller, UNGREETED)
      await floor.untilNoted(caller, 'offered')
      // The answer comes some 150 ms after the ringing: hang-ups before, at and after it.
      const at = Date.now() + 60 + index * 40
      await until(() => Date.now() >= at, 5_000, 1)
      await run.hangUp()
      const record = await floor.endedCall(caller)
      expect(['left-while-ringing', 'left-before-bridge', 'hung-up']).toContain(record.reason)
      await floor.nothingLeft()
      const { state } = await agent.seat()
      expect(['ready', 'wrap-up', 'releasing']).toContain(state)
      await until(async () => (await agent.seat()).state !== 'releasing')
      if ((await agent.seat()).state === 'wrap-up') await agent.post('/api/my-seat/wrap-up/finish')
    }
  })
})
