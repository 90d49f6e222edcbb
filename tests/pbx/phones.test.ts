import { afterAll, beforeAll, expect, test } from 'vitest'
import { keepDeskPhones } from '../../scripts/people/desk-phones.ts'
import { type Agent, phonePasswordOf } from '../support/agent.ts'
import { AGENT_HZ, Floor } from '../support/floor.ts'
import { DESK_PHONES, sipTarget, voiceAt } from '../support/phones.ts'
import type { SippRun } from '../support/sipp.ts'
import { until } from '../support/until.ts'

/** SIP phones as they are: nobody tells the PBX that a cable was pulled. */

let floor: Floor

beforeAll(async () => {
  floor = await Floor.open({ HOTLINE_PHONE_CHECK_S: '1' })
})
afterAll(async () => {
  await floor?.close()
})

async function phone(seat: string): Promise<SippRun> {
  return keepDeskPhones({
    ringMs: 200,
    ignored: 0,
    phones: [{ seat, password: phonePasswordOf(floor.stack, seat) }],
    target: sipTarget(floor.stack),
    source: DESK_PHONES,
    voice: await voiceAt(AGENT_HZ),
  })
}

async function untilRegistered(agent: Agent, registered: boolean): Promise<void> {
  await until(async () => (await agent.seat()).registered === registered, 30_000, 50)
}

test('a phone that dies without a word is noticed, and its seat is not offered calls', async () => {
  const first = await phone('1001')
  const second = await phone('1002')
  const idleLonger = await floor.sitDown('a1001', '1001')
  const other = await floor.sitDown('a1002', '1002')
  await first.stop()
  await untilRegistered(idleLonger, false)
  expect(await idleLonger.seat()).toMatchObject({ state: 'ready', registered: false })

  await floor.citizen('13899990001', '12320')
  expect(await floor.untilNoted('13899990001', 'bridged')).toMatchObject({ seat: '1002' })
  expect(idleLonger.page.all('pop')).toEqual([])

  const back = await phone('1001')
  await untilRegistered(idleLonger, true)
  await other.post('/api/my-seat/hang-up')
  await floor.clear()
  for (const run of [second, back]) await run.stop()
})
