import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  asId,
  type BridgeId,
  bridgeId,
  type LegId,
  outsideLegId,
  playbackId,
  type SeatNumber,
  seatLegId,
  snoopLegId,
} from '#kernel/ids.ts'
import { freeUdpPort } from '../../scripts/people/sipp-hang-up.ts'
import type { GoneCause } from '../../src/contact-center/events.ts'
import { AdapterBench, register, SEATS } from '../support/adapter.ts'
import { cut, durationMs, loudness, peakLevelAt, readRaw } from '../support/audio.ts'
import { runAudioTool } from '../support/audio-tools.ts'
import { Handset } from '../support/handset.ts'
import { DESK_PHONES, sipTarget, TRUNK } from '../support/phones.ts'
import { type SippRun, startSipp } from '../support/sipp.ts'
import { type Stack, startStack } from '../support/stack.ts'

/** Legs beyond a citizen and a seat in one bridge, each proved by what telephones hear. */

const CITIZEN = '13800138000'
const OUTSIDE = '057112345678'
const HOTLINE = '12345'

/** Each voice has a pitch of its own, none a multiple of another. */
const PITCHES = { citizen: 500, seat: 1_130, other: 1_790, lead: 2_570 } as const
type Voice = keyof typeof PITCHES

const HOLD_MS = 3_000

let stack: Stack
let folder: string
let carrierPort: number
let bench: AdapterBench
let handsets: Map<Voice, Handset>
let telephones: SippRun[]
let legs: LegId[]
let calls = 0

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'legs-'))
  carrierPort = await freeUdpPort(TRUNK)
  const carrier = `sip:${TRUNK}:${carrierPort};transport=udp`
  stack = await startStack({ upTo: 'pbx', settings: { HOTLINE_TRUNK_URI: carrier } })
})
afterAll(async () => {
  await stack.stop()
  rmSync(folder, { recursive: true })
})

beforeEach(async () => {
  calls += 1
  handsets = new Map()
  telephones = []
  legs = []
  bench = await AdapterBench.connect(stack, asId(`call-${calls}`))
})
afterEach(async () => {
  for (const leg of legs) await bench.pbx.sweep({ leg })
  for (const { bridge } of (await bench.pbx.survey()).bridges) await bench.pbx.sweep({ bridge })
  await vi.waitFor(async () => expect((await bench.pbx.survey()).legs).toEqual([]), 5_000)
  for (const telephone of telephones) expect((await telephone.done).errors).toBe('')
  for (const handset of handsets.values()) handset.close()
  await bench.pbx.close()
})

