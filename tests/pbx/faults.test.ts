import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { KeptProcess } from '../../scripts/instance/kept-process.ts'
import { Floor } from '../support/floor.ts'
import { Listener } from '../support/listener.ts'
import { sipTarget, TRUNK } from '../support/phones.ts'
import { freeze, thaw } from '../support/processes.ts'
import { runSipp } from '../support/sipp.ts'
import { until } from '../support/until.ts'

/** Each part is killed or frozen under calls: nobody is cut who need not be, and every call is written down once. */

/** A line that its own carrier greets: calls stand in the queue at once. */
const LINE = '12320'
const WRAP_UP_MS = 2_500
/** The timeline of a call on that line that went well. */
const WELL = ['arrived', 'queued', 'offered', 'popped', 'ringing', 'answered', 'bridged', 'ended']

let floor: Floor

beforeAll(async () => {
  floor = await Floor.open({ HOTLINE_RING_TIMEOUT_MS: '8000', HOTLINE_WRAP_UP_MS: String(WRAP_UP_MS) })
})
afterAll(async () => {
  await floor?.close()
})
afterEach(() => floor.clear())

/** A server of ours, which must not be a machine's own. */
function server(name: 'service' | 'postgres'): KeptProcess {
  const process = floor.stack[name]
  if (process === null) throw new Error(`${name} is not ours`)
  return process
}

function pidOf(process: KeptProcess): number {
  if (process.pid === null) throw new Error(`${process.launch.name} is down`)
  return process.pid
}

/** Killed without a word; the supervisor starts it again. */
async function kill(process: KeptProcess): Promise<void> {
  const pid = pidOf(process)
  process.kill('SIGKILL')
  await until(() => process.pid !== pid)
}

async function frozen(process: KeptProcess, meanwhile: () => Promise<void>): Promise<void> {
  const pid = pidOf(process)
  await freeze(pid)
  try {
    await meanwhile()
  } finally {
    await thaw(pid)
  }
}

async function channels(): Promise<string[]> {
  return (await floor.ari<{ id: string }[]>('channels')).map(({ id }) => id).sort()
}

/** A talk that ends as it begins leaves no sound to keep. */
async function talkAWhile(): Promise<void> {
  const since = Date.now()
  await until(() => Date.now() - since > 1_500)
}

describe('the service', () => {
  test('killed under calls: nobody is cut, and the one after it goes on where it stood', async () => {
    await floor.phone(['1001', '1002'], 200)
    const agent = await floor.sitDown('a1001', '1001')
    const second = await floor.sitDown('a1002', '1002')
    const talker = await floor.citizen('13833330001', LINE)
    const talk = await floor.untilNoted('13833330001', 'bridged')
    const leaver = await floor.citizen('13833330002', LINE)
    await floor.untilNoted('13833330002', 'bridged')
    await floor.citizen('13833330003', LINE)
    const waiting = await floor.untilNoted('13833330003', 'queued')
    const before = await channels()
    expect(before.length).toBe(5)

    await kill(server('service'))
    await leaver.hangUp()
    await floor.untilUnwell([])
    // The one who left took nobody along; the second seat's phone is let go.
    const gone = await floor.endedCall('13833330002')
    expect(gone).toMatchObject({ result: 'completed', reason: 'hung-up', ended_by: 'caller', seat: '1002' })
    await second.untilSeatIs('wrap-up')
    const after = await channels()
    expect(before).toEqual(expect.arrayContaining(after))
    expect(after.length).toBe(3)
    expect(await agent.seat()).toMatchObject({ state: 'talking', callId: talk.id })
    expect(await agent.reload(null).first('snapshot')).toMatchObject({ pop: { callId: talk.id } })

    await talker.hangUp()
    await agent.untilSeatIs('wrap-up')
    expect(await floor.callFrom('13833330003')).toMatchObject({ queued_at: waiting.queued_at, offers: 0 })
    await agent.post('/api/my-seat/wrap-up/finish')
    await floor.untilNoted('13833330003', 'bridged')
    await talkAWhile()
    await agent.post('/api/my-seat/hang-up')

    const talked = await floor.endedCall('13833330001')
    expect(talked).toMatchObject({ result: 'completed', reason: 'hung-up', ended_by: 'caller', seat: '1001' })
    const waited = await floor.endedCall('13833330003')
    expect(waited).toMatchObject({ result: 'completed', reason: 'hung-up', ended_by: 'agent', seat: '1001' })
    for (const caller of ['13833330001', '13833330002', '13833330003']) {
      expect(await floor.kindsOf(caller)).toEqual(WELL)
      expect(await floor.draftsOf(caller)).toBe(1)
    }
    await floor.isKeptWhole(talked)
    await floor.isKeptWhole(waited)
  })

  test('killed at the moment of the offer: the page has its pop, and both hear each other', async () => {
    await floor.phone(['1001'], 3_000)
    const agent = await floor.sitDown('a1001', '1001')
    await floor.citizen('13833330005', LINE)
    await until(() => agent.page.all('seat').some(({ state }) => state === 'reserved'))
    await kill(server('service'))
    await floor.untilUnwell([])
    const page = agent.reload(null)
    expect(await page.first('snapshot')).toMatchObject({ pop: { callerNumber: '13833330005' } })
    await floor.untilNoted('13833330005', 'bridged')
    // The command to answer may have been lost with the service.
    const states = (await floor.ari<{ state: string }[]>('channels')).map(({ state }) => state)
    expect(states).toEqual(['Up', 'Up'])
  })

  test('killed while the seat rings, which answers too soon: it rings again and they talk', async () => {
    await floor.phone(['1001'], 300)
    const agent = await floor.sitDown('a1001', '1001')
    await floor.citizen('13833330006', LINE)
    await until(() => agent.page.all('seat').some(({ state }) => state === 'ringing'))
    await kill(server('service'))
    await floor.untilUnwell([])
    const call = await floor.untilNoted('13833330006', 'bridged')
    expect(call).toMatchObject({ bridged_at: expect.any(Date) })
    expect(await floor.kindsOf('13833330006')).not.toContain('not-answered')
  })

  test('started a second time by mistake: refused, and the journal stays that of the first', async () => {
    const { dataDir } = floor.stack.config
    const journal = () => statSync(join(dataDir, 'journal', 'journal.jsonl')).ino
    const before = journal()
    const main = join(import.meta.dirname, '..', '..', 'src', 'main.ts')
    const second = spawnSync(process.execPath, [main], { env: floor.stack.serviceEnv, encoding: 'utf8' })
    expect(second).toMatchObject({ status: 1, stderr: expect.stringContaining('another service') })
    expect(journal()).toBe(before)
  })

  test('away: a citizen hears the apology and is hung up', async () => {
    const ear = await Listener.open(TRUNK)
    await server('service').stop()
    try {
      const citizen = await runSipp({
        scenario: join(import.meta.dirname, 'sipp', 'listener.xml'),
        target: sipTarget(floor.stack),
        source: TRUNK,
        calls: 1,
        dialled: '12345',
        keys: { caller: '13833330004', ear: String(ear.port) },
      })
      expect(citizen).toMatchObject({ successful: 1, errors: '' })
      expect(ear.audibleMs()).toBeGreaterThan(1_500)
      await floor.nothingLeft()
    } finally {
      ear.close()
      server('service').start()
      await floor.untilUnwell([])
    }
    expect(await floor.callFrom('13833330004')).toBeUndefined()
  })
})

