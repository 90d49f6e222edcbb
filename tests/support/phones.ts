import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deskPhoneScenario } from '../../scripts/people/desk-phones.ts'
import { freeUdpPort } from '../../scripts/people/sipp-hang-up.ts'
import { phonePasswordOf } from './agent.ts'
import { tone, writeALaw } from './audio.ts'
import { runSipp, type SippRun, startSipp } from './sipp.ts'
import type { Stack } from './stack.ts'

const SCENARIOS = join(import.meta.dirname, '..', 'pbx', 'sipp')
export const TRUNK = '127.0.0.2'
export const DESK_PHONES = '127.0.0.3'

/** Where the PBX listens for SIP. */
export function sipTarget(stack: Stack): string {
  return `${stack.config.sipHost}:${stack.config.sipPort}`
}

/** A folder with `voice.al`: a steady tone, so that it can be told from others in a recording. */
export async function voiceAt(hz: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'hotline-voice-'))
  await writeALaw(join(folder, 'voice.al'), tone(hz, 2))
  return folder
}

export interface CitizenOptions {
  readonly caller?: string
  readonly dialled?: string
  /** The folder of what they say. */
  readonly voice: string
  readonly source?: string
}

/** A citizen who rings the hotline, speaks, and waits until one side hangs up. */
export function dial(stack: Stack, options: CitizenOptions): Promise<SippRun> {
  return startSipp({
    scenario: join(import.meta.dirname, '..', '..', 'scripts', 'call.xml'),
    target: sipTarget(stack),
    source: options.source ?? TRUNK,
    calls: 1,
    dialled: options.dialled ?? '12345',
    keys: { caller: options.caller ?? '13800138000' },
    cwd: options.voice,
  })
}

export interface DeskPhoneOptions {
  readonly seats: readonly string[]
  /** Rings this long, then answers; null never answers. */
  readonly answersAfterMs: number | null
  readonly voice: string
}

/** SIP phones on desks: registered with their seats' own passwords, all in one process. */
export async function deskPhones(stack: Stack, options: DeskPhoneOptions): Promise<SippRun> {
  const port = await freeUdpPort(DESK_PHONES)
  await register(stack, options.seats, port)
  return startPhones({ source: DESK_PHONES, port, ...options })
}

/** Telephones of the city behind the carrier: whatever number is called over the trunk is answered. */
export function cityPhones(options: {
  readonly port: number
  readonly answersAfterMs: number
  readonly voice: string
}): Promise<SippRun> {
  return startPhones({ source: TRUNK, ...options })
}

function startPhones(options: {
  readonly source: string
  readonly port: number
  readonly answersAfterMs: number | null
  readonly voice: string
}): Promise<SippRun> {
  const { source, port, voice, answersAfterMs } = options
  const habit = { ringMs: answersAfterMs ?? 0, ignored: answersAfterMs === null ? 1 : 0 }
  const scenario = deskPhoneScenario(habit, mkdtempSync(join(tmpdir(), 'hotline-phone-')))
  return startSipp({ scenario, source, port, cwd: voice })
}

/** From the port the phones will be at: the PBX calls back where a registration came from. */
export async function register(stack: Stack, seats: readonly string[], port: number): Promise<void> {
  const injection = join(mkdtempSync(join(tmpdir(), 'hotline-phone-')), 'seats.csv')
  const rows = seats.map(
    seat => `${seat};[authentication username=${seat} password=${phonePasswordOf(stack, seat)}]`,
  )
  writeFileSync(injection, ['SEQUENTIAL', ...rows, ''].join('\n'))
  const result = await runSipp({
    scenario: join(SCENARIOS, 'register.xml'),
    target: sipTarget(stack),
    source: DESK_PHONES,
    port,
    calls: seats.length,
    callsPerSecond: 20,
    keys: { expires: '3600' },
    injection,
  })
  if (result.exitCode !== 0) throw new Error(`seats did not register: ${result.errors}`)
}
