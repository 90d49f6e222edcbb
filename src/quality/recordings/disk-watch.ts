import type { Logger } from 'pino'
import type { Instant } from '#kernel/time.ts'
import type { Clock } from '../../engine/ports.ts'
import type { RecordingFiles } from './ports.ts'

const MIB = 1024 * 1024

export interface DiskHealth {
  readonly ok: boolean
  readonly since: Instant
  readonly detail: string
}

/**
 * Watches the free space of raw spool and finished recordings, and raises the alarm while people can still act.
 * Calls go on without a recording rather than not at all, so nothing here touches them.
 */
export class DiskWatch {
  private readonly files: Pick<RecordingFiles, 'space'>
  private readonly spareMiB: number
  private readonly clock: Pick<Clock, 'now'>
  private readonly log: Logger
  private latest: DiskHealth

  constructor(
    files: Pick<RecordingFiles, 'space'>,
    spareMiB: number,
    clock: Pick<Clock, 'now'>,
    log: Logger,
  ) {
    this.files = files
    this.spareMiB = spareMiB
    this.clock = clock
    this.log = log
    this.latest = { ok: true, since: clock.now(), detail: 'not looked at yet' }
  }

  /** The health part `recording-disk`. */
  health(): DiskHealth {
    return this.latest
  }

  /** To be called every few seconds; never throws. */
  async check(): Promise<DiskHealth> {
    const before = this.latest
    const problem = await this.problem()
    const ok = problem === null
    const since = ok === before.ok ? before.since : this.clock.now()
    this.latest = { ok, since, detail: problem ?? `more than ${this.spareMiB} MiB free` }
    // The figure in the detail moves all the time: one alarm when it begins is enough.
    if (!ok && before.ok) this.log.error({ alarm: 'recording-disk', detail: problem }, 'disk for recordings')
    if (ok && !before.ok) this.log.info('disk for recordings in order again')
    return this.latest
  }

  private async problem(): Promise<string | null> {
    try {
      const low = (await this.files.space()).filter(({ freeBytes }) => freeBytes < this.spareMiB * MIB)
      if (low.length === 0) return null
      const places = low.map(
        ({ folder, freeBytes }) => `${Math.floor(freeBytes / MIB)} MiB free in ${folder}`,
      )
      return `${places.join(', ')}; ${this.spareMiB} MiB wanted`
    } catch (error) {
      return `free space cannot be read: ${String(error)}`
    }
  }
}
