import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { isRefusedByTables } from '#database/refused.ts'
import type { Database } from '#database/types.ts'
import type { CallId } from '#kernel/ids.ts'
import type { ScreenPop } from '../../contact-center/events.ts'
import type { Pop } from './schema.ts'
import { markAcknowledged, storePop } from './store.ts'

export const KEEPER_LIMITS = {
  /** Pops that wait for PostgreSQL to return; a peak hour has 2,400. */
  waiting: 5_000,
  retryEveryMs: 1_000,
} as const

interface Task {
  readonly pop: ScreenPop
  acknowledged: boolean
}

/** Stores screen-pops, at once when PostgreSQL answers, else as soon as it does. */
export class PopKeeper {
  private readonly db: Kysely<Database>
  private readonly log: Logger
  /** Not in the table yet, by call and attempt. */
  private readonly open = new Map<string, Task>()
  private readonly failed = new Set<Task>()
  private retrying: NodeJS.Timeout | null = null
  private closed = false

  constructor(db: Kysely<Database>, log: Logger) {
    this.db = db
    this.log = log
  }

  /** Rejects when the first attempt failed; it is tried again behind the scenes. */
  async keep(pop: ScreenPop): Promise<Pop> {
    if (this.open.size >= KEEPER_LIMITS.waiting) {
      this.log.error({ call: pop.call }, 'too many screen-pops wait for PostgreSQL; this one is not stored')
      throw new Error('too many screen-pops wait for PostgreSQL')
    }
    const task: Task = { pop, acknowledged: false }
    this.open.set(key(pop.call, pop.attempt), task)
    try {
      return await this.write(task)
    } catch (error) {
      this.postpone(task, error)
      throw error
    }
  }

  /** The desk has shown it: noted now, or together with the pop when that is not stored yet. */
  async acknowledge(call: CallId, attempt: number): Promise<void> {
    const task = this.open.get(key(call, attempt))
    if (task === undefined) await markAcknowledged(this.db, call, attempt)
    else task.acknowledged = true
  }

  /** What is not stored by now is shown no more, so it is let go. */
  close(): void {
    this.closed = true
    if (this.retrying !== null) clearTimeout(this.retrying)
  }

  private async write(task: Task): Promise<Pop> {
    const { call, attempt } = task.pop
    const stored = await storePop(this.db, task.pop)
    if (task.acknowledged) await markAcknowledged(this.db, call, attempt)
    this.open.delete(key(call, attempt))
    return stored
  }

  private postpone(task: Task, error: unknown): void {
    const { call, attempt } = task.pop
    if (isRefusedByTables(error)) {
      this.log.error({ err: error, call }, 'screen-pop refused by the tables; not stored')
      this.failed.delete(task)
      this.open.delete(key(call, attempt))
      return
    }
    this.log.warn({ err: error, call, waiting: this.failed.size }, 'screen-pop not stored yet; trying again')
    this.failed.add(task)
    this.retryLater()
  }

  private retryLater(): void {
    if (this.closed || this.retrying !== null || this.failed.size === 0) return
    this.retrying = setTimeout(() => void this.retry(), KEEPER_LIMITS.retryEveryMs)
  }

  private async retry(): Promise<void> {
    for (const task of [...this.failed]) {
      try {
        await this.write(task)
        this.failed.delete(task)
      } catch (error) {
        this.postpone(task, error)
        break
      }
    }
    this.retrying = null
    this.retryLater()
  }
}

function key(call: CallId, attempt: number): string {
  return `${call}/${attempt}`
}
