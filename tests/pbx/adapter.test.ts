import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  asId,
  type BridgeId,
  bridgeId,
  type CallId,
  type LegId,
  outsideLegId,
  playbackId,
  type SeatNumber,
  seatLegId,
} from '#kernel/ids.ts'
import type { PbxCommand, PhoneKind } from '../../src/contact-center/events.ts'
import type { PbxEvent } from '../../src/engine/ports.ts'
import { AdapterBench, type Command, credentialsFile, passwordOf, register } from '../support/adapter.ts'
import { levelAt, peakLevelAt, readRaw, tone, writeALaw } from '../support/audio.ts'
import { DESK_PHONES, TRUNK } from '../support/phones.ts'
import { runSipp, type SippOptions, startSipp } from '../support/sipp.ts'
import { type Stack, startStack } from '../support/stack.ts'

const ELSEWHERE = '127.0.0.4'
const SEAT: SeatNumber = asId('1001')
const CITIZEN = '13800138000'
const TONE_HZ = 1_000

/** One Asterisk for the whole file; each test has a connection of its own. */
let stack: Stack
let folder: string
let bench: AdapterBench
let call: CallId
let calls = 0

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'adapter-'))
  await writeALaw(join(folder, 'tone.al'), tone(TONE_HZ, 1))
  stack = await startStack({ upTo: 'pbx' })
})
afterAll(async () => {
  await stack.stop()
  rmSync(folder, { recursive: true })
})

beforeEach(async () => {
  calls += 1
  call = asId(`call-${calls}`)
  bench = await connect()
})
afterEach(async () => {
  const { legs, bridges } = await bench.pbx.survey()
  await bench.pbx.close()
  expect({ legs, bridges }).toEqual({ legs: [], bridges: [] })
})

describe('a call', () => {
  it('is heard, greeted, connected, recorded and ended', async () => {
    const phone = await seat('seat.xml')
    const [caller, citizen] = await arrive()
    expect(bench.heard.at(-1)).toMatchObject({ type: 'arrived', caller: CITIZEN, dialled: '12345' })

    await perform({ do: 'answer', leg: caller })
    await play(caller, 'greeting', ['greeting'])
    await perform({ do: 'start-music', leg: caller })
    const leg = await dial()
    await event('leg-ringing', leg)
    await event('leg-answered', leg)
    await perform({ do: 'stop-music', leg: caller })
    await play(caller, 'serves', ['agent-number', 'digit-1', 'serves-you'])
    const bridge = await connectBoth(caller, leg)

    expect(await bench.pbx.survey()).toMatchObject({
      legs: expect.arrayContaining([
        { leg: caller, state: 'up', arrival: { caller: CITIZEN, dialled: '12345' } },
        { leg, state: 'up', arrival: null },
      ]),
      bridges: [{ bridge, legs: expect.arrayContaining([caller, leg]) }],
      registered: [{ seat: SEAT, phone: 'sip' }],
    })
    await untilRecorded(caller, 500)
    await hangUpBoth(caller, leg)
    await perform({ do: 'destroy-bridge', bridge })

    expect((await citizen.done).errors).toBe('')
    expect((await phone.done).errors).toBe('')
    const recording = await readRaw(rawFile(caller))
    // Decibels: the citizen's tone is loud on the left, and the seat's side is silent.
    expect(peakLevelAt(recording, 0, TONE_HZ)).toBeGreaterThan(-20)
    expect(levelAt(recording, 1, TONE_HZ)).toBeLessThan(-60)
  })

  it('goes on when its recording cannot be written', async () => {
    const raw = join(stack.config.dataDir, 'spool', 'raw')
    renameSync(raw, `${raw}-away`)
    // A missing folder is made anew by Asterisk; a file in its place cannot be.
    writeFileSync(raw, '')
    try {
      const phone = await seat('seat.xml')
      const [caller, citizen] = await arrive()
      await perform({ do: 'answer', leg: caller })
      const leg = await dial()
      await event('leg-answered', leg)
      const bridge = await connectBoth(caller, leg)
      await play(caller, 'still-there', ['digit-1'])
      await hangUpBoth(caller, leg)
      await perform({ do: 'destroy-bridge', bridge })
      expect((await citizen.done).failed + (await phone.done).failed).toBe(0)
    } finally {
      rmSync(raw)
      renameSync(`${raw}-away`, raw)
    }
  })

  it('shows no number that the citizen withheld', async () => {
    const [caller, citizen] = await arrive('caller-withheld.xml')
    expect(bench.heard.at(-1)).toMatchObject({ type: 'arrived', caller: '' })
    await perform({ do: 'answer', leg: caller })
    await event('leg-gone', caller)
    await citizen.done
  })

  it('that is over when a command arrives tells so', async () => {
    const [caller, citizen] = await arrive('caller-leaves.xml')
    await perform({ do: 'answer', leg: caller })
    await event('leg-gone', caller)
    await citizen.done
    const gone = { ok: false, reason: 'gone' }
    for (const command of [
      { do: 'answer', leg: caller },
      { do: 'start-music', leg: caller },
      { do: 'stop-music', leg: caller },
      { do: 'hang-up', leg: caller, cause: 'normal' },
      { do: 'play', leg: caller, playback: playbackId(call, 'greeting'), prompts: ['greeting'] },
    ] as const) {
      expect(await bench.ask(command), command.do).toMatchObject(gone)
    }
    // The bridge is made before its legs are put in.
    const bridge = bridgeId(call)
    expect(await bench.ask({ do: 'bridge', bridge, legs: [caller, asId('nobody')] })).toMatchObject(gone)
    expect(await bench.pbx.sweep({ leg: caller })).toEqual({ ok: true })
    expect(await bench.pbx.sweep({ bridge })).toEqual({ ok: true })
    expect(await bench.pbx.sweep({ bridge })).toEqual({ ok: true })
  })
})

