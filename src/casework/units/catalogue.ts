import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { keepReading } from '#database/keep-reading.ts'
import type { Database } from '#database/types.ts'
import { SECOND_MS } from '#kernel/time.ts'
import { unitTree } from './store.ts'
import { UnitTree } from './tree.ts'

/** An edited unit is seen elsewhere within this time. */
const REFRESH_EVERY_MS = 2 * SECOND_MS

/** The tree of units in memory, for what is asked with every request; the last known one stands while PostgreSQL is away. */
export class UnitCatalogue {
  private readonly db: Kysely<Database>
  private readonly log: Logger
  private known = new UnitTree([])

  constructor(db: Kysely<Database>, log: Logger) {
    this.db = db
    this.log = log
  }

  get tree(): UnitTree {
    return this.known
  }

  /** @throws when PostgreSQL cannot be asked */
  async load(): Promise<void> {
    this.known = await unitTree(this.db)
  }

  /** @returns a function that stops it */
  keepFresh(everyMs = REFRESH_EVERY_MS): () => void {
    return keepReading(() => this.load(), everyMs, 'units', this.log)
  }
}
