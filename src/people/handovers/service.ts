import type { Kysely } from 'kysely'
import type { Database, HandoverFigures } from '#database/types.ts'
import type { StaffId } from '#kernel/ids.ts'
import { badInput, type Outcome, ok, refuse } from '#kernel/outcome.ts'
import { HOUR_MS, type Instant } from '#kernel/time.ts'
import type { Seat } from '../../contact-center/seat/seat.ts'
import { countCalls } from '../../floor/supervision/index.ts'
import { entriesWithin, shifts, spanOf } from '../shifts/index.ts'
import { runsTheFloor, type StaffMember } from '../staff/index.ts'
import type { HandoverGate } from './gate.ts'
import { maySee, mayTick, mayWrite, saysNothing } from './rules.ts'
import type {
  HandoverForm,
  HandoverPage,
  HandoverView,
  Matter,
  NewHandoverForm,
  UnreadHandovers,
} from './schema.ts'
import {
  addendaOf,
  carriedInto,
  countMissedOpen,
  type HandoverDetails,
  insertAddendum,
  insertNote,
  insertSignature,
  listNotes,
  lockNote,
  mattersOf,
  publishNote,
  readNote,
  saveDraft,
  signaturesOf,
  tickMatter,
} from './store.ts'

/** The next shift is the one that begins this close to the end of the one before. */
const NEXT_SHIFT_WITHIN_MS = HOUR_MS

export interface HandoversParts {
  readonly db: Kysely<Database>
  readonly gate: HandoverGate
  /** The seat that this person holds. */
  seatOf(staff: StaffId): Seat | undefined
}

/** Handover notes (交接班日记): written by the shift that leaves, read and signed by the one that comes. */
export class Handovers {
  private readonly parts: HandoversParts

  constructor(parts: HandoversParts) {
    this.parts = parts
  }

  async list(member: StaffMember, cursor: string | undefined): Promise<HandoverPage> {
    const [startsAt, id] = cursor?.split('_').map(Number) ?? []
    const after = startsAt === undefined || id === undefined ? null : { startsAt: new Date(startsAt), id }
    const filter = { reader: member.id, drafts: runsTheFloor(member), after }
    const { rows, more } = await listNotes(this.parts.db, filter)
    const last = rows.at(-1)?.note
    return {
      items: rows.map(({ note, ...counts }) => ({ ...headOf(note), ...counts })),
      next: more && last !== undefined ? `${last.starts_at.getTime()}_${last.id}` : null,
    }
  }

  async read(member: StaffMember, id: number): Promise<Outcome<HandoverView>> {
    const note = await readNote(this.parts.db, id)
    if (note === null || !maySee(member, note.published_at)) return refuse('not-found')
    return ok(await this.view(member, note))
  }

  async begin(
    member: StaffMember,
    { day, shift }: NewHandoverForm,
    now: Instant,
  ): Promise<Outcome<HandoverView>> {
    const { db } = this.parts
    const may = mayWrite(member)
    if (!may.ok) return may
    const kind = (await shifts(db)).find(known => known.id === shift)
    if (kind === undefined) return badInput({ shift: 'unknown' })
    const span = spanOf(day, kind)
    if (span.from > now) return badInput({ shift: 'not-begun' })
    const id = await insertNote(db, { day, shift, span, by: member.id })
    return id === null ? refuse('exists-already') : await this.read(member, id)
  }

  /** Saves a draft over the version that was edited. */
  async save(
    member: StaffMember,
    id: number,
    version: number,
    form: HandoverForm,
  ): Promise<Outcome<HandoverView>> {
    return await this.onDraft(member, id, version, async trx => {
      await saveDraft(trx, id, version, form)
      return ok(undefined)
    })
  }

  /** From here on it stands: the figures are frozen, and the shift that comes must sign. */
  async publish(member: StaffMember, id: number, version: number): Promise<Outcome<HandoverView>> {
    const published = await this.onDraft(member, id, version, async (trx, note) => {
      const matters = (await mattersOf(trx, id)).length
      if (saysNothing({ ...note, matters })) return badInput({ note: 'required' })
      const figures = await figuresOf(trx, note)
      await publishNote(trx, id, { version, by: member.id, figures })
      return ok(undefined)
    })
    if (published.ok) await this.parts.gate.load()
    return published
  }

