import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { keepReading } from '#database/keep-reading.ts'
import type { Database } from '#database/types.ts'
import type { StaffId } from '#kernel/ids.ts'
import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import { DAY_MS, HOUR_MS, type Instant, SECOND_MS } from '#kernel/time.ts'
import type { Seat } from '../../contact-center/seat/seat.ts'
import { type PublishedNote, unreadNotes } from './rules.ts'
import { lastSignIns, publishedNotes } from './store.ts'

const REFRESH_EVERY_MS = 2 * SECOND_MS
/** Known longer ago than this: PostgreSQL is away, and nobody could sign. */
const STALE_AFTER_MS = 10 * SECOND_MS

export interface HandoverGateParts {
  readonly db: Kysely<Database>
  /** A note must be signed for this long after it was published; 0: none need be. */
  readonly hours: number
  readonly log: Logger
  now?(): Instant
}

interface Read {
  readonly at: Instant
  readonly notes: readonly PublishedNote[]
  readonly signedInAt: ReadonlyMap<StaffId, Instant>
}

/**
 * Keeps an agent from taking calls until what the shift before has left is read and signed. It goes by what it holds in
 * memory; while PostgreSQL is away it stands open, since calls are answered before notes are read.
 */
export class HandoverGate {
  readonly hours: number
  private readonly db: Kysely<Database>
  private readonly log: Logger
  private readonly now: () => Instant
  private read: Read | null = null
  /** `note/staff` of what was signed here: a reading that began before it may not know. */
  private readonly signedHere = new Set<string>()

  constructor({ db, hours, log, now = Date.now }: HandoverGateParts) {
    this.db = db
    this.hours = hours
    this.log = log
    this.now = now
  }

  /** @throws when PostgreSQL cannot be asked; the gate is open from then on */
  async load(): Promise<void> {
    if (this.hours === 0) return
    const at = this.now()
    const since = new Date(at - this.hours * HOUR_MS)
    try {
      const [notes, signedInAt] = await Promise.all([
        publishedNotes(this.db, since),
        lastSignIns(this.db, new Date(since.getTime() - DAY_MS)),
      ])
      this.read = { at, notes, signedInAt }
      const known = new Set(notes.map(note => String(note.id)))
      for (const signed of this.signedHere) {
        if (!known.has(signed.split('/')[0] ?? '')) this.signedHere.delete(signed)
      }
    } catch (error) {
      this.read = null
      throw error
    }
  }

  /** @returns a function that stops it */
  keepFresh(everyMs = REFRESH_EVERY_MS): () => void {
    return keepReading(() => this.load(), everyMs, 'handover notes', this.log)
  }

  /** Whether the agent at this seat may take calls. */
  check(seat: Seat): Outcome<void> {
    return this.unread(seat).length > 0 ? refuse('handover-unread') : ok(undefined)
  }

  /** The notes that the agent at this seat has yet to sign, oldest first. */
  unread(seat: Seat): readonly number[] {
    const { read, hours } = this
    const now = this.now()
    if (read === null || seat.agent === null || now - read.at > STALE_AFTER_MS) return []
    const { staff } = seat.agent
    const notes = read.notes.filter(note => !this.signedHere.has(`${note.id}/${staff}`))
    return unreadNotes(notes, staff, this.signedInAt(seat, read.signedInAt.get(staff)), { hours, now })
  }

  /** Counts at once. */
  signed(note: number, staff: StaffId): void {
    this.signedHere.add(`${note}/${staff}`)
  }

  /**
   * A seat that has done nothing yet says itself when its agent came; the record of it may still be on its way. Whoever
   * came before all that is known, has sat there since.
   */
  private signedInAt({ state }: Seat, recorded: Instant | undefined): Instant {
    const isFresh = state.name === 'not-ready' && state.reason === 'signed-in'
    return isFresh ? state.since : (recorded ?? state.since)
  }
}