describe('a call outside', () => {
  it('shows the number it is told to and nothing else of ours, is recorded, and talks', async () => {
    const carrier = await answers('other', TRUNK, carrierPort)
    const out = await dialOut({ records: true })
    await bench.event('leg-ringing', out)
    await bench.event('leg-answered', out)
    await dialOut({ records: true })
    await speak('other', carrier)
    const seat = await answeringSeat('seat')
    await bridge(out, seat)
    await heard({ other: ['seat'], seat: ['other'] })

    const invite = carrier.logged().join('\n')
    expect(invite).toMatch(new RegExp(`^INVITE sip:${OUTSIDE}@`, 'm'))
    expect(invite).toMatch(new RegExp(`^From: <sip:${HOTLINE}@`, 'm'))
    expect(invite).toMatch(new RegExp(`^P-Asserted-Identity: <sip:${HOTLINE}@`, 'm'))
    expect(new Set(invite.match(/(?<=sip:)[^@>]*(?=@)/g))).toEqual(new Set([OUTSIDE, HOTLINE, 'hotline']))
    expect(invite).not.toMatch(/asterisk/i)
    expect(invite.match(/^INVITE /gm)).toHaveLength(1)

    await hangUp(out)
    expect(await bench.event('leg-gone', out)).toMatchObject({ cause: 'normal' })
    const recording = await readRaw(rawFile(out))
    expect(peakLevelAt(recording, 0, PITCHES.other)).toBeGreaterThan(-20)
    expect(peakLevelAt(recording, 1, PITCHES.seat)).toBeGreaterThan(-20)
  })

  it.each([
    ['486 Busy Here', 'busy'],
    ['600 Busy Everywhere', 'busy'],
    ['480 Temporarily Unavailable', 'no-answer'],
    ['408 Request Timeout', 'no-answer'],
    ['403 Forbidden', 'rejected'],
    ['603 Decline', 'rejected'],
    ['404 Not Found', 'unallocated'],
    ['484 Address Incomplete', 'unallocated'],
    ['503 Service Unavailable', 'failed'],
    ['500 Server Internal Error', 'failed'],
  ] satisfies [string, GoneCause][])('that meets %s is gone: %s', async (status, cause) => {
    telephones.push(await refuses(status))
    const out = await dialOut()
    expect(await bench.event('leg-gone', out)).toMatchObject({ cause })
  })

  it('that is not answered ends after its time; one that we give up ends at once', async () => {
    for (const attempt of [1, 2]) {
      telephones.push(await sipp('seat-silent.xml', TRUNK, carrierPort))
      const out = await dialOut({ attempt, giveUpAfterMs: attempt === 1 ? 1_000 : 30_000 })
      await bench.event('leg-ringing', out)
      if (attempt === 2) await bench.perform({ do: 'hang-up', leg: out, cause: 'no-answer' })
      expect(await bench.event('leg-gone', out)).toMatchObject({ cause: 'no-answer' })
      expect(bench.of('leg-answered')).toEqual([])
    }
  })

  it('that is sent on elsewhere goes nowhere', async () => {
    const port = await freeUdpPort(DESK_PHONES)
    await register(stack, { user: SEATS[1], port, expires: 60 })
    // To a number of ours, and past the dialplan to a phone, which is not left ringing.
    telephones.push(await sipp('seat-silent.xml', DESK_PHONES, port))
    for (const [index, user] of [HOTLINE, `PJSIP/${SEATS[1]}`].entries()) {
      telephones.push(await refuses('302 Moved Temporarily', { contact: `<sip:${user}@${DESK_PHONES}>` }))
      const out = await dialOut({ attempt: index + 1 })
      expect(await bench.event('leg-gone', out)).toMatchObject({ cause: 'failed' })
    }
    for (const telephone of telephones) expect(await telephone.done).toMatchObject({ failed: 0 })
    expect([...bench.of('arrived'), ...bench.of('leg-ringing'), ...bench.of('leg-answered')]).toEqual([])
  })

  it('to what is no number never reaches the PBX', async () => {
    for (const number of ['', '+861', '*99', `${OUTSIDE}@elsewhere`, '1,2', '1'.repeat(21), '１２']) {
      const command = { do: 'dial-out', leg: outsideLegId(bench.call, 1), records: false } as const
      const asked = { ...command, giveUpAfterMs: 5_000 }
      const refused = { ok: false, reason: 'refused' }
      expect(await bench.ask({ ...asked, number, shows: HOTLINE })).toMatchObject(refused)
      expect(await bench.ask({ ...asked, number: OUTSIDE, shows: number })).toMatchObject(refused)
    }
    expect(bench.heard.filter(({ type }) => type !== 'phone-changed')).toEqual([])
  })
})

