import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type SippRun, startSipp } from './sipp.ts'

/** The step of desk-phone.xml in which somebody speaks. */
const SPEAKS = /<nop><action><exec rtp_stream=.*<\/nop>/

export interface Habit {
  /** Rings this long before somebody picks it up. */
  readonly ringMs: number
  /** How often nobody does: 0 to 1. */
  readonly ignored: number
  /** Who picks it up says nothing: for many at once on a small machine. */
  readonly silent?: boolean
}

export interface DeskPhone {
  /** The user name is the seat's number. */
  readonly seat: string
  readonly password: string
}

export interface DeskPhonesOptions extends Habit {
  readonly phones: readonly DeskPhone[]
  /** The PBX, `host:port`. */
  readonly target: string
  /** The phones' own address; all share one port. */
  readonly source: string
  /** A folder with `voice.al`, what is said by whoever picks up. */
  readonly voice: string
}

/**
 * SIP phones on desks, all in one SIPp process, which registers them for as long as it runs and takes their calls
 * on the same port. They are registered some tenths of a second later.
 */
export async function keepDeskPhones(options: DeskPhonesOptions): Promise<SippRun> {
  const { phones, target, source, voice } = options
  const folder = mkdtempSync(join(tmpdir(), 'hotline-phones-'))
  const injection = join(folder, 'phones.csv')
  const rows = phones.map(
    ({ seat, password }) => `${seat};[authentication username=${seat} password=${password}]`,
  )
  writeFileSync(injection, ['USER', ...rows, ''].join('\n'), { mode: 0o600 })
  const run = await startSipp({
    scenario: join(import.meta.dirname, 'registrations.xml'),
    incoming: deskPhoneScenario(options, folder),
    users: phones.length,
    injection,
    target,
    source,
    cwd: voice,
  })
  void run.done.then(() => rmSync(folder, { recursive: true }))
  return run
}

/** desk-phone.xml with a habit written into it, since SIPp knows no variables there. @returns its path in `folder` */
export function deskPhoneScenario({ ringMs, ignored, silent }: Habit, folder: string): string {
  const template = readFileSync(join(import.meta.dirname, 'desk-phone.xml'), 'utf8')
  const scenario = join(folder, 'desk-phone.xml')
  const text = template.replaceAll('{ring_ms}', String(ringMs)).replaceAll('{ignored}', String(ignored))
  writeFileSync(scenario, silent === true ? text.replace(SPEAKS, '') : text)
  return scenario
}
