import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Database } from '#database/types.ts'
import { SECOND_MS } from '#kernel/time.ts'
import type { CallLine } from '../../contact-center/events.ts'
import type { CallArrival, Catalogue } from '../../engine/ports.ts'

/** An edited line takes effect within this time. A city has some 80 lines: reading them all costs nothing. */
const REFRESH_EVERY_MS = 2 * SECOND_MS

/**
 * The lines, in memory: a call is never kept waiting for PostgreSQL. While PostgreSQL is away the last known
 * lines stand.
 */
export class LineCatalogue implements Catalogue {
  private readonly db: Kysely<Database>
  private readonly log: Logger
  private lines: ReadonlyMap<string, CallLine> = new Map()

  constructor(db: Kysely<Database>, log: Logger) {
    this.db = db
    this.log = log
  }

  line(dialled: string): CallLine | null {
    return this.lines.get(dialled) ?? null
  }

  arrival(_caller: string, dialled: string): CallArrival {
    return { line: this.line(dialled), refusal: null }
  }

  /** @throws when PostgreSQL cannot be asked */
  async load(): Promise<void> {
    const rows = await this.db
      .selectFrom('lines')
      .select(['number', 'name', 'queue_id as queue', 'greets'])
      .where('active', '=', true)
      .execute()
    this.lines = new Map(rows.map(row => [row.number, row]))
  }

  /** @returns a function that stops it */
  keepFresh(everyMs = REFRESH_EVERY_MS): () => void {
    let stopped = false
    let timer: NodeJS.Timeout
    const again = async () => {
      await this.load().catch(error =>
        this.log.warn({ err: error }, 'lines not read again; the last known stand'),
      )
      if (!stopped) timer = setTimeout(again, everyMs)
    }
    timer = setTimeout(again, everyMs)
    return () => {
      stopped = true
      clearTimeout(timer)
    }
  }
}