describe('one leg alone', () => {
  it('hears the ringing tone until told, in a bridge and out of it', async () => {
    const citizen = await arrive('citizen')
    const other = await answeringSeat('seat')
    for (const bridged of [false, true]) {
      if (bridged) {
        const joined = await bridge(citizen, other)
        await bench.perform({ do: 'unbridge', bridge: joined, leg: other })
      }
      await bench.perform({ do: 'start-ringback', leg: citizen })
      // 450 Hz, as Chinese networks give it.
      await vi.waitFor(() => expect(handset('citizen').hears(450, 300)).toBe(true), 5_000)
      await bench.perform({ do: 'stop-ringback', leg: citizen })
      await vi.waitFor(() => expect(handset('citizen').hearsAnything(1_500)).toBe(false), 5_000)
    }
  })

  it("hears the city's announcements in their order, and no more when stopped", async () => {
    const citizen = await arrive('citizen')
    const announcements = join(stack.config.dataDir, 'announcements')
    const [first, second] = [700, 2_000]
    for (const [name, hz] of Object.entries({ first, second })) {
      const format = ['-r', '8000', '-c', '1', '-b', '16']
      const file = join(announcements, `${name}.wav`)
      await runAudioTool('sox', ['-n', ...format, file, 'synth', '0.5', 'sine', String(hz)])
    }
    const playback = playbackId(bench.call, 'menu')
    const prompts = ['announcement-first', 'announcement-second', 'greeting', 'greeting'] as const
    await bench.perform({ do: 'play', leg: citizen, playback, prompts })
    const ear = handset('citizen')
    await vi.waitFor(
      () => expect([ear.hears(first, 300), ear.hears(second, 300)]).toEqual([true, false]),
      5_000,
    )
    await vi.waitFor(
      () => expect([ear.hears(first, 300), ear.hears(second, 300)]).toEqual([false, true]),
      5_000,
    )
    await bench.perform({ do: 'stop-play', leg: citizen, playback })
    await vi.waitFor(() =>
      expect(bench.of('prompt-finished')).toMatchObject([{ leg: citizen, playback, played: true }]),
    )
    await vi.waitFor(() => expect(handset('citizen').hearsAnything(500)).toBe(false), 5_000)
    await bench.perform({ do: 'stop-play', leg: citizen, playback })
  })

  it('presses keys, and hears ours', async () => {
    const citizen = await arrive('citizen')
    handset('citizen').press('0123456789*#55')
    await vi.waitFor(
      () =>
        expect(
          bench
            .of('digit-pressed')
            .filter(({ leg }) => leg === citizen)
            .map(({ digit }) => digit)
            .join(''),
        ).toBe('0123456789*#55'),
      10_000,
    )
    await bench.perform({ do: 'send-digits', leg: citizen, digits: '12*0#' })
    await vi.waitFor(() => expect(handset('citizen').pressed()).toBe('12*0#'), 10_000)
    const nonsense = { do: 'send-digits', leg: citizen, digits: '1w!' } as const
    expect(await bench.ask(nonsense)).toMatchObject({ ok: false, reason: 'refused' })
  })
})

describe('a seat', () => {
  it('that is to pick up by itself is told so, and only then', async () => {
    for (const autoAnswer of [true, false]) {
      const phone = await seatPhone('seat')
      const leg = await dialSeat('seat', { autoAnswer, attempt: autoAnswer ? 1 : 2 })
      await bench.event('leg-answered', leg)
      const invite = phone.logged().join('\n')
      expect(/^Call-Info: .*;answer-after=0$/m.test(invite)).toBe(autoAnswer)
      expect(/^Alert-Info: .*;info=alert-autoanswer/m.test(invite)).toBe(autoAnswer)
      expect(/^Answer-Mode: Auto$/m.test(invite)).toBe(autoAnswer)
      await hangUp(leg)
    }
  })
})

it('a phone that sends its call on to a number outside does not get it talking', async () => {
  const port = await freeUdpPort(DESK_PHONES)
  await register(stack, { user: SEAT_OF.seat, port, expires: 60 })
  const carrier = await sipp('seat-silent.xml', TRUNK, carrierPort)
  const phone = await refuses('302 Moved Temporarily', {
    source: DESK_PHONES,
    port,
    contact: `<sip:PJSIP%2F${OUTSIDE}%40trunk@${DESK_PHONES}>`,
  })
  telephones.push(carrier, phone)
  await bench.event('leg-gone', await dialSeat('seat'))
  for (const telephone of telephones) expect(await telephone.done).toMatchObject({ successful: 1, failed: 0 })
  expect(bench.of('leg-answered')).toEqual([])
})

