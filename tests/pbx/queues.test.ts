import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { Agent } from '../support/agent.ts'
import { Floor } from '../support/floor.ts'
import { until } from '../support/until.ts'

/** What a shift lead edits while the hotline runs, and what the next citizen meets. */

const DIALECT_LINE = '123451'
/** After this long the dialect queue's callers may be served by anyone. */
const GENERAL_AFTER_MS = 4_000
/** A line whose callers are greeted elsewhere already. */
const UNGREETED = '12320'

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

interface Met {
  readonly result: string | null
  readonly reason: string | null
  readonly ended_by: string | null
  readonly ms: number | null
  readonly kinds: readonly string[]
  readonly queue: string | null
}

/** Rings once; tells of the call once it stands in a queue or is over. */
async function ring(caller: string, dialled: string): Promise<Met> {
  const earlier = await metBy(caller)
  await floor.citizen(caller, dialled)
  await until(async () => {
    const met = await metBy(caller)
    return met.length > earlier.length && (met[0]?.queue != null || met[0]?.result != null)
  }, 30_000)
  const [latest] = await metBy(caller)
  if (latest === undefined) throw new Error('no call')
  return latest
}

/** The calls of this caller, the newest first. */
async function metBy(caller: string): Promise<readonly Met[]> {
  const { rows } = await floor.db.query<Met>(
    `select c.result, c.reason, c.ended_by, extract(epoch from c.ended_at - c.arrived_at)::float * 1000 as ms,
            array_agg(n.kind order by n.position) as kinds,
            max(n.detail ->> 'queue') filter (where n.kind = 'queued') as queue
     from calls c join call_notes n on n.call_id = c.id
     where c.caller_number = $1 group by c.id order by c.arrived_at desc`,
    [caller],
  )
  return rows
}

/** Rings until it goes as expected: an edit takes effect within two seconds, not at once. */
async function ringUntil(caller: string, dialled: string, expected: (met: Met) => boolean): Promise<Met> {
  for (let rings = 0; rings < 20; rings++) {
    const met = await ring(caller, dialled)
    if (expected(met)) return met
  }
  throw new Error('the edit never took effect')
}

test('the dialect line rings who speaks it, however long others idle; in time the others too', async () => {
  await lead.edit('/api/queues', 'id', 'dialect', {
    steps: [{ afterMs: GENERAL_AFTER_MS, do: 'add-queue', queue: 'general' }],
  })
  await floor.phone(['1001', '1004'], 300)
  const idle = await floor.sitDown('a1001', '1001')
  const speaker = await floor.sitDown('a1004', '1004')

  await floor.citizen('13833330001', DIALECT_LINE)
  const first = await floor.untilNoted('13833330001', 'bridged')
  expect(await offersOf(first.id)).toEqual(['1004'])
  expect(speaker.page.all('pop')).toMatchObject([{ dialled: DIALECT_LINE }])
  expect(await idle.seat()).toMatchObject({ state: 'ready' })

  await floor.citizen('13833330002', DIALECT_LINE)
  const second = await floor.untilNoted('13833330002', 'bridged')
  expect(await offersOf(second.id)).toEqual(['1001'])
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
  await floor.untilNoted('13833330003', 'bridged')
  expect(await offersOf(id)).toEqual(['1002'])
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
  const blocked = await ringUntil('13833330004', UNGREETED, met => met.reason === 'blocked-number')
  expect(blocked).toMatchObject({ result: 'caller-side', ended_by: 'system', kinds: ['arrived', 'ended'] })
  // The sentence was played to its end.
  expect(blocked.ms).toBeGreaterThan(3_000)
  expect(await ring('13833330014', UNGREETED)).toMatchObject({ queue: 'general', result: null })
})

test('a line edited while running greets, queues and closes otherwise for the next call', async () => {
  expect(await ring('13833330005', '12315')).toMatchObject({
    kinds: ['arrived', 'greeted', 'queued'],
    queue: 'general',
  })
  await lead.edit('/api/lines', 'number', '12315', { greets: false, queue: 'leader' })
  const edited = await ringUntil('13833330005', '12315', met => met.queue === 'leader')
  expect(edited.kinds).toEqual(['arrived', 'queued'])

  const inTwoDays = new Date(Date.now() + 56 * 3_600_000).getUTCDay() || 7
  await lead.edit('/api/lines', 'number', '12315', {
    hours: [{ days: [inTwoDays], from: '10:00', to: '12:00' }],
  })
  const closed = await ringUntil('13833330005', '12315', met => met.reason === 'closed-hours')
  expect(closed).toMatchObject({ result: 'caller-side', ended_by: 'system', kinds: ['arrived', 'ended'] })
})

/** The seats that a call was offered to, in order. */
async function offersOf(call: string): Promise<unknown[]> {
  const notes = await floor.notesOf(call)
  return notes.filter(note => note.kind === 'offered').map(note => note.detail.seat)
}