describe('a seat', () => {
  it('rings once however often it is dialled, and stops ringing when told', async () => {
    const phone = await seat('seat-silent.xml')
    const leg = await dial()
    await dial()
    await event('leg-ringing', leg)
    await perform({ do: 'hang-up', leg, cause: 'answered-elsewhere' })
    await event('leg-gone', leg)
    expect(await phone.done).toMatchObject({ successful: 1, failed: 0 })
  })

  it('that is busy is told as gone', async () => {
    const phone = await seat('seat-busy.xml')
    const leg = await dial()
    expect(await event('leg-gone', leg)).toMatchObject({ cause: 'busy' })
    await phone.done
  })

  it('that is away is refused at once, also after a repeated command', async () => {
    const phone = await seat('seat-silent.xml')
    const leg = await dial()
    // That the leg exists is said on each connection, which Asterisk then remembers of it.
    for (let times = 0; times < 5; times++) await dial()
    for (const [number, kind] of ABSENT) await absent(number, kind)
    await perform({ do: 'hang-up', leg, cause: 'normal' })
    await event('leg-gone', leg)
    expect(await phone.done).toMatchObject({ successful: 1, failed: 0 })
  })

  it('holds and takes back', async () => {
    const phone = await seat('seat-holds.xml')
    const [caller, citizen] = await arrive()
    await perform({ do: 'answer', leg: caller })
    const leg = await dial()
    await event('leg-answered', leg)
    const bridge = await connectBoth(caller, leg)
    await event('leg-held', leg)
    await event('leg-unheld', leg)
    await event('leg-gone', leg)
    await perform({ do: 'hang-up', leg: caller, cause: 'normal' })
    await event('leg-gone', caller)
    await perform({ do: 'destroy-bridge', bridge })
    expect((await citizen.done).errors + (await phone.done).errors).toBe('')
  })

  it('is told away when it takes its registration back', async () => {
    await register(stack, { ...PHONE, expires: 60 })
    await register(stack, { ...PHONE, expires: 0 })
    await vi.waitFor(() =>
      expect(bench.heard.at(-1)).toMatchObject({
        type: 'phone-changed',
        seat: SEAT,
        phone: 'sip',
        registered: false,
      }),
    )
  })
})

it('a number outside is refused while there is no carrier', async () => {
  const command = {
    do: 'dial-out',
    leg: outsideLegId(call, 1),
    number: '057112345678',
    shows: '12345',
  } as const
  const dialled = await bench.ask({ ...command, records: true, giveUpAfterMs: 5_000 })
  expect(dialled).toMatchObject({ ok: false, reason: 'refused' })
})

