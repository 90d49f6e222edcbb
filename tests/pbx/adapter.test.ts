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
  playbackId,
  type SeatNumber,
  seatLegId,
} from '#kernel/ids.ts'
import { AsteriskPbx } from '../../src/adapters/asterisk/asterisk-pbx.ts'
import type { SeatCredential } from '../../src/adapters/asterisk/seat-registrar.ts'
import { systemClock } from '../../src/adapters/system/clock.ts'
import type { PbxCommand } from '../../src/contact-center/events.ts'
import type { PbxEvent } from '../../src/engine/ports.ts'
import { levelAt, peakLevelAt, readRaw, tone, writeALaw } from '../support/audio.ts'
import { runSipp, type SippOptions, startSipp } from '../support/sipp.ts'
import { type Stack, startStack } from '../support/stack.ts'

const TRUNK = '127.0.0.2'
const PHONE = '127.0.0.3'
const ELSEWHERE = '127.0.0.4'
const SEAT: SeatNumber = asId('1001')
const CITIZEN = '13800138000'
const TONE_HZ = 1_000

/** One Asterisk for the whole file; each test has a connection of its own. */
let stack: Stack
let folder: string
let pbx: AsteriskPbx
let heard: PbxEvent[]
let connection: string[]
let call: CallId
let calls = 0
let runs = 0

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
  pbx = connect()
  await vi.waitFor(() => expect(connection).toEqual(['connected']), 10_000)
})
afterEach(async () => {
  const { legs, bridges } = await pbx.survey()
  await pbx.close()
  expect({ legs, bridges }).toEqual({ legs: [], bridges: [] })
})