describe('bridges', () => {
  it('hold: music for the citizen alone, and the recording goes on; then both talk again', async () => {
    const citizen = await arrive('citizen')
    const seat = await answeringSeat('seat')
    const talk = await bridge(citizen, seat)
    await heard({ citizen: ['seat'], seat: ['citizen'] })

    await bench.perform({ do: 'unbridge', bridge: talk, leg: seat })
    await bench.perform({ do: 'unbridge', bridge: talk, leg: seat })
    await bench.perform({ do: 'start-music', leg: citizen })
    const heldAt = performance.now()
    const ear = handset('citizen')
    await vi.waitFor(
      () => {
        expect([ear.hearsAnything(1_500), ear.hears(PITCHES.seat, 1_500)]).toEqual([true, false])
        expect(performance.now() - heldAt).toBeGreaterThan(HOLD_MS)
      },
      { timeout: 2 * HOLD_MS, interval: 100 },
    )
    await heard({ seat: [] })

    await bench.perform({ do: 'stop-music', leg: citizen })
    await bridge(citizen, seat)
    await heard({ citizen: ['seat'], seat: ['citizen'] })
    await hangUp(citizen)
    const bridgedMs = gapMs(
      bench.of('leg-bridged').find(({ leg }) => leg === citizen),
      bench.of('leg-gone')[0],
    )
    const recording = await readRaw(rawFile(citizen))
    // The citizen spoke all the time, and there was music in the middle.
    expect(Math.abs(durationMs(recording) - bridgedMs)).toBeLessThan(500)
    const middle = cut(recording, bridgedMs / 2 - 500, bridgedMs / 2 + 500)
    expect(peakLevelAt(middle, 0, PITCHES.citizen)).toBeGreaterThan(-20)
    expect(peakLevelAt(middle, 1, PITCHES.seat)).toBeLessThan(-30)
    expect(Math.max(...loudness(middle, 1, 100))).toBeGreaterThan(-45)
  })

  it('a leg moves from one to another and back', async () => {
    const citizen = await arrive('citizen')
    const seat = await answeringSeat('seat')
    const other = await answeringSeat('other')
    const talk = await bridge(citizen, seat)
    await heard({ citizen: ['seat'], seat: ['citizen'], other: [] })
    const consultation: BridgeId = asId(`${bench.call}-consultation`)
    await bench.perform({ do: 'bridge', bridge: consultation, legs: [seat, other] })
    await heard({ citizen: [], seat: ['other'], other: ['seat'] })
    await bench.perform({ do: 'bridge', bridge: talk, legs: [seat] })
    await heard({ citizen: ['seat'], seat: ['citizen'], other: [] })
    await bench.perform({ do: 'bridge', bridge: talk, legs: [other] })
    await heard({ citizen: ['seat', 'other'], seat: ['citizen', 'other'], other: ['citizen', 'seat'] })
    await hangUp(seat)
    await heard({ citizen: ['other'], other: ['citizen'] })
  })

  it('mute: heard by nobody, and hears as before', async () => {
    const citizen = await arrive('citizen')
    const seat = await answeringSeat('seat')
    await bridge(citizen, seat)
    await bench.perform({ do: 'mute', leg: seat })
    await bench.perform({ do: 'mute', leg: seat })
    await heard({ citizen: [], seat: ['citizen'] })
    await bench.perform({ do: 'unmute', leg: seat })
    await heard({ citizen: ['seat'], seat: ['citizen'] })
    await bench.perform({ do: 'unmute', leg: seat })
  })

  it('a supervisor listens, whispers, and joins', async () => {
    const citizen = await arrive('citizen')
    const seat = await answeringSeat('seat')
    const talk = await bridge(citizen, seat)
    const lead = await answeringSeat('lead')
    const snoop = snoopLegId(bench.call, 1)
    await bench.perform({ do: 'mute', leg: lead })
    await bench.perform({ do: 'snoop', leg: snoop, on: seat })
    await bench.perform({ do: 'snoop', leg: snoop, on: seat })
    const ear: BridgeId = asId(`${bench.call}-ear`)
    await bench.perform({ do: 'bridge', bridge: ear, legs: [lead, snoop] })
    await heard({ citizen: ['seat'], seat: ['citizen'], lead: ['citizen', 'seat'] })

    await bench.perform({ do: 'unmute', leg: lead })
    await heard({ citizen: ['seat'], seat: ['citizen', 'lead'], lead: ['citizen', 'seat'] })
    expect((await bench.pbx.survey()).legs).toContainEqual({ leg: snoop, state: 'up', arrival: null })

    await bench.perform({ do: 'hang-up', leg: snoop, cause: 'normal' })
    await bench.event('leg-gone', snoop)
    await bench.perform({ do: 'bridge', bridge: talk, legs: [lead] })
    await heard({ citizen: ['seat', 'lead'], seat: ['citizen', 'lead'], lead: ['citizen', 'seat'] })
    expect(bench.of('arrived')).toHaveLength(1)
    expect(
      bench.heard.filter(event => 'leg' in event && event.leg === snoop).map(({ type }) => type),
    ).toEqual(expect.not.arrayContaining(['leg-answered', 'leg-ringing']))
  })

  it('a leg that is snooped on takes the snooping leg with it', async () => {
    const seat = await answeringSeat('seat')
    const snoop = snoopLegId(bench.call, 1)
    await bench.perform({ do: 'snoop', leg: snoop, on: seat })
    await hangUp(seat)
    await bench.event('leg-gone', snoop)
    const again = { do: 'snoop', leg: snoopLegId(bench.call, 2), on: seat } as const
    expect(await bench.ask(again)).toMatchObject({ ok: false, reason: 'gone' })
  })

  it('what is gone is out of them', async () => {
    const citizen = await arrive('citizen')
    const talk = await bridge(citizen)
    await hangUp(citizen)
    await bench.perform({ do: 'unbridge', bridge: talk, leg: citizen })
    await bench.perform({ do: 'unbridge', bridge: asId('nowhere'), leg: citizen })
  })
})

