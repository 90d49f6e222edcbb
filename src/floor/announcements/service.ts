import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { keepReading } from '#database/keep-reading.ts'
import type { Database } from '#database/types.ts'
import type { StaffId } from '#kernel/ids.ts'
import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import { type Instant, SECOND_MS } from '#kernel/time.ts'
import type { Seat } from '../../contact-center/seat/seat.ts'
import { runsTheFloor, type StaffMember } from '../../people/staff/index.ts'
import type { Seats } from '../seats/index.ts'
import { type Announcement, checkForm, isFor, isValid, type QueueNeeds } from './rules.ts'
import type { AnnouncementForm, AnnouncementPage, AnnouncementView, Notice } from './schema.ts'
import {
  ANNOUNCEMENTS_A_PAGE,
  insertAnnouncement,
  listAnnouncements,
  markWithdrawn,
  readNeeds,
  readValid,
  storeReading,
} from './store.ts'

/** A queue's needs may be edited; who is meant follows within this time. */
const REFRESH_EVERY_MS = 10 * SECOND_MS

export interface AnnouncementParts {
  readonly db: Kysely<Database>
  readonly seats: Pick<Seats, 'all' | 'heldBy'>
  readonly log: Logger
  /** What desks should show has changed, or only that of one person. */
  changed(staff?: StaffId): void
}

/** Announcements (公告): what is valid stands in memory, so that a desk which comes back is told at once. */
export class Announcements {
  private readonly parts: AnnouncementParts
  private valid: readonly Announcement[] = []
  private needs: QueueNeeds = new Map()
  /** The readings begun, and the newest that has been taken: a slow one does not undo a later. */
  private begun = 0
  private taken = 0

  constructor(parts: AnnouncementParts) {
    this.parts = parts
  }

  /** @returns a function that stops it */
  keepFresh(): () => void {
    void this.load().catch(error =>
      this.parts.log.warn({ err: error }, 'announcements not read; tried again'),
    )
    return keepReading(() => this.load(), REFRESH_EVERY_MS, 'announcements', this.parts.log)
  }

  /** What this person is to read and has not, the oldest first. */
  noticesFor(staff: StaffId, at: Instant = Date.now()): readonly Notice[] {
    const seat = this.parts.seats.heldBy(staff)
    if (seat === undefined) return []
    return this.valid
      .filter(one => isValid(one, at) && !one.readings.has(staff) && isFor(one.to, seat, this.needs))
      .map(presentNotice)
  }

  async page(member: StaffMember, before: number | null): Promise<Outcome<AnnouncementPage>> {
    if (!runsTheFloor(member)) return refuse('not-allowed')
    const found = await listAnnouncements(this.parts.db, before)
    const items = found.slice(0, ANNOUNCEMENTS_A_PAGE)
    const next = found.length > items.length ? String(items.at(-1)?.id ?? '') : null
    return ok({ items: items.map(one => this.present(one)), next })
  }

  async announce(member: StaffMember, form: AnnouncementForm): Promise<Outcome<AnnouncementView>> {
    if (!runsTheFloor(member)) return refuse('not-allowed')
    const { db, seats } = this.parts
    const known = {
      queues: new Set((await readNeeds(db)).keys()),
      seats: new Set<string>(seats.all().map(({ number }) => number)),
    }
    const checked = checkForm(form, known, Date.now())
    if (!checked.ok) return checked
    const id = await insertAnnouncement(db, member.id, checked.value)
    await this.load()
    const stored = this.valid.find(one => one.id === id)
    return stored === undefined ? refuse('not-found') : ok(this.present(stored))
  }

  async withdraw(member: StaffMember, id: number): Promise<Outcome<void>> {
    if (!runsTheFloor(member)) return refuse('not-allowed')
    if (!(await markWithdrawn(this.parts.db, id, member.id))) return refuse('not-found')
    await this.load()
    return ok(undefined)
  }

  /** Says that this person has read it. */
  async read(member: StaffMember, id: number): Promise<Outcome<void>> {
    const seat = this.parts.seats.heldBy(member.id)
    if (seat === undefined) return refuse('no-seat')
    const one = this.valid.find(known => known.id === id)
    if (one === undefined || !isFor(one.to, seat, this.needs)) return refuse('not-found')
    await storeReading(this.parts.db, id, member.id, seat.number)
    await this.load()
    this.parts.changed(member.id)
    return ok(undefined)
  }

  private async load(): Promise<void> {
    this.begun += 1
    const mine = this.begun
    const [valid, needs] = await Promise.all([readValid(this.parts.db), readNeeds(this.parts.db)])
    if (mine < this.taken) return
    this.taken = mine
    const before = this.valid.map(({ id }) => id).join()
    this.valid = valid
    this.needs = needs
    if (before !== valid.map(({ id }) => id).join()) this.parts.changed()
  }

  private present(one: Announcement): AnnouncementView {
    const readers = [...one.readings.values()].map(reading => ({ ...reading, at: iso(reading.at) }))
    return {
      ...presentNotice(one),
      to: one.to,
      withdrawnAt: iso(one.withdrawnAt),
      withdrawnBy: one.withdrawnBy,
      readers,
      others: isValid(one, Date.now()) ? this.parts.seats.all().flatMap(seat => this.unread(one, seat)) : [],
    }
  }

  private unread(one: Announcement, seat: Seat) {
    const { agent } = seat
    if (agent === null || one.readings.has(agent.staff) || !isFor(one.to, seat, this.needs)) return []
    return [{ name: agent.name, agentNumber: agent.number, at: null }]
  }
}

function presentNotice({ id, at, by, text, until, mustAcknowledge }: Announcement): Notice {
  return { id, at: new Date(at).toISOString(), by, text, until: iso(until), mustAcknowledge }
}

function iso(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