  /** A correction: the note itself is not touched. */
  async add(member: StaffMember, id: number, text: string): Promise<Outcome<HandoverView>> {
    const may = mayWrite(member)
    if (!may.ok) return may
    const note = await readNote(this.parts.db, id)
    if (note === null || note.published_at === null) return refuse('not-found')
    await insertAddendum(this.parts.db, id, member.id, text)
    return ok(await this.view(member, note))
  }

  async sign(member: StaffMember, id: number): Promise<Outcome<HandoverView>> {
    const note = await readNote(this.parts.db, id)
    if (note === null || note.published_at === null) return refuse('not-found')
    await insertSignature(this.parts.db, id, member.id)
    this.parts.gate.signed(id, member.id)
    return ok(await this.view(member, note))
  }

  async tick(member: StaffMember, matter: number): Promise<Outcome<Matter>> {
    const may = mayTick(member)
    if (!may.ok) return may
    const ticked = await tickMatter(this.parts.db, matter, member.id)
    return ticked === null ? refuse('not-found') : ok(ticked)
  }

  /** What keeps this person from taking calls, oldest first; nothing for who sits at no seat. */
  async unread(member: StaffMember): Promise<UnreadHandovers> {
    const { gate, db } = this.parts
    const seat = this.parts.seatOf(member.id)
    const items: HandoverView[] = []
    for (const id of seat === undefined ? [] : gate.unread(seat)) {
      const note = await readNote(db, id)
      if (note !== null) items.push(await this.view(member, note))
    }
    return { hours: gate.hours, items }
  }

  private async onDraft(
    member: StaffMember,
    id: number,
    version: number,
    change: (trx: Parameters<typeof lockNote>[0], note: HandoverDetails) => Promise<Outcome<void>>,
  ): Promise<Outcome<HandoverView>> {
    const may = mayWrite(member)
    if (!may.ok) return may
    const changed = await this.parts.db.transaction().execute(async trx => {
      const note = await lockNote(trx, id)
      if (note === null) return refuse('not-found')
      if (note.published_at !== null) return refuse('handover-published')
      if (note.version !== version) return refuse('changed-meanwhile', `is at version ${note.version}`)
      return await change(trx, note)
    })
    return changed.ok ? await this.read(member, id) : changed
  }

  private async view(member: StaffMember, note: HandoverDetails): Promise<HandoverView> {
    const { db } = this.parts
    const [figures, matters, carried, addenda, signatures, next] = await Promise.all([
      note.figures ?? figuresOf(db, note),
      mattersOf(db, note.id),
      carriedInto(db, { id: note.id, publishedAt: note.published_at }),
      addendaOf(db, note.id),
      signaturesOf(db, note.id),
      nextShift(db, note),
    ])
    const done = new Set<StaffId>([note.written_by, ...signatures.map(({ staff }) => staff)])
    const { cases, changes, equipment, note: text, version } = note
    return {
      ...headOf(note),
      ...{ figures, cases, changes, equipment, note: text, matters, carried, version },
      addenda: addenda.map(addendum => ({ ...addendum, at: addendum.at.toISOString() })),
      signatures: signatures.map(signature => ({ ...signature, at: signature.at.toISOString() })),
      awaited: next.filter(({ staff }) => !done.has(staff)),
      writtenByMe: note.written_by === member.id,
      signedByMe: signatures.some(({ staff }) => staff === member.id),
    }
  }
}

function headOf(note: HandoverDetails) {
  return {
    id: note.id,
    day: note.day,
    shift: note.shift_id,
    startsAt: note.starts_at.toISOString(),
    endsAt: note.ends_at.toISOString(),
    state: note.published_at === null ? ('draft' as const) : ('published' as const),
    writtenBy: note.writer,
    publishedAt: note.published_at?.toISOString() ?? null,
  }
}

async function figuresOf(db: Kysely<Database>, note: HandoverDetails): Promise<HandoverFigures> {
  const { offered, answered, abandoned } = await countCalls(db, note.starts_at, note.ends_at)
  return { offered, answered, abandoned, missedOpen: await countMissedOpen(db) }
}

/** Who is rostered for the shift that follows. */
async function nextShift(db: Kysely<Database>, note: HandoverDetails) {
  const ends = note.ends_at.getTime()
  const near = { from: ends - NEXT_SHIFT_WITHIN_MS, to: ends + NEXT_SHIFT_WITHIN_MS }
  const entries = await entriesWithin(db, near, [])
  return entries
    .filter(
      ({ startsAt }) => startsAt.getTime() >= near.from && startsAt.getTime() > note.starts_at.getTime(),
    )
    .map(({ staff, name }) => ({ staff, name }))
}
