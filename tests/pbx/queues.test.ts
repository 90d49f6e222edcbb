import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { Agent } from '../support/agent.ts'
import { Floor } from '../support/floor.ts'
import { until } from '../support/postgres.ts'

/** What a shift lead edits while the hotline runs, and what the next citizen meets. */

const DIALECT_LINE = '123451'
/** After this long the dialect queue's callers may be served by anyone. */
const GENERAL_AFTER_MS = 4_000
/** An edit takes effect within two seconds; this says that none is waited for by luck. */
const IN_FORCE_MS = 10_000

let floor: Floor
let lead: Agent

beforeAll(async () => {
  floor = await Floor.open({ HOTLINE_WRAP_UP_MS: '60000' })
  lead = await Agent.signIn(floor.stack, 'lead')
})
afterAll(async () => {
  lead?.close()
  await floor?.close()
})
afterEach(() => floor.clear())

interface Versioned {
  readonly version: number
  readonly [field: string]: unknown
}

/** Edits one row of a list over its present version, as a page does. */
async function edit(list: string, key: string, id: string, change: object): Promise<void> {
  const row = (await lead.get<Versioned[]>(list)).find(one => one[key] === id)
  if (row === undefined) throw new Error(`no ${id} in ${list}`)
  const { version, [key]: _, ...form } = row
  const reply = await lead.ask('PUT', `${list}/${id}`, { ...form, ...change }, { 'if-match': `"${version}"` })
  expect(reply.status, await reply.clone().text()).toBe(200)
}

test('the dialect line rings who speaks it, however long others idle; in time the others too', async () => {
  await edit('/api/queues', 'id', 'dialect', {
    steps: [{ afterMs: GENERAL_AFTER_MS, do: 'add-queue', queue: 'general' }],
  })
  await floor.phone(['1001', '1004'], 300)
  const idle = await floor.sitDown('a1001', '1001')
  const speaker = await floor.sitDown('a1004', '1004')

  await floor.citizen('13833330001', DIALECT_LINE)
  expect(await floor.untilNoted('13833330001', 'bridged')).toMatchObject({ seat: '1004', offers: 1 })
  expect(speaker.page.all('pop')).toMatchObject([{ dialled: DIALECT_LINE }])
  expect(await idle.seat()).toMatchObject({ state: 'ready' })

  await floor.citizen('13833330002', DIALECT_LINE)
  const second = await floor.untilNoted('13833330002', 'bridged')
  expect(second).toMatchObject({ seat: '1001', offers: 1 })
  const notes = await floor.notesOf(second.id)
  expect(notes.map(note => note.kind)).toEqual([
    'arrived',
    'greeted',
    'queued',
    'escalated',
    'offered',
    'popped',
    'ringing',
    'answered',
    'bridged',
  ])
  const at = (kind: string) => notes.find(note => note.kind === kind)?.at.getTime() ?? Number.NaN
  expect(at('escalated') - at('queued')).toBeGreaterThanOrEqual(GENERAL_AFTER_MS)
  expect(at('offered') - at('queued')).toBeLessThan(GENERAL_AFTER_MS + 1_000)
  expect(notes.find(note => note.kind === 'escalated')?.detail).toMatchObject({
    queue: 'dialect',
    step: 'add-queue',
    detail: 'general',
  })
})

test('an agent who learns a skill while sitting is offered its callers', async () => {
  await floor.phone(['1002'], 300)
  await floor.sitDown('a1002', '1002')
  await floor.citizen('13833330003', DIALECT_LINE)
  const { id } = await floor.untilNoted('13833330003', 'queued')
  const staff = await lead.get<{ id: string; login: string }[]>('/api/staff')
  const learner = staff.find(one => one.login === 'a1002')
  const skills = [{ skill: 'dialect', level: 9 }]
  expect((await lead.ask('PUT', `/api/staff/${learner?.id}/skills`, { skills })).status).toBe(200)
  expect(await floor.untilNoted('13833330003', 'bridged')).toMatchObject({ seat: '1002' })
  expect((await floor.notesOf(id)).map(note => note.kind)).not.toContain('escalated')
  const back = await lead.ask('PUT', `/api/staff/${learner?.id}/skills`, { skills: [] })
  expect(back.status).toBe(200)
})

test('a blocked caller hears why; the call is kept with its reason; others get through', async () => {
  const people = await lead.get<{ id: string; login: string }[]>('/api/staff')
  const reply = await lead.ask('POST', '/api/blocked-numbers', {
    number: '13833330004',
    reason: '多次辱骂话务员',
    approvedBy: people.find(one => one.login === 'admin')?.id,
    expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
  })
  expect(reply.status, await reply.clone().text()).toBe(201)
  await until(async () => {
    await (await floor.citizen('13833330004')).done
    const { rows } = await floor.db.query(
      `select c.id, c.result, c.reason, c.ended_by, c.queued_at, c.ended_at - c.arrived_at > '3 seconds' as heard
       from calls c where caller_number = '13833330004' and reason = 'blocked-number'`,
    )
    return rows.length > 0
  }, IN_FORCE_MS * 3)
  const { rows } = await floor.db.query(
    `select result, ended_by, queued_at, ended_at - arrived_at > '3 seconds' as heard
     from calls where caller_number = '13833330004' and reason = 'blocked-number'`,
  )
  expect(rows[0]).toEqual({ result: 'caller-side', ended_by: 'system', queued_at: null, heard: true })
})

test('a line edited while running greets, queues and closes otherwise for the next call', async () => {
  await floor.phone(['1001'], 300)
  await floor.sitDown('a1001', '1001')
  await edit('/api/lines', 'number', '12315', { greets: false, queue: 'leader' })
  const inForce = Date.now() + 3_000
  await until(() => Date.now() > inForce)
  await floor.citizen('13833330005', '12315')
  const { id } = await floor.untilNoted('13833330005', 'queued')
  const notes = await floor.notesOf(id)
  expect(notes.map(note => note.kind)).toEqual(['arrived', 'queued'])
  expect(notes[1]?.detail).toMatchObject({ queue: 'leader', reason: 'no-greeting' })

  const tomorrow = (new Date(Date.now() + 8 * 3_600_000).getUTCDay() + 1) % 7 || 7
  await edit('/api/lines', 'number', '12315', { hours: [{ days: [tomorrow], from: '23:58', to: '23:59' }] })
})