/** SIPp with one scenario, for one call. */
function sipp(scenario: string, source: string, port: number, keys: Record<string, string> = {}) {
  const file = join(import.meta.dirname, 'sipp', scenario)
  return startSipp({ scenario: file, source, port, keys, calls: 1 })
}

interface Refusal {
  readonly contact?: string
  readonly source?: string
  readonly port?: number
}

/** A carrier that takes no call. SIPp wants to read the status line before it has any keys. */
function refuses(
  status: string,
  { contact = `<sip:${TRUNK}>`, source = TRUNK, port = carrierPort }: Refusal = {},
): Promise<SippRun> {
  const template = readFileSync(join(import.meta.dirname, 'sipp', 'refuses.xml'), 'utf8')
  const scenario = join(folder, `${status}.xml`)
  writeFileSync(scenario, template.replace('SIP/2.0 {status}', `SIP/2.0 ${status}`))
  return startSipp({ scenario, source, port, keys: { contact }, calls: 1 })
}

function handset(voice: Voice): Handset {
  const found = handsets.get(voice)
  if (found === undefined) throw new Error(`nobody is ${voice}`)
  return found
}

async function openHandset(voice: Voice, host: string): Promise<string> {
  const opened = await Handset.open(host)
  handsets.get(voice)?.close()
  handsets.set(voice, opened)
  return String(opened.port)
}

/** A telephone that takes one call. */
async function answers(voice: Voice, host: string, port: number): Promise<SippRun> {
  const ear = await openHandset(voice, host)
  const telephone = await sipp('handset.xml', host, port, { ear })
  telephones.push(telephone)
  return telephone
}

/** Begins to speak to where the PBX's SDP says. */
async function speak(voice: Voice, telephone: SippRun): Promise<void> {
  const port = await vi.waitFor(() => {
    const named = /^m=audio ([0-9]+)/m.exec(telephone.logged().join('\n'))?.[1]
    if (named === undefined) throw new Error('no SDP yet')
    return Number(named)
  }, 5_000)
  handset(voice).say(PITCHES[voice])
  handset(voice).speakTo(port, stack.config.sipHost)
}