describe('passwords', () => {
  it('count from the moment they are renewed, and a call goes on', async () => {
    const phone = await seat('seat.xml')
    const leg = await dial()
    await event('leg-answered', leg)
    expect(await bench.pbx.renew(SEAT, 'renewed')).toEqual({ ok: true, value: undefined })
    const web = { user: '1001-web', port: 24_998, expires: 60 }
    expect(await register(stack, { ...web, password: passwordOf('1001-web') })).toMatchObject({ failed: 1 })
    expect(await register(stack, { ...web, password: 'renewed' })).toMatchObject({ successful: 1 })
    expect((await bench.pbx.survey()).legs).toMatchObject([{ leg, state: 'up' }])
    await perform({ do: 'hang-up', leg, cause: 'normal' })
    await event('leg-gone', leg)
    expect((await phone.done).errors).toBe('')
  })
})

describe('what is no number', () => {
  // Bytes that are no UTF-8 make Asterisk fail to list its channels, and commas would be arguments of ours.
  it.each(['1%FF%FE', '1,seat', '1%22,%22', '1)%22', '12345%0D%0A'])('%s is refused', async dialled => {
    const citizen = await runSipp({ ...caller(), dialled, calls: 1 })
    expect(citizen.errors).toContain('SIP/2.0 404')
    expect(arrivals()).toEqual([])
  })
})

describe('strangers', () => {
  it.each([
    ['a citizen at an address that is no trunk', CITIZEN],
    ['a guess at a seat', SEAT],
    ['a guess at no seat', '9999'],
    ["the trunk's own name", 'trunk'],
  ])('%s gets 401 and is not heard of', async (_, caller) => {
    const stranger = await runSipp({
      ...to('stranger.xml', ELSEWHERE),
      keys: { caller },
      dialled: '12345',
      calls: 1,
    })
    expect(stranger).toMatchObject({ successful: 1, errors: '' })
    expect(arrivals()).toEqual([])
  })

  it('seats reach no number', async () => {
    for (const dialled of ['12345', '1002', '13800138000']) {
      const out = {
        ...to('seat-dials-out.xml', DESK_PHONES),
        injection: credentialsFile('1001'),
        dialled,
        calls: 1,
      }
      expect(await runSipp(out)).toMatchObject({ successful: 1, errors: '' })
    }
    expect(arrivals()).toEqual([])
  })
})

describe('the connection', () => {
  it('with the service away, callers hear an apology and are hung up', async () => {
    await bench.pbx.close()
    const citizen = await runSipp({ ...caller(), calls: 1 })
    expect(citizen).toMatchObject({ successful: 1, errors: '' })
    bench = await connect()
    expect(arrivals()).toEqual([])
  })

  it('comes back after the PBX was killed, with all seats', async () => {
    await register(stack, { ...PHONE, expires: 60 })
    process.kill(stack.asterisk.pid ?? 0, 'SIGKILL')
    await vi.waitFor(() => expect(bench.connection).toEqual(['connected', 'lost']))
    expect(await bench.ask({ do: 'answer', leg: asId('any') })).toMatchObject({
      reason: 'unreachable',
    })
    await vi.waitFor(() => expect(bench.connection).toEqual(['connected', 'lost', 'connected']), 20_000)
    // The registration outlived Asterisk; a new one is accepted with the pushed password.
    expect((await bench.pbx.survey()).registered).toContainEqual({ seat: SEAT, phone: 'sip' })
    await register(stack, { ...PHONE, expires: 60 })
  })

  it('hears legs that lived on while nobody listened', async () => {
    const [caller, citizen] = await arrive()
    await perform({ do: 'answer', leg: caller })
    await bench.pbx.close()
    bench = await connect()
    expect((await bench.pbx.survey()).legs).toMatchObject([{ leg: caller, arrival: { caller: CITIZEN } }])
    await perform({ do: 'hang-up', leg: caller, cause: 'normal' })
    await event('leg-gone', caller)
    expect((await citizen.done).errors).toBe('')
  })

  it('hears everything though it follows at once on another', async () => {
    for (let times = 0; times < 60; times++) {
      await bench.pbx.close()
      bench = await connect()
      const echoes = bench.pbx.counters.eventsByType.get('ChannelUserevent') ?? 0
      await sendUserEvent('hotline')
      await sendUserEvent('hotline-endpoints')
      await vi.waitFor(() => expect(bench.pbx.counters.eventsByType.get('ChannelUserevent')).toBe(echoes + 2))
    }
  })

  it('is given up when another process takes over', async () => {
    const first = bench
    bench = await connect()
    const givenUp = ['connected', 'lost', 'standing by for test (journal adapter-test)']
    await vi.waitFor(() => expect(first.connection).toEqual(givenUp), 10_000)
    expect(await first.pbx.renew(SEAT, 'of no use')).toMatchObject({
      ok: false,
      refusal: { code: 'unavailable' },
    })
    await first.pbx.close()
  })
})

