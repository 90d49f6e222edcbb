import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { Database, HandoverFigures, HandoversTable } from '#database/types.ts'
import { asId, type ShiftId, type StaffId } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'
import type { PublishedNote } from './rules.ts'
import type { HandoverForm, Matter } from './schema.ts'

export type HandoverDetails = Selectable<HandoversTable> & { readonly writer: string }

export const PAGE_SIZE = 30

export interface NoteToStore {
  readonly day: string
  readonly shift: string
  readonly span: { readonly from: Instant; readonly to: Instant }
  readonly by: StaffId
}

/** @returns its id; null when that shift has one */
export async function insertNote(db: Kysely<Database>, note: NoteToStore): Promise<number | null> {
  const row = await db
    .insertInto('handovers')
    .values({
      day: note.day,
      shift_id: asId<ShiftId>(note.shift),
      starts_at: new Date(note.span.from),
      ends_at: new Date(note.span.to),
      figures: null,
      written_by: note.by,
      published_at: null,
    })
    .onConflict(conflict => conflict.columns(['day', 'shift_id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id ?? null
}

function selectNotes(db: Kysely<Database>) {
  return db
    .selectFrom('handovers')
    .innerJoin('staff', 'staff.id', 'handovers.written_by')
    .selectAll('handovers')
    .select('staff.name as writer')
}

export async function readNote(db: Kysely<Database>, id: number): Promise<HandoverDetails | null> {
  const row = await selectNotes(db).where('handovers.id', '=', id).executeTakeFirst()
  return row ?? null
}

export interface NoteRow {
  readonly note: HandoverDetails
  readonly signatures: number
  readonly openMatters: number
  readonly signedByMe: boolean
}

export interface NoteFilter {
  readonly reader: StaffId
  readonly drafts: boolean
  readonly after: { readonly startsAt: Date; readonly id: number } | null
}

/** The newest shift first; one more than a page when there are more. */
export async function listNotes(
  db: Kysely<Database>,
  { reader, drafts, after }: NoteFilter,
): Promise<{ readonly rows: readonly NoteRow[]; readonly more: boolean }> {
  let query = selectNotes(db).select([
    sql<number>`(select count(*)::int from handover_signatures s where s.handover_id = handovers.id)`.as(
      'signatures',
    ),
    sql<number>`(select count(*)::int from handover_matters m
      where m.handover_id = handovers.id and m.done_at is null)`.as('open_matters'),
    sql<boolean>`exists (select from handover_signatures s
      where s.handover_id = handovers.id and s.staff_id = ${reader})`.as('signed_by_me'),
  ])
  if (!drafts) query = query.where('published_at', 'is not', null)
  if (after !== null) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('handovers.starts_at', 'handovers.id'), '<', tuple(after.startsAt, after.id)),
    )
  }
  const rows = await query
    .orderBy('handovers.starts_at', 'desc')
    .orderBy('handovers.id', 'desc')
    .limit(PAGE_SIZE + 1)
    .execute()
  return {
    rows: rows
      .slice(0, PAGE_SIZE)
      .map(({ signatures, open_matters: openMatters, signed_by_me: signedByMe, ...note }) => ({
        note,
        signatures,
        openMatters,
        signedByMe,
      })),
    more: rows.length > PAGE_SIZE,
  }
}

/** Held until the end: a note is published as it was read, and once. */
export async function lockNote(trx: Transaction<Database>, id: number): Promise<HandoverDetails | null> {
  await trx.selectFrom('handovers').select('id').where('id', '=', id).forUpdate().execute()
  return await readNote(trx, id)
}

export async function saveDraft(
  trx: Transaction<Database>,
  id: number,
  version: number,
  { matters, ...texts }: HandoverForm,
): Promise<void> {
  await trx
    .updateTable('handovers')
    .set({ ...texts, version: version + 1 })
    .where('id', '=', id)
    .execute()
  await trx.deleteFrom('handover_matters').where('handover_id', '=', id).execute()
  if (matters.length === 0) return
  await trx
    .insertInto('handover_matters')
    .values(matters.map(text => ({ handover_id: id, text, done_at: null, done_by: null })))
    .execute()
}

/** Whoever publishes it stands for it. */
export async function publishNote(
  trx: Transaction<Database>,
  id: number,
  { version, by, figures }: { version: number; by: StaffId; figures: HandoverFigures },
): Promise<void> {
  await trx
    .updateTable('handovers')
    .set({
      figures: JSON.stringify(figures),
      written_by: by,
      published_at: new Date(),
      version: version + 1,
    })
    .where('id', '=', id)
    .execute()
}

