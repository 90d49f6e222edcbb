import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { CallRow } from '../../src/floor/call-records/schema.ts'
import type { Agent } from '../support/agent.ts'
import { Telephones } from '../support/telephones.ts'

/** A citizen whose agent hangs up is asked how it was, and answers by key (RFC 4733) or not at all. */

/** A line of the demo city whose callers are greeted elsewhere already. */
const LINE = '12320'

let phones: Telephones

beforeAll(async () => {
  phones = await Telephones.open({ HOTLINE_ASK_RATING: 'yes', HOTLINE_WRAP_UP_MS: '60000' })
})
afterAll(() => phones?.close())
afterEach(() => phones.clear())

/** A talk that the agent has just ended. */
async function ended(caller: string) {
  await phones.seat('agent', '1001')
  const agent = await phones.floor.sitDown('a1001', '1001')
  const citizen = await phones.citizen(caller, LINE)
  await phones.floor.untilNoted(caller, 'bridged')
  await phones.untilHeard({ citizen: ['agent'], agent: ['citizen'] })
  await agent.post('/api/my-seat/hang-up')
  await phones.untilSaid('citizen', 'rate-this-call')
  return { agent, citizen }
}

async function gradeOf(agent: Agent, caller: string): Promise<number | null | undefined> {
  const { items } = await agent.get<{ items: CallRow[] }>('/api/calls?scope=mine')
  return items.find(({ callerNumber }) => callerNumber === caller)?.grade
}

test('a key that is no grade is passed over; the next is stored, tied to call and agent, and shown', async () => {
  const { agent, citizen } = await ended('13855550001')
  // The agent does not wait for it.
  await agent.untilSeatIs('wrap-up')
  phones.press('92')
  await phones.untilSaid('citizen', 'thanks-for-rating')
  const call = await phones.floor.endedCall('13855550001')
  expect(await citizen.done).toMatchObject({
    exitCode: 0,
    logged: expect.arrayContaining(['the hotline hung up']),
  })
  expect(call).toMatchObject({ result: 'completed', reason: 'hung-up', ended_by: 'agent', seat: '1001' })
  const { rows } = await phones.floor.db.query(
    'select r.grade, r.seat, s.login from call_ratings r join staff s on s.id = r.staff_id where r.call_id = $1',
    [call.id],
  )
  expect(rows).toEqual([{ grade: 2, seat: '1001', login: 'a1001' }])
  expect(await gradeOf(agent, '13855550001')).toBe(2)
  expect((await phones.floor.kindsOf('13855550001')).slice(-3)).toEqual(['rating-asked', 'rated', 'ended'])
  // The question is no part of the talk.
  await phones.floor.isKeptWhole(call)
})

test('whoever hangs up early has not rated, and the agent has ended the call all the same', async () => {
  const { agent, citizen } = await ended('13855550002')
  await citizen.hangUp()
  const call = await phones.floor.endedCall('13855550002')
  expect(call).toMatchObject({ result: 'completed', reason: 'hung-up', ended_by: 'agent' })
  expect((await phones.floor.kindsOf('13855550002')).slice(-3)).toEqual([
    'rating-asked',
    'not-rated',
    'ended',
  ])
  expect(await gradeOf(agent, '13855550002')).toBeNull()
})

test('whoever hangs up first is not asked', async () => {
  await phones.seat('agent', '1001')
  await phones.floor.sitDown('a1001', '1001')
  const citizen = await phones.citizen('13855550003', LINE)
  await phones.floor.untilNoted('13855550003', 'bridged')
  await citizen.hangUp()
  expect(await phones.floor.endedCall('13855550003')).toMatchObject({ ended_by: 'caller' })
  expect(await phones.floor.kindsOf('13855550003')).not.toContain('rating-asked')
})
