import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Habit, keepDeskPhones } from '../../scripts/people/desk-phones.ts'
import type { FloorView } from '../../src/floor/supervision/index.ts'
import { Agent, passwordOf, phonePasswordOf } from '../support/agent.ts'
import { AGENT_HZ, Floor } from '../support/floor.ts'
import { DESK_PHONES, sipTarget, TRUNK, voiceAt } from '../support/phones.ts'
import { type SippRun, startSipp } from '../support/sipp.ts'
import { until } from '../support/until.ts'

/**
 * The service is killed with 200 calls up: 160 talks and 40 who wait. Most of them are signalling only, so that a
 * machine of two cores carries them; a few speak, and their recordings are looked at.
 */

/** A line that its own carrier greets: calls stand in the queue at once. */
const LINE = '12320'
const TALKS = 160
const WAITING = 40
const SPOKEN = 4
const CALLS_PER_SECOND = 8
const AGENTS_AT_ONCE = 8
/** Long: nobody's wrap-up ends by itself while we look. */
const WRAP_UP_MS = 120_000

let floor: Floor
let lead: Agent
/** By seat. */
const agents = new Map<string, Agent>()
const runs: SippRun[] = []

beforeAll(async () => {
  floor = await Floor.open({
    HOTLINE_WRAP_UP_MS: String(WRAP_UP_MS),
    HOTLINE_RING_TIMEOUT_MS: '60000',
    HOTLINE_LOG_LEVEL: 'info',
  })
  lead = await Agent.signIn(floor.stack, 'lead')
  // One more than talk, who will be in wrap-up, and one on a break.
  const seats = Array.from({ length: TALKS + 2 }, (_, i) => String(1001 + i))
  await hire(seats)
  await phones(seats.slice(0, SPOKEN), {})
  await phones(seats.slice(SPOKEN), { silent: true })
  await sitDown(seats.slice(0, SPOKEN))
  for (let i = 0; i < SPOKEN; i++) await floor.citizen(spoken(i), LINE)
  for (let i = 0; i < SPOKEN; i++) await floor.untilNoted(spoken(i), 'bridged')
  await sitDown(seats.slice(SPOKEN))
  await agent(seats.at(-1)).post('/api/my-seat/not-ready', { reason: 'meal' })
  await crowd(TALKS + 1 - SPOKEN + WAITING)
  await untilFloor(view => inState(view, 'talking') === TALKS + 1 && waiting(view).length === WAITING)
  const [wrapsUp = ''] = seats.slice(SPOKEN)
  await agent(wrapsUp).post('/api/my-seat/hang-up')
  await agent(wrapsUp).untilSeatIs('wrap-up')
}, 300_000)

afterAll(async () => {
  for (const each of [lead, ...agents.values()]) each?.close()
  for (const run of runs) await run.stop()
  await floor?.close()
})

test('killed with 200 calls up: not one is cut, and all is as it was', async () => {
  await allTold()
  const before = await everything()
  expect(before.channels).toHaveLength(2 * TALKS + WAITING)
  expect(before.bridges).toHaveLength(TALKS)
  expect(before.drafts).toHaveLength(TALKS + 1)
  expect(before.wrapUpEndsAt).not.toBeNull()

  const foundAfterMs = await killAndFindAgain(2 * TALKS + WAITING)
  console.log(`${TALKS} talks and ${WAITING} who wait found again ${foundAfterMs} ms after the process began`)
  await floor.untilUnwell([])
  expect(await everything()).toEqual(before)

  await servedInOrder(before.waiting.slice(0, 3))
  for (let i = 0; i < SPOKEN; i++) {
    const seat = (await floor.callFrom(spoken(i)))?.seat ?? ''
    await agent(seat).post('/api/my-seat/hang-up')
    const call = await floor.endedCall(spoken(i))
    expect(call).toMatchObject({ result: 'completed', ended_by: 'agent', seat })
    await floor.isKeptWhole(call)
  }
  expect(await endedBadly()).toBe(0)
})

/** All that must be the same before and after. */
async function everything() {
  const view = await lead.get<FloorView>('/api/floor')
  const ids = async (what: string) => (await floor.ari<{ id: string }[]>(what)).map(({ id }) => id).sort()
  const { rows: drafts } = await floor.db.query('select id, call_id, status from work_orders order by id')
  const { rows: calls } = await floor.db.query(
    'select id, ended_at, bridged_at, offers from calls order by id',
  )
  const wrapsUp = view.seats.find(({ state }) => state === 'wrap-up')
  return {
    channels: await ids('channels'),
    bridges: await ids('bridges'),
    waiting: waiting(view),
    // Desks come back by themselves, in a moment.
    seats: view.seats.map(({ deskConnected, registered, whyNotOffered, ...seat }) => seat),
    wrapUpEndsAt: (await agent(wrapsUp?.number).seat()).wrapUpEndsAt,
    drafts,
    calls,
  }
}