describe('Asterisk', () => {
  test('killed under calls: they are closed as our fault, and 5 s after it is back calls come in again', async () => {
    const desk = await floor.phone(['1001'], 200)
    const agent = await floor.sitDown('a1001', '1001')
    const cut = [await floor.citizen('13844440001', LINE)]
    await floor.untilNoted('13844440001', 'bridged')
    cut.push(await floor.citizen('13844440002', LINE))
    await floor.untilNoted('13844440002', 'queued')

    await kill(floor.stack.asterisk)
    for (const run of [...cut, desk]) await run.stop()
    await until(async () => (await floor.ari('asterisk/ping').catch(() => null)) !== null, 30_000)
    const backAt = Date.now()
    await floor.untilUnwell([])
    expect(Date.now() - backAt).toBeLessThan(5_000)

    const fault = { result: 'our-fault', reason: 'pbx-lost', ended_by: 'system' }
    expect(await floor.endedCall('13844440001')).toMatchObject({ ...fault, seat: '1001' })
    expect(await floor.endedCall('13844440002')).toMatchObject({ ...fault, seat: null })
    expect(await floor.kindsOf('13844440001')).toEqual(WELL)
    expect(await floor.kindsOf('13844440002')).toEqual(['arrived', 'queued', 'ended'])
    await until(() => agent.page.all('seat').some(({ state }) => state === 'wrap-up'))
    expect(await floor.ari<unknown[]>('endpoints/PJSIP')).toHaveLength(2 * floor.stack.config.seatCount + 1)

    await floor.phone(['1001'], 200)
    await agent.ready()
    const next = await floor.citizen('13844440003', LINE)
    await floor.untilNoted('13844440003', 'bridged')
    await next.hangUp()
    expect(await floor.endedCall('13844440003')).toMatchObject({ result: 'completed', ended_by: 'caller' })
    expect(await floor.kindsOf('13844440003')).toEqual(WELL)
  })

  test('frozen: named within 5 s, and a talk outlives it', async () => {
    await floor.phone(['1001'], 200)
    const agent = await floor.sitDown('a1001', '1001')
    const talker = await floor.citizen('13844440004', LINE)
    await floor.untilNoted('13844440004', 'bridged')

    const service = pidOf(server('service'))
    await frozen(floor.stack.asterisk, () => floor.untilUnwell(['ari'], 5_000))
    await floor.untilUnwell([], 10_000)
    expect(pidOf(server('service'))).toBe(service)
    expect(await agent.seat()).toMatchObject({ state: 'talking' })
    await talker.hangUp()
    const call = await floor.endedCall('13844440004')
    expect(call).toMatchObject({ result: 'completed', reason: 'hung-up', ended_by: 'caller' })
    expect(await floor.kindsOf('13844440004')).toEqual(WELL)

    await agent.untilSeatIs('ready')
    await floor.citizen('13844440005', LINE)
    await floor.untilNoted('13844440005', 'bridged')
  })
})

