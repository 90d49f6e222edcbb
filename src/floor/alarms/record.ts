import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Database } from '#database/types.ts'
import { type Instant, SECOND_MS } from '#kernel/time.ts'
import { type AlarmOnRecord, storeAlarms } from './store.ts'

export const RECORD_LIMITS = {
  /** After a failure PostgreSQL is left alone for so long. */
  retryMs: 5 * SECOND_MS,
  /** What is kept for PostgreSQL while it is away; some hours of a bad day. */
  mostKept: 20_000,
  atOnce: 500,
} as const

/** Puts alarms on record when PostgreSQL can; nobody waits for it, and what it misses is kept or said to be lost. */
export class AlarmRecord {
  private readonly db: Kysely<Database>
  private readonly log: Logger
  /** By alarm: only what it has become last is written. */
  private readonly unwritten = new Map<string, AlarmOnRecord>()
  private writing: Promise<void> | null = null
  private notBefore: Instant = Number.NEGATIVE_INFINITY
  private lost = 0

  constructor(db: Kysely<Database>, log: Logger) {
    this.db = db
    this.log = log
  }

  keep(record: AlarmOnRecord): void {
    const { id } = record.alarm
    if (!this.unwritten.has(id) && this.unwritten.size >= RECORD_LIMITS.mostKept) {
      this.lost += 1
      return
    }
    this.unwritten.set(id, record)
  }

  /** One that is not written yet, as it was last. */
  find(id: string): AlarmOnRecord | undefined {
    return this.unwritten.get(id)
  }

  /** Never throws. */
  async write(at: Instant): Promise<void> {
    if (this.unwritten.size === 0 || at < this.notBefore) return
    this.writing ??= this.writeNow(at).finally(() => {
      this.writing = null
    })
    await this.writing
  }

  private async writeNow(at: Instant): Promise<void> {
    const batch = [...this.unwritten.values()].slice(0, RECORD_LIMITS.atOnce)
    try {
      await storeAlarms(this.db, batch)
    } catch (error) {
      this.notBefore = at + RECORD_LIMITS.retryMs
      this.log.warn({ err: error, kept: this.unwritten.size }, 'alarms not stored; kept and tried again')
      return
    }
    // One that has changed while it was written is written again.
    for (const record of batch) {
      if (this.unwritten.get(record.alarm.id) === record) this.unwritten.delete(record.alarm.id)
    }
    if (this.lost > 0) this.log.error({ lost: this.lost }, 'alarms were not put on record: too many to keep')
    this.lost = 0
  }
}
