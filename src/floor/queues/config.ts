import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { keepReading } from '#database/keep-reading.ts'
import type { Database } from '#database/types.ts'
import { SECOND_MS } from '#kernel/time.ts'
import type { FloorControl } from '../../engine/ports.ts'
import { queueRules } from './store.ts'

/** An edited queue takes effect within this time. */
const REFRESH_EVERY_MS = 2 * SECOND_MS

/** Tells the floor how its queues are to be run, when that is news. */
export class QueueConfig {
  private readonly db: Kysely<Database>
  private readonly floor: Pick<FloorControl, 'submit'>
  private readonly log: Logger
  private told: string | null = null

  constructor(db: Kysely<Database>, floor: Pick<FloorControl, 'submit'>, log: Logger) {
    this.db = db
    this.floor = floor
    this.log = log
  }

  /**
   * The first time always tells: what the journal remembers may be older.
   * @throws when PostgreSQL cannot be asked
   */
  async load(): Promise<void> {
    const queues = await queueRules(this.db)
    const now = JSON.stringify(queues)
    if (now === this.told) return
    this.told = now
    this.floor.submit({ type: 'queues-configured', at: Date.now(), queues })
  }

  /** @returns a function that stops it */
  keepFresh(everyMs = REFRESH_EVERY_MS): () => void {
    return keepReading(() => this.load(), everyMs, 'queues', this.log)
  }
}
