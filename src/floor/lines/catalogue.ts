import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { keepReading } from '#database/keep-reading.ts'
import type { Database, OpeningHours } from '#database/types.ts'
import { type Instant, SECOND_MS } from '#kernel/time.ts'
import type { CallLine } from '../../contact-center/events.ts'
import type { IvrTree } from '../../contact-center/ivr/tree.ts'
import type { CallArrival, Catalogue } from '../../engine/ports.ts'
import { type CityCalendar, cityCalendar } from '../calendar/index.ts'
import { liveTrees } from '../ivr/index.ts'
import { isOpen } from './hours.ts'
import { plainNumber } from './rules.ts'
import { activeBlocks, lineRows } from './store.ts'

/** An edited line takes effect within this time. A city has some 80 lines: reading them all costs nothing. */
const REFRESH_EVERY_MS = 2 * SECOND_MS

interface KnownLine {
  readonly line: CallLine
  readonly hours: readonly OpeningHours[] | null
  /** What its callers meet before the queue, where a city has drawn it. */
  readonly tree: IvrTree | null
}

/**
 * The lines and the blocked callers, in memory: a call is never kept waiting for PostgreSQL. While PostgreSQL
 * is away the last known ones stand.
 */
export class LineCatalogue implements Catalogue {
  private readonly db: Kysely<Database>
  private readonly log: Logger
  private lines: ReadonlyMap<string, KnownLine> = new Map()
  private calendar: CityCalendar = new Map()
  /** When each block runs out, by number. */
  private blocked: ReadonlyMap<string, Instant> = new Map()

  constructor(db: Kysely<Database>, log: Logger) {
    this.db = db
    this.log = log
  }

  line(dialled: string): CallLine | null {
    return this.lines.get(dialled)?.line ?? null
  }

  arrival(caller: string, dialled: string, at: Instant): CallArrival {
    const known = this.lines.get(dialled)
    if (known === undefined) return { line: null, refusal: null, menu: null }
    const { line, hours, tree } = known
    if (this.isBlocked(caller, at)) return { line, refusal: 'blocked-number', menu: null }
    const open = isOpen(hours, at, this.calendar)
    if (!open && !tellsHours(tree)) return { line, refusal: 'closed-hours', menu: null }
    return { line, refusal: null, menu: tree === null ? null : { tree, open } }
  }

  /** @throws when PostgreSQL cannot be asked */
  async load(): Promise<void> {
    const [lines, blocks, trees, calendar] = await Promise.all([
      lineRows(this.db),
      activeBlocks(this.db),
      liveTrees(this.db),
      cityCalendar(this.db),
    ])
    this.calendar = calendar
    this.lines = new Map(
      lines
        .filter(row => row.active)
        .map(({ number, name, queue_id: queue, greets, hours }) => [
          number,
          { line: { number, name, queue, greets }, hours, tree: trees.get(number) ?? null },
        ]),
    )
    this.blocked = new Map(blocks.map(block => [block.number, block.expires_at.getTime()]))
  }

  /** @returns a function that stops it */
  keepFresh(everyMs = REFRESH_EVERY_MS): () => void {
    return keepReading(() => this.load(), everyMs, 'lines', this.log)
  }

  private isBlocked(caller: string, at: Instant): boolean {
    const expiresAt = this.blocked.get(plainNumber(caller))
    return expiresAt !== undefined && at < expiresAt
  }
}

/** A tree that asks for the hours has an answer of its own to those who call outside them. */
function tellsHours(tree: IvrTree | null): boolean {
  return tree !== null && Object.values(tree.nodes).some(({ kind }) => kind === 'hours')
}