describe('a call', () => {
  it('is heard, greeted, connected, recorded and ended', async () => {
    const phone = await seat('seat.xml')
    const [caller, citizen] = await arrive()
    expect(heard.at(-1)).toMatchObject({ type: 'arrived', caller: CITIZEN, dialled: '12345' })

    await perform({ do: 'answer', leg: caller })
    await play(caller, 'greeting', ['greeting'])
    await perform({ do: 'start-music', leg: caller })
    const leg = await dial()
    await event('leg-ringing', leg)
    await event('leg-answered', leg)
    await perform({ do: 'stop-music', leg: caller })
    await play(caller, 'serves', ['agent-number', 'digit-1', 'serves-you'])
    const bridge = await connectBoth(caller, leg)

    expect(await pbx.survey()).toMatchObject({
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
    expect(heard.at(-1)).toMatchObject({ type: 'arrived', caller: '' })
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
      expect(await pbx.perform({ call, ...command }), command.do).toMatchObject(gone)
    }
    // The bridge is made before its legs are put in.
    const bridge = bridgeId(call)
    expect(await pbx.perform({ call, do: 'bridge', bridge, legs: [caller, asId('nobody')] })).toMatchObject(
      gone,
    )
    expect(await pbx.sweep({ leg: caller })).toEqual({ ok: true })
    expect(await pbx.sweep({ bridge })).toEqual({ ok: true })
    expect(await pbx.sweep({ bridge })).toEqual({ ok: true })
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

  it('that is busy is told as gone; one that is away is refused at once', async () => {
    const phone = await seat('seat-busy.xml')
    const leg = await dial()
    expect(await event('leg-gone', leg)).toMatchObject({ cause: 'User busy' })
    await phone.done

    const absent = [
      ['1002', 'browser'],
      ['1002', 'sip'],
      ['9999', 'sip'],
    ] as const
    for (const [number, kind] of absent) {
      const leg = asId<LegId>(`${call}-absent-${number}-${kind}`)
      const command = { do: 'dial-seat', leg, caller: CITIZEN, giveUpAfterMs: 5_000 } as const
      const dialled = await pbx.perform({ call, ...command, seat: asId(number), phone: kind })
      expect(dialled).toMatchObject({ ok: false, reason: 'refused' })
    }
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
    await register({ expires: 60 })
    await register({ expires: 0 })
    await vi.waitFor(() =>
      expect(heard.at(-1)).toMatchObject({
        type: 'phone-changed',
        seat: SEAT,
        phone: 'sip',
        registered: false,
      }),
    )
  })
})

describe('passwords', () => {
  it('count from the moment they are renewed, and a call goes on', async () => {
    const phone = await seat('seat.xml')
    const leg = await dial()
    await event('leg-answered', leg)
    expect(await pbx.renew(SEAT, 'renewed')).toEqual({ ok: true, value: undefined })
    const web = { user: '1001-web', port: 24_998, expires: 60 }
    expect(await register({ ...web, password: passwordOf('1001-web') })).toMatchObject({ failed: 1 })
    expect(await register({ ...web, password: 'renewed' })).toMatchObject({ successful: 1 })
    expect((await pbx.survey()).legs).toMatchObject([{ leg, state: 'up' }])
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
        ...to('seat-dials-out.xml', PHONE),
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
    await pbx.close()
    const citizen = await runSipp({ ...caller(), calls: 1 })
    expect(citizen).toMatchObject({ successful: 1, errors: '' })
    pbx = connect()
    await vi.waitFor(() => expect(connection).toEqual(['connected']), 10_000)
    expect(arrivals()).toEqual([])
  })

  it('comes back after the PBX was killed, with all seats', async () => {
    await register({ expires: 60 })
    process.kill(stack.asterisk.pid ?? 0, 'SIGKILL')
    await vi.waitFor(() => expect(connection).toEqual(['connected', 'lost']))
    expect(await pbx.perform({ call, do: 'answer', leg: asId('any') })).toMatchObject({
      reason: 'unreachable',
    })
    await vi.waitFor(() => expect(connection).toEqual(['connected', 'lost', 'connected']), 20_000)
    // The registration outlived Asterisk; a new one is accepted with the pushed password.
    expect((await pbx.survey()).registered).toContainEqual({ seat: SEAT, phone: 'sip' })
    await register({ expires: 60 })
  })

  it('hears legs that lived on while nobody listened', async () => {
    const [caller, citizen] = await arrive()
    await perform({ do: 'answer', leg: caller })
    await pbx.close()
    pbx = connect()
    await vi.waitFor(() => expect(connection).toEqual(['connected']), 10_000)
    expect((await pbx.survey()).legs).toMatchObject([{ leg: caller, arrival: { caller: CITIZEN } }])
    await perform({ do: 'hang-up', leg: caller, cause: 'normal' })
    await event('leg-gone', caller)
    expect((await citizen.done).errors).toBe('')
  })

  it('hears everything though it follows at once on another', async () => {
    for (let times = 0; times < 60; times++) {
      await pbx.close()
      pbx = connect()
      await vi.waitFor(() => expect(connection).toEqual(['connected']), { timeout: 10_000, interval: 5 })
      const echoes = pbx.counters.eventsByType.get('ChannelUserevent') ?? 0
      await sendUserEvent('hotline')
      await sendUserEvent('hotline-endpoints')
      await vi.waitFor(() => expect(pbx.counters.eventsByType.get('ChannelUserevent')).toBe(echoes + 2))
    }
  })

  it('is given up when another process takes over', async () => {
    const [first, firstConnection] = [pbx, connection]
    pbx = connect()
    await vi.waitFor(() => expect(connection).toEqual(['connected']), 10_000)
    const givenUp = ['connected', 'lost', 'standing by for test (journal adapter-test)']
    await vi.waitFor(() => expect(firstConnection).toEqual(givenUp), 10_000)
    expect(await first.renew(SEAT, 'of no use')).toMatchObject({
      ok: false,
      refusal: { code: 'unavailable' },
    })
    await first.close()
  })
})

/** A connection whose events and states go to `heard` and `connection`. */
function connect(): AsteriskPbx {
  const [events, states]: [PbxEvent[], string[]] = [[], []]
  heard = events
  connection = states
  const { config, ariPassword } = stack
  const made = new AsteriskPbx({
    address: { url: config.ariUrl, user: config.ariUser, password: ariPassword },
    clock: systemClock,
    credentials: CREDENTIALS,
    mediaAddress: config.sipHost,
    checkPhonesEveryS: 0,
    // One journal, many runs: each takes over from the one before at once.
    claimant: { journal: 'adapter-test', run: `run-${++runs}`, label: 'test' },
    standsBy: owner => states.push(`standing by for ${owner}`),
    setUpFailed: () => {},
  })
  made.listen({
    event: event => events.push(event),
    lost: () => states.push('lost'),
    connected: () => states.push('connected'),
  })
  return made
}

const CREDENTIALS: readonly SeatCredential[] = ['1001', '1002'].flatMap(number => {
  const seat = asId<SeatNumber>(number)
  return [
    { seat, phone: 'sip', password: passwordOf(number) },
    { seat, phone: 'browser', password: passwordOf(`${number}-web`) },
  ] as const
})

function passwordOf(user: string): string {
  return `secret-of-${user}`
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
    const found = heard.find(event => event.type === 'arrived')
    if (found === undefined) throw new Error('nobody arrived')
    return found
  })
  return [arrived.leg, citizen] as const
}

function arrivals(): readonly PbxEvent[] {
  return heard.filter(event => event.type === 'arrived')
}

async function sendUserEvent(application: string): Promise<void> {
  const { ariUrl, ariUser } = stack.config
  const authorization = `Basic ${btoa(`${ariUser}:${stack.ariPassword}`)}`
  const url = `${ariUrl}/ari/events/user/test?application=${application}`
  expect((await fetch(url, { method: 'POST', headers: { authorization } })).status).toBe(204)
}

interface Registration {
  readonly user?: string
  readonly password?: string
  /** The port the phone is at. */
  readonly port?: number
  readonly expires: number
}

const PHONE_PORT = 24_999

function register({ user = SEAT, password, port = PHONE_PORT, expires }: Registration) {
  const keys = { expires: String(expires) }
  const injection = credentialsFile(user, password)
  return runSipp({ ...to('register.xml', PHONE), injection, keys, port, calls: 1 })
}

function credentialsFile(user: string, password = passwordOf(user)): string {
  const file = join(folder, `${user}.csv`)
  writeFileSync(file, `SEQUENTIAL\n${user};[authentication username=${user} password=${password}]\n`)
  return file
}

/** A registered phone that takes one call as the scenario says. */
async function seat(scenario: string) {
  expect(await register({ expires: 60 })).toMatchObject({ successful: 1 })
  const { target: _, ...listening } = to(scenario, PHONE)
  return startSipp({ ...listening, port: PHONE_PORT, calls: 1 })
}

type Command = PbxCommand extends infer One ? (One extends PbxCommand ? Omit<One, 'call'> : never) : never

async function perform(command: Command): Promise<void> {
  expect(await pbx.perform({ call, ...command }), command.do).toEqual({ ok: true })
}

async function dial(): Promise<LegId> {
  const leg = seatLegId(call, 1)
  await perform({ do: 'dial-seat', leg, seat: SEAT, phone: 'sip', caller: CITIZEN, giveUpAfterMs: 10_000 })
  return leg
}

async function play(leg: LegId, what: string, prompts: Extract<PbxCommand, { do: 'play' }>['prompts']) {
  const playback = playbackId(call, what)
  await perform({ do: 'play', leg, playback, prompts })
  await vi.waitFor(() => expect(heard).toContainEqual(expect.objectContaining({ playback })), 20_000)
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

async function event(type: PbxEvent['type'], leg: LegId): Promise<PbxEvent> {
  return vi.waitFor(() => {
    const found = heard.find(one => one.type === type && 'leg' in one && one.leg === leg)
    if (found === undefined) throw new Error(`no ${type} of ${leg}`)
    return found
  }, 10_000)
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