describe('PostgreSQL', () => {
  test('frozen: named within 5 s; a call is taken meanwhile and written afterwards, once', async () => {
    await floor.phone(['1001'], 200)
    const agent = await floor.sitDown('a1001', '1001')
    const seen = () => agent.page.all('seat').map(({ state }) => state)
    await frozen(server('postgres'), async () => {
      const citizen = await floor.citizen('13855550001')
      await floor.untilUnwell(['database'], 5_000)
      expect(await agent.page.first('pop')).toMatchObject({ callerNumber: '13855550001' })
      await until(() => seen().includes('talking'))
      // Announced and joined: both are in a bridge.
      await until(
        async () => (await floor.ari<{ channels: string[] }[]>('bridges'))[0]?.channels.length === 2,
      )
      await talkAWhile()
      await citizen.hangUp()
      await until(() => seen().includes('wrap-up'))
      await floor.nothingLeft()
    })
    await floor.untilUnwell([])
    const call = await floor.endedCall('13855550001')
    expect(call).toMatchObject({ result: 'completed', reason: 'hung-up', ended_by: 'caller', seat: '1001' })
    expect(await floor.kindsOf('13855550001')).toEqual(WELL.toSpliced(1, 0, 'greeted'))
    expect(await floor.draftsOf('13855550001')).toBe(1)
    await floor.isKeptWhole(call)
  })
})

describe('the queue', () => {
  test('one seat for three citizens: each is answered after wrap-up, in order of arrival', async () => {
    await floor.phone(['1001'], 200)
    await floor.sitDown('a1001', '1001')
    const callers = ['13866660001', '13866660002', '13866660003']
    const runs = []
    for (const caller of callers) {
      runs.push(await floor.citizen(caller, LINE))
      await floor.untilNoted(caller, 'queued')
    }
    let freeAt = 0
    for (const [at, caller] of callers.entries()) {
      const call = await floor.untilNoted(caller, 'bridged')
      const offered = (await floor.notesOf(call.id)).find(({ kind }) => kind === 'offered')
      expect(offered?.at.getTime()).toBeGreaterThanOrEqual(freeAt)
      for (const later of callers.slice(at + 1)) expect(await floor.kindsOf(later)).toEqual(WELL.slice(0, 2))
      await runs[at]?.hangUp()
      const { ended_at } = await floor.endedCall(caller)
      freeAt = (ended_at?.getTime() ?? 0) + WRAP_UP_MS
    }
  })
})

describe('the desk page', () => {
  test('closed while the phone rings and opened again: it has the pop, once', async () => {
    await floor.phone(['1001'], null)
    const agent = await floor.sitDown('a1001', '1001')
    await floor.citizen('13877770001', LINE)
    const call = await floor.untilNoted('13877770001', 'ringing')
    const { id } = await agent.page.first('pop')
    const page = agent.reload(id)
    expect(await page.first('snapshot')).toMatchObject({
      seat: { state: 'ringing' },
      pop: { id, callId: call.id },
      cursor: id,
    })
    // What follows shows that nothing else came between: the pop was acknowledged and is not missed.
    await agent.post('/api/my-seat/hang-up')
    await until(() => page.all('seat').some(({ state }) => state === 'not-ready'))
    expect(page.all('pop')).toEqual([])
    expect(await page.first('missed')).toEqual([])
  })

  test('that never acknowledges rings all the same', async () => {
    await floor.phone(['1001'], 200)
    const agent = await floor.sitDown('a1001', '1001')
    agent.page.deaf = true
    await floor.citizen('13877770002', LINE)
    const call = await floor.untilNoted('13877770002', 'bridged')
    const notes = await floor.notesOf(call.id)
    expect(notes.map(({ kind }) => kind)).toEqual(WELL.filter(kind => kind !== 'popped' && kind !== 'ended'))
    const instant = (kind: string) => notes.find(note => note.kind === kind)?.at.getTime() ?? 0
    expect(instant('ringing') - instant('offered')).toBeGreaterThanOrEqual(floor.stack.config.popAckTimeoutMs)
  })
})

test('no log shows a phone number in full', async () => {
  const { dataDir } = floor.stack.config
  const { rows } = await floor.db.query<{ caller_number: string }>('select caller_number from calls')
  const callers = [...rows.map(row => row.caller_number), '13833330004']
  expect(callers.length).toBeGreaterThan(10)
  const folders = [join(dataDir, 'log'), join(dataDir, 'pbx', 'log')]
  const files = folders.flatMap(folder =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name)),
  )
  expect(files).toContain(join(dataDir, 'log', 'service.log'))
  expect(files).toContain(join(dataDir, 'pbx', 'log', 'messages.log'))
  for (const file of files) {
    const text = readFileSync(file, 'utf8')
    for (const caller of callers) expect(text.includes(caller), `${caller} in ${file}`).toBe(false)
  }
})