/** A citizen dials and is answered. */
async function arrive(voice: Voice): Promise<LegId> {
  const ear = await openHandset(voice, TRUNK)
  const telephone = await startSipp({
    scenario: join(import.meta.dirname, 'sipp', 'listener.xml'),
    source: TRUNK,
    target: sipTarget(stack),
    dialled: HOTLINE,
    keys: { ear, caller: CITIZEN },
    calls: 1,
  })
  telephones.push(telephone)
  const leg = await vi.waitFor(() => {
    const [arrived] = bench.of('arrived')
    if (arrived === undefined) throw new Error('nobody arrived')
    return arrived.leg
  }, 5_000)
  legs.push(leg)
  await bench.perform({ do: 'answer', leg })
  await speak(voice, telephone)
  return leg
}

const SEAT_OF = { citizen: SEATS[0], seat: SEATS[0], other: SEATS[1], lead: SEATS[2] } as const

async function seatPhone(voice: Voice): Promise<SippRun> {
  const port = await freeUdpPort(DESK_PHONES)
  const registered = await register(stack, { user: SEAT_OF[voice], port, expires: 60 })
  expect(registered).toMatchObject({ successful: 1 })
  return answers(voice, DESK_PHONES, port)
}

interface SeatDial {
  readonly autoAnswer?: boolean
  readonly attempt?: number
}

async function dialSeat(voice: Voice, { autoAnswer = false, attempt }: SeatDial = {}): Promise<LegId> {
  const leg = seatLegId(bench.call, attempt ?? legs.length + 1)
  legs.push(leg)
  const seat = asId<SeatNumber>(SEAT_OF[voice])
  const dialling = { do: 'dial-seat', leg, seat, phone: 'sip', caller: CITIZEN } as const
  await bench.perform({ ...dialling, autoAnswer, giveUpAfterMs: 10_000 })
  return leg
}

/** A seat's phone that was called, answered, and speaks. */
async function answeringSeat(voice: Voice): Promise<LegId> {
  const telephone = await seatPhone(voice)
  const leg = await dialSeat(voice)
  await bench.event('leg-answered', leg)
  await speak(voice, telephone)
  return leg
}

interface OutsideDial {
  readonly attempt?: number
  readonly records?: boolean
  readonly giveUpAfterMs?: number
}

async function dialOut({ attempt = 1, records = false, giveUpAfterMs = 10_000 }: OutsideDial = {}) {
  const leg = outsideLegId(bench.call, attempt)
  legs.push(leg)
  await bench.perform({ do: 'dial-out', leg, number: OUTSIDE, shows: HOTLINE, records, giveUpAfterMs })
  return leg
}

/** Into the call's bridge. */
async function bridge(...joining: readonly LegId[]): Promise<BridgeId> {
  const talk = bridgeId(bench.call)
  await bench.perform({ do: 'bridge', bridge: talk, legs: joining })
  for (const leg of joining) await bench.event('leg-bridged', leg)
  return talk
}

async function hangUp(leg: LegId): Promise<void> {
  await bench.perform({ do: 'hang-up', leg, cause: 'normal' })
  await bench.event('leg-gone', leg)
}

/** Waits until each has heard exactly these voices for a while. */
async function heard(expected: Partial<Record<Voice, readonly Voice[]>>): Promise<void> {
  const since = performance.now()
  const pitches = Object.entries(PITCHES)
  await vi.waitFor(
    () => {
      for (const [voice, ear] of handsets) {
        if (expected[voice] === undefined) continue
        const found = pitches.filter(([, hz]) => ear.hears(hz, 600)).map(([name]) => name)
        expect([voice, found.sort()]).toEqual([voice, [...(expected[voice] ?? [])].sort()])
      }
      // Only what was heard wholly after the change proves anything.
      expect(performance.now() - since).toBeGreaterThan(700)
    },
    { timeout: 8_000, interval: 100 },
  )
}

function rawFile(leg: LegId): string {
  return join(stack.config.dataDir, 'spool', 'raw', `${leg}.raw`)
}

function gapMs(from: { readonly at: number } | undefined, to: { readonly at: number } | undefined): number {
  return (to?.at ?? Number.NaN) - (from?.at ?? Number.NaN)
}