/** Until PostgreSQL has all that happened. */
async function allTold(): Promise<void> {
  await until(async () => {
    const { rows } = await floor.db.query(
      `select count(bridged_at)::int as bridged, count(ended_at)::int as ended,
              (select count(*)::int from work_orders) as drafts from calls`,
    )
    const [{ bridged, ended, drafts }] = rows
    return bridged === TALKS + 1 && ended === 1 && drafts === TALKS + 1
  }, 30_000)
}

/** @returns from the start of the new process until it had asked the PBX and read the answer */
async function killAndFindAgain(legs: number): Promise<number> {
  const { service } = floor.stack
  if (service === null) throw new Error('no service')
  const { pid } = service
  const log = join(floor.stack.config.dataDir, 'log', 'service.log')
  const told = readFileSync(log, 'utf8').length
  service.kill('SIGKILL')
  await until(() => service.pid !== pid && service.pid !== null)
  const beganAt = Date.now()
  const found = await until(() => {
    const line = readFileSync(log, 'utf8')
      .slice(told)
      .split('\n')
      .find(text => text.includes('the PBX answers'))
    return line === undefined ? null : (JSON.parse(line) as { time: string; legs: number })
  }, 60_000)
  expect(found.legs).toBe(legs)
  return Date.parse(found.time) - beganAt
}

/** Seats become free one after another: those who wait come in the order they had. */
async function servedInOrder(callers: readonly string[]): Promise<void> {
  for (const [i, call] of callers.entries()) {
    const free = agent(String(1001 + TALKS - i))
    await free.reload(null).first('snapshot')
    await free.post('/api/my-seat/hang-up')
    await free.untilSeatIs('wrap-up')
    await free.post('/api/my-seat/wrap-up/finish')
    await until(async () => (await free.seat()).state === 'talking', 30_000)
    expect((await free.seat()).callId).toBe(call)
  }
}

async function endedBadly(): Promise<number> {
  const { rows } = await floor.db.query(
    "select count(*)::int as calls from calls where ended_at is not null and result <> 'completed'",
  )
  return rows[0]?.calls
}

function inState({ seats }: FloorView, wanted: string): number {
  return seats.filter(({ state }) => state === wanted).length
}

/** Calls, in the order in which they will be served. */
function waiting({ queues }: FloorView): string[] {
  return queues.flatMap(({ callers }) => callers.map(({ callId }) => callId))
}

async function untilFloor(holds: (view: FloorView) => boolean): Promise<void> {
  await until(async () => holds(await lead.get<FloorView>('/api/floor')), 120_000, 500)
}

function agent(seat: string | undefined): Agent {
  const found = agents.get(seat ?? '')
  if (found === undefined) throw new Error(`nobody at ${seat}`)
  return found
}

function spoken(i: number): string {
  return `1381234000${i}`
}

/** One agent for each seat beyond the demo city's own; all have the password of the first. */
async function hire(seats: readonly string[]): Promise<void> {
  await floor.db.query(
    `insert into staff (id, login, name, role, agent_number, password_hash)
     select gen_random_uuid(), 'a' || seat, 'a' || seat, 'agent', seat, hash
     from unnest($1::text[]) seat, (select password_hash as hash from staff where login = 'a1001') one
     on conflict do nothing`,
    [seats],
  )
  await floor.db.query(
    "update staff set password_hash = (select password_hash from staff where login = 'a1001') where role = 'agent'",
  )
}

async function phones(seats: readonly string[], habit: Partial<Habit>): Promise<void> {
  const run = await keepDeskPhones({
    ringMs: 200,
    ignored: 0,
    ...habit,
    phones: seats.map(seat => ({ seat, password: phonePasswordOf(floor.stack, seat) })),
    target: sipTarget(floor.stack),
    source: DESK_PHONES,
    voice: await voiceAt(AGENT_HZ),
  })
  runs.push(run)
}

async function sitDown(seats: readonly string[]): Promise<void> {
  const password = passwordOf(floor.stack, 'a1001')
  const left = seats.values()
  const usher = async () => {
    for (const seat of left) {
      const agent = await Agent.signIn(floor.stack, `a${seat}`, password)
      agents.set(seat, agent)
      await agent.sitDown(seat)
    }
  }
  await Promise.all(Array.from({ length: AGENTS_AT_ONCE }, usher))
}

async function crowd(calls: number): Promise<void> {
  const run = await startSipp({
    scenario: join(import.meta.dirname, 'sipp', 'crowd.xml'),
    target: sipTarget(floor.stack),
    source: TRUNK,
    calls,
    callsPerSecond: CALLS_PER_SECOND,
    simultaneous: calls,
    dialled: LINE,
  })
  runs.push(run)
}