function selectMatters(db: Kysely<Database>) {
  return db
    .selectFrom('handover_matters as matter')
    .innerJoin('handovers', 'handovers.id', 'matter.handover_id')
    .leftJoin('staff', 'staff.id', 'matter.done_by')
    .select([
      'matter.id',
      'matter.text',
      'matter.done_at as doneAt',
      'staff.name as doneBy',
      'handovers.day',
      'handovers.shift_id as shift',
    ])
    .orderBy('handovers.starts_at')
    .orderBy('matter.id')
}

type MatterRow = Awaited<ReturnType<ReturnType<typeof selectMatters>['execute']>>[number]

export async function mattersOf(db: Kysely<Database>, id: number): Promise<Matter[]> {
  return (await selectMatters(db).where('matter.handover_id', '=', id).execute()).map(presentMatter)
}

/** From notes published before, those that were not seen to by then; null: by now. */
export async function carriedInto(
  db: Kysely<Database>,
  { id, publishedAt }: { readonly id: number; readonly publishedAt: Date | null },
): Promise<Matter[]> {
  let query = selectMatters(db).where('handovers.id', '<>', id)
  query =
    publishedAt === null
      ? query.where('handovers.published_at', 'is not', null).where('matter.done_at', 'is', null)
      : query
          .where('handovers.published_at', '<', publishedAt)
          .where(({ eb, or }) =>
            or([eb('matter.done_at', 'is', null), eb('matter.done_at', '>=', publishedAt)]),
          )
  return (await query.execute()).map(presentMatter)
}

/** The first tick stands. @returns null when no published note has such a matter */
export async function tickMatter(db: Kysely<Database>, id: number, by: StaffId): Promise<Matter | null> {
  await sql`
    update handover_matters set done_at = now(), done_by = ${by}
    where id = ${id} and done_at is null
      and handover_id in (select id from handovers where published_at is not null)
  `.execute(db)
  const row = await selectMatters(db)
    .where('matter.id', '=', id)
    .where('handovers.published_at', 'is not', null)
    .executeTakeFirst()
  return row === undefined ? null : presentMatter(row)
}

function presentMatter({ doneAt, ...row }: MatterRow): Matter {
  return { ...row, doneAt: doneAt?.toISOString() ?? null }
}

export async function addendaOf(db: Kysely<Database>, id: number) {
  return await db
    .selectFrom('handover_addenda as addendum')
    .innerJoin('staff', 'staff.id', 'addendum.by_staff')
    .select(['addendum.at', 'staff.name as by', 'addendum.text'])
    .where('addendum.handover_id', '=', id)
    .orderBy('addendum.id')
    .execute()
}

export async function insertAddendum(
  db: Kysely<Database>,
  id: number,
  by: StaffId,
  text: string,
): Promise<void> {
  await db.insertInto('handover_addenda').values({ handover_id: id, by_staff: by, text }).execute()
}

export async function signaturesOf(db: Kysely<Database>, id: number) {
  return await db
    .selectFrom('handover_signatures as signature')
    .innerJoin('staff', 'staff.id', 'signature.staff_id')
    .select(['signature.staff_id as staff', 'staff.name', 'signature.at'])
    .where('signature.handover_id', '=', id)
    .orderBy('signature.at')
    .execute()
}

/** The first signature stands. */
export async function insertSignature(db: Kysely<Database>, id: number, staff: StaffId): Promise<void> {
  await db
    .insertInto('handover_signatures')
    .values({ handover_id: id, staff_id: staff })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

export async function countMissedOpen(db: Kysely<Database>): Promise<number> {
  const { open } = await db
    .selectFrom('missed_calls')
    .select(sql<number>`count(*)::int`.as('open'))
    .where('state', 'in', ['open', 'claimed'])
    .executeTakeFirstOrThrow()
  return open
}

/** What the gate goes by, oldest first. */
export async function publishedNotes(db: Kysely<Database>, since: Date): Promise<PublishedNote[]> {
  const { rows } = await sql<{ id: number; at: Date; by: StaffId; signers: StaffId[] }>`
    select h.id, h.published_at as at, h.written_by as by,
           array(select s.staff_id::text from handover_signatures s where s.handover_id = h.id) as signers
    from handovers h where h.published_at > ${since} order by h.published_at
  `.execute(db)
  return rows.map(({ id, at, by, signers }) => ({
    id,
    publishedAt: at.getTime(),
    writtenBy: by,
    signedBy: new Set(signers),
  }))
}

/** When each agent last sat down. */
export async function lastSignIns(db: Kysely<Database>, since: Date): Promise<Map<StaffId, Instant>> {
  const { rows } = await sql<{ staff: StaffId; at: Date }>`
    select staff_id as staff, max(at) as at from seat_changes
    where at > ${since} and (state = 'signed-out' or reason = 'signed-in') and staff_id is not null
    group by staff_id
  `.execute(db)
  return new Map(rows.map(({ staff, at }) => [staff, at.getTime()]))
}
