import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PROJECT } from '../../scripts/instance/folders.ts'
import { pageUrl } from '../support/agent.ts'
import { Floor } from '../support/floor.ts'
import { until } from '../support/until.ts'

/** `npm run demo -- --url`: people come, work and go home again. */

let floor: Floor

beforeAll(async () => {
  floor = await Floor.open({})
})
afterAll(async () => {
  await floor?.close()
})

function startDemo(...args: string[]) {
  const child = spawn(
    process.execPath,
    [join(PROJECT, 'scripts', 'demo.ts'), '--url', pageUrl(floor.stack), ...args],
    { env: floor.stack.serviceEnv, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let shown = ''
  child.stdout.on('data', chunk => {
    shown += chunk
  })
  const ended = new Promise<number | null>(resolve => child.once('close', resolve))
  return { child, ended, shown: () => shown }
}

async function count(query: string): Promise<number> {
  return Number((await floor.db.query<{ count: string }>(query)).rows[0]?.count)
}

test('agents answer citizens, talk, write orders and wrap up; at the end nobody is left', async () => {
  const demo = startDemo('--agents', '6', '--citizens', '40')
  const ended = "select count(*) from calls where result = 'completed' and bridged_at is not null"
  await until(async () => {
    if (demo.child.exitCode !== null) throw new Error(demo.shown())
    return (await count(ended)) >= 3
  }, 120_000)
  await until(
    async () => (await count("select count(*) from work_orders where status = 'to-dispatch'")) >= 2,
    60_000,
  )
  expect(await count("select count(*) from seat_changes where state = 'wrap-up'")).toBeGreaterThanOrEqual(2)
  expect(demo.shown()).toContain(pageUrl(floor.stack))
  expect(demo.shown()).toMatch(/talking \d+/)

  demo.child.kill('SIGINT')
  expect(await demo.ended).toBe(0)
  await floor.nothingLeft()
  const sitting = `select count(*) from (select distinct on (seat) state from seat_changes order by seat, at desc) s
                   where state <> 'signed-out'`
  await until(async () => (await count(sitting)) === 0)
  // Nobody was cut off: whoever was on the line hung up.
  await until(async () => (await count('select count(*) from calls where ended_at is null')) === 0)
  expect(await count("select count(*) from calls where result in ('our-fault', 'carrier-fault')")).toBe(0)
})

test('where somebody works who is not of the demo city it refuses, and nobody calls', async () => {
  const calls = await count('select count(*) from calls')
  await floor.db.query("update staff set name = '张三' where login = 'a1005'")
  const demo = startDemo()
  expect(await demo.ended).toBe(1)
  expect(demo.shown()).toContain('a demo city only')
  expect(await count('select count(*) from calls')).toBe(calls)
})
