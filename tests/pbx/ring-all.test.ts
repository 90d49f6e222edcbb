import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { freeUdpPort } from '../../scripts/people/sipp-hang-up.ts'
import { Agent } from '../support/agent.ts'
import { Floor } from '../support/floor.ts'
import { DESK_PHONES, register } from '../support/phones.ts'
import { startSipp } from '../support/sipp.ts'
import { until } from '../support/until.ts'

/** A queue that rings all its seats at once. */

/** A line of the demo city whose callers are greeted elsewhere already. */
const LINE = '12320'

let floor: Floor

beforeAll(async () => {
  floor = await Floor.open({ HOTLINE_WRAP_UP_MS: '60000' })
  const lead = await Agent.signIn(floor.stack, 'lead')
  await lead.edit('/api/queues', 'id', 'general', { strategy: 'ring-all' })
  lead.close()
})
afterAll(() => floor?.close())
afterEach(() => floor.clear())

async function untilRinging(agents: readonly Agent[]): Promise<void> {
  for (const agent of agents) {
    await until(() => agent.page.all('seat').some(({ state }) => state === 'ringing'))
  }
}

test('three phones ring, one answers, the others stop and are ready again', async () => {
  const silent = await floor.phone(['1001', '1002'], null)
  await floor.phone(['1003'], 1_500)
  const first = await floor.sitDown('a1001', '1001')
  const second = await floor.sitDown('a1002', '1002')
  const third = await floor.sitDown('a1003', '1003')
  const citizen = await floor.citizen('13877770001', LINE)
  await untilRinging([first, second, third])
  const call = await floor.untilNoted('13877770001', 'bridged')
  expect(await third.seat()).toMatchObject({ state: 'talking', callId: call.id })
  await first.untilSeatIs('ready')
  await second.untilSeatIs('ready')
  expect((await floor.ari<unknown[]>('channels')).length).toBe(2)
  await citizen.hangUp()
  expect(await floor.endedCall('13877770001')).toMatchObject({ seat: '1003', offers: 3, ended_by: 'caller' })
  expect(await floor.kindsOf('13877770001')).not.toContain('not-answered')
  // Each was told to stop, and none was cut.
  expect((await silent.stop()).failed).toBe(0)
})

test('answered and dropped before the two are connected: the others ring on, and one of them has the call', async () => {
  await floor.phone(['1001'], null)
  await floor.phone(['1002'], 6_000)
  const deaf = await floor.sitDown('a1001', '1001')
  const slow = await floor.sitDown('a1002', '1002')
  const port = await freeUdpPort(DESK_PHONES)
  await register(floor.stack, ['1003'], port)
  const scenario = join(import.meta.dirname, 'sipp', 'seat-answers-then-drops.xml')
  const hasty = await startSipp({ scenario, source: DESK_PHONES, port, calls: 1 })
  const dropped = await floor.sitDown('a1003', '1003')

  await floor.citizen('13877770002', LINE)
  await untilRinging([deaf, slow, dropped])
  await floor.untilNoted('13877770002', 'not-answered')
  expect(await hasty.done).toMatchObject({ exitCode: 0 })
  expect([(await deaf.seat()).state, (await slow.seat()).state]).toEqual(['ringing', 'ringing'])
  await floor.untilNoted('13877770002', 'bridged')
  expect(await slow.seat()).toMatchObject({ state: 'talking' })
  await deaf.untilSeatIs('ready')
  await slow.post('/api/my-seat/hang-up')
  const call = await floor.endedCall('13877770002')
  expect(call).toMatchObject({ result: 'completed', seat: '1002', offers: 3, ended_by: 'agent' })
  // Each seat was offered the call once.
  const offers = (await floor.notesOf(call.id)).filter(({ kind }) => kind === 'offered')
  expect(offers.map(({ detail }) => detail.seat).sort()).toEqual(['1001', '1002', '1003'])
})