function connect(): Promise<AdapterBench> {
  return AdapterBench.connect(stack, call)
}

function to(scenario: string, source: string): SippOptions & { target: string } {
  const { sipHost, sipPort } = stack.config
  const target = `${sipHost}:${sipPort}`
  return { scenario: join(import.meta.dirname, 'sipp', scenario), source, target, cwd: folder }
}

function caller(scenario = 'caller.xml'): SippOptions {
  return { ...to(scenario, TRUNK), keys: { caller: CITIZEN }, dialled: '12345' }
}

/** A citizen dials; resolves with the caller's leg. */
async function arrive(scenario?: string) {
  const citizen = await startSipp({ ...caller(scenario), calls: 1 })
  const arrived = await vi.waitFor(() => {
    const found = bench.heard.find(event => event.type === 'arrived')
    if (found === undefined) throw new Error('nobody arrived')
    return found
  })
  return [arrived.leg, citizen] as const
}

function arrivals(): readonly PbxEvent[] {
  return bench.heard.filter(event => event.type === 'arrived')
}

async function sendUserEvent(application: string): Promise<void> {
  const { ariUrl, ariUser } = stack.config
  const authorization = `Basic ${btoa(`${ariUser}:${stack.ariPassword}`)}`
  const url = `${ariUrl}/ari/events/user/test?application=${application}`
  expect((await fetch(url, { method: 'POST', headers: { authorization } })).status).toBe(204)
}

const PHONE = { user: SEAT, port: 24_999 }

/** A registered phone that takes one call as the scenario says. */
async function seat(scenario: string) {
  expect(await register(stack, { ...PHONE, expires: 60 })).toMatchObject({ successful: 1 })
  const { target: _, ...listening } = to(scenario, DESK_PHONES)
  return startSipp({ ...listening, port: PHONE.port, calls: 1 })
}

function perform(command: Command): Promise<void> {
  return bench.perform(command)
}

const ABSENT = [
  ['1002', 'browser'],
  ['1002', 'sip'],
  ['9999', 'sip'],
] as const

async function absent(number: string, phone: PhoneKind): Promise<void> {
  const leg = asId<LegId>(`${call}-absent-${number}-${phone}`)
  const command = { do: 'dial-seat', leg, caller: CITIZEN, autoAnswer: false, giveUpAfterMs: 5_000 } as const
  const dialled = await bench.ask({ ...command, seat: asId(number), phone })
  expect(dialled, number).toMatchObject({ ok: false, reason: 'refused' })
}

async function dial(): Promise<LegId> {
  const leg = seatLegId(call, 1)
  const dialling = { do: 'dial-seat', leg, seat: SEAT, phone: 'sip', caller: CITIZEN } as const
  await perform({ ...dialling, autoAnswer: false, giveUpAfterMs: 10_000 })
  return leg
}

async function play(leg: LegId, what: string, prompts: Extract<PbxCommand, { do: 'play' }>['prompts']) {
  const playback = playbackId(call, what)
  await perform({ do: 'play', leg, playback, prompts })
  await vi.waitFor(() => expect(bench.heard).toContainEqual(expect.objectContaining({ playback })), 20_000)
}

async function connectBoth(caller: LegId, leg: LegId): Promise<BridgeId> {
  const bridge = bridgeId(call)
  await perform({ do: 'bridge', bridge, legs: [caller, leg] })
  await event('leg-bridged', caller)
  await event('leg-bridged', leg)
  return bridge
}

async function hangUpBoth(...legs: readonly LegId[]): Promise<void> {
  for (const leg of legs) await perform({ do: 'hang-up', leg, cause: 'normal' })
  for (const leg of legs) await event('leg-gone', leg)
}

function event(type: PbxEvent['type'], leg: LegId): Promise<PbxEvent> {
  return bench.event(type, leg)
}

function rawFile(leg: LegId): string {
  return join(stack.config.dataDir, 'spool', 'raw', `${leg}.raw`)
}

async function untilRecorded(leg: LegId, milliseconds: number): Promise<void> {
  await vi.waitFor(async () => {
    const { channels } = await readRaw(rawFile(leg))
    expect(channels[0]?.length).toBeGreaterThan(8 * milliseconds)
  }, 10_000)
}
