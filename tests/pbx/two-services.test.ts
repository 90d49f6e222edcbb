import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { PROJECT } from '../../scripts/instance/folders.ts'
import type { KeptProcess } from '../../scripts/instance/kept-process.ts'
import { Agent } from '../support/agent.ts'
import { Floor, healthOf } from '../support/floor.ts'
import type { Stack } from '../support/stack.ts'
import { until } from '../support/until.ts'

/** Two services started by mistake on one PBX and one database, each with a journal of its own: one acts. */

/** A line that its own carrier greets: calls stand in the queue at once. */
const LINE = '12320'
/** Of the owner's own supervisor: what it waits before it starts the service again. */
const RESTART_MS = 500

let floor: Floor
/** The same floor, seen from the second service. */
let second: Stack
let secondProcess: ChildProcess
let folder: string

beforeAll(async () => {
  floor = await Floor.open({ HOTLINE_WRAP_UP_MS: '500' })
  folder = mkdtempSync(join(tmpdir(), 'hotline-second-'))
  const httpPort = floor.stack.config.httpPort + 10
  second = { ...floor.stack, config: { ...floor.stack.config, httpPort } }
  secondProcess = spawn(process.execPath, [join(PROJECT, 'src', 'main.ts')], {
    env: { ...floor.stack.serviceEnv, HOTLINE_DATA_DIR: folder, HOTLINE_HTTP_PORT: String(httpPort) },
    stdio: 'ignore',
  })
})
afterAll(async () => {
  if (secondProcess !== undefined) {
    const gone = new Promise(resolve => secondProcess.once('exit', resolve))
    secondProcess.kill('SIGTERM')
    await gone
  }
  await floor?.close()
  rmSync(folder, { recursive: true })
})
afterEach(() => floor.clear())

function first(): KeptProcess {
  const { service } = floor.stack
  if (service === null) throw new Error('no service')
  return service
}

/** Waits until this service says that it stands by, and for whom. */
async function untilStandsBy(service: Stack, owner: Stack): Promise<void> {
  await until(async () => {
    const ari = (await healthOf(service))?.ari
    return ari?.ok === false && ari.detail.includes(`:${owner.config.httpPort} `)
  }, 30_000)
}

async function untilActs(service: Stack): Promise<void> {
  await until(async () => (await healthOf(service))?.ari?.ok === true, 30_000, 50)
}

async function talkThrough(caller: string, agent: Agent): Promise<void> {
  const citizen = await floor.citizen(caller, LINE)
  const call = await floor.untilNoted(caller, 'bridged')
  expect(await agent.seat()).toMatchObject({ state: 'talking', callId: call.id })
  await citizen.hangUp()
  // The row is the only one of this number.
  expect(await floor.endedCall(caller)).toMatchObject({ result: 'completed', ended_by: 'caller', offers: 1 })
  await agent.untilSeatIs('ready')
}

test('the second stands by and says for whom; a call goes through once', async () => {
  await untilStandsBy(second, floor.stack)
  expect((await fetch(`http://127.0.0.1:${second.config.httpPort}/healthz`)).status).toBe(503)
  await floor.untilUnwell([])
  await floor.phone(['1001'], 200)
  await talkThrough('13811110001', await floor.sitDown('a1001', '1001'))
  const journal = readFileSync(join(folder, 'journal', 'journal.jsonl'), 'utf8')
  expect(journal).not.toContain('call-arrived')
})

test('the owner killed and started again goes on at once, in the middle of a talk', async () => {
  await floor.phone(['1002'], 200)
  await floor.sitDown('a1002', '1002')
  const citizen = await floor.citizen('13811110002', LINE)
  await floor.untilNoted('13811110002', 'bridged')
  const pid = first().pid
  first().kill('SIGKILL')
  const killedAt = performance.now()
  await until(() => first().pid !== pid && first().pid !== null)
  await untilActs(floor.stack)
  console.log(`acts again after ${Math.round(performance.now() - killedAt - RESTART_MS)} ms of its own`)
  await untilStandsBy(second, floor.stack)
  await citizen.hangUp()
  expect(await floor.endedCall('13811110002')).toMatchObject({ result: 'completed', ended_by: 'caller' })
})

test('the owner killed for good is followed; when it comes back, it stands by', async () => {
  const stopped = first().stop()
  first().kill('SIGKILL')
  await stopped
  const goneAt = performance.now()
  await untilActs(second)
  const tookMs = performance.now() - goneAt
  console.log(`the second acts after ${(tookMs / 1_000).toFixed(1)} s`)
  // Not before the lease was stale.
  expect(tookMs).toBeGreaterThan(10_000)

  await floor.phone(['1003'], 200)
  const agent = await Agent.signIn(second, 'a1003')
  await agent.sitDown('1003')
  await talkThrough('13811110003', agent)

  first().start()
  await untilStandsBy(floor.stack, second)
  await talkThrough('13811110004', agent)
  expect((await healthOf(second))?.ari).toMatchObject({ ok: true })
  await agent.ask('DELETE', '/api/my-seat')
  agent.close()
})
