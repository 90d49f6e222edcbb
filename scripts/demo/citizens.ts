import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type SippRun, startSipp } from '../people/sipp.ts'

/** How often a line is dialled, relative to the others: most people know one number. */
export const DIALLED: Readonly<Record<string, number>> = {
  ...{ 12345: 14, 12315: 3, 12319: 3, 12320: 2, 12328: 2, 12329: 2, 12333: 3, 12348: 1 },
  ...{ 12358: 1, 12369: 2, 12367: 1, 12381: 2, 95598: 3, 123451: 1, 123459: 1 },
}
const HANG_UP_TRIES = 20
const HANG_UP_TRY_EVERY_MS = 250

export interface CitizensOptions {
  readonly count: number
  /** The PBX, `host:port`. */
  readonly target: string
  /** The trunk's address, where they call from. */
  readonly source: string
  /** A folder with `voice.al`. */
  readonly voice: string
}

/** People who ring the hotline again and again, all in one SIPp process. */
export class Citizens {
  private readonly run: SippRun
  private readonly folder: string

  private constructor(run: SippRun, folder: string) {
    this.run = run
    this.folder = folder
  }

  static async start({ count, target, source, voice }: CitizensOptions): Promise<Citizens> {
    const folder = mkdtempSync(join(tmpdir(), 'hotline-citizens-'))
    const citizens = join(folder, 'citizens.csv')
    writeFileSync(citizens, ['USER', ...Array.from({ length: count }, (_, i) => numberOf(i)), ''].join('\n'))
    const lines = join(folder, 'lines.csv')
    const dialled = Object.entries(DIALLED).flatMap(([line, weight]) => Array(weight).fill(line))
    writeFileSync(lines, ['RANDOM', ...dialled, ''].join('\n'))
    const run = await startSipp({
      scenario: join(import.meta.dirname, 'citizen.xml'),
      users: count,
      injection: [citizens, lines],
      target,
      source,
      cwd: voice,
    })
    return new Citizens(run, folder)
  }

  /** The citizen with this number hangs up; nothing happens when none is on the line. */
  async hangUp(number: string): Promise<void> {
    for (const [call, caller] of this.up()) if (caller === number) await this.run.hangUp(call)
  }

  /** Everybody hangs up, nobody dials again. */
  async stop(): Promise<void> {
    for (let tries = 0; tries < HANG_UP_TRIES && this.up().size > 0; tries++) {
      for (const call of this.up().keys()) await this.run.hangUp(call)
      await sleep(HANG_UP_TRY_EVERY_MS)
    }
    await this.run.stop()
    rmSync(this.folder, { recursive: true })
  }

  /** Who is on the line, by SIPp's number of the call: as the scenario's log tells. */
  private up(): ReadonlyMap<number, string> {
    const calls = new Map<number, string>()
    const { logFile } = this.run
    for (const line of existsSync(logFile) ? readFileSync(logFile, 'utf8').split('\n') : []) {
      const [what, call, caller = ''] = line.split(' ')
      if (what === 'up') calls.set(Number(call), caller)
      else calls.delete(Number(call))
    }
    return calls
  }
}

/** Of a mobile network's range, nobody's in particular. */
function numberOf(index: number): string {
  return `1390898${String(1_000 + 137 * index).slice(-4)}`
}
