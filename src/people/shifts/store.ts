import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database, DayDuty, ShiftDuty } from '#database/types.ts'
import { asId, type ShiftId, type StaffId } from '#kernel/ids.ts'
import type { Coming } from './attendance.ts'
import type { Span } from './rules.ts'
import type { DayDutyForm, DayDutyView, RosterEntryForm, ShiftForm, ShiftView } from './schema.ts'

const SHIFT_COLUMNS = [
  'id',
  'name_zh as nameZh',
  'name_en as nameEn',
  'starts_at as from',
  'ends_at as to',
  'version',
] as const

/** The kinds of shift, in the order of the day. */
export function shifts(db: Kysely<Database>): Promise<ShiftView[]> {
  return db.selectFrom('shifts').select(SHIFT_COLUMNS).orderBy('starts_at').orderBy('id').execute()
}

/** @returns null when there is one by that id */
export async function insertShift(
  db: Kysely<Database>,
  id: string,
  form: ShiftForm,
): Promise<ShiftView | null> {
  const row = await db
    .insertInto('shifts')
    .values({ id: asId<ShiftId>(id), ...columns(form) })
    .onConflict(conflict => conflict.doNothing())
    .returning(SHIFT_COLUMNS)
    .executeTakeFirst()
  return row ?? null
}

/** @returns null when the shift is no longer at this version */
export async function updateShift(
  db: Kysely<Database>,
  id: string,
  version: number,
  form: ShiftForm,
): Promise<ShiftView | null> {
  const row = await db
    .updateTable('shifts')
    .set({ ...columns(form), version: version + 1 })
    .where('id', '=', asId<ShiftId>(id))
    .where('version', '=', version)
    .returning(SHIFT_COLUMNS)
    .executeTakeFirst()
  return row ?? null
}

function columns(form: ShiftForm) {
  return { name_zh: form.nameZh, name_en: form.nameEn, starts_at: form.from, ends_at: form.to }
}

export interface Person {
  readonly id: StaffId
  readonly name: string
  readonly agentNumber: string | null
  readonly leads: boolean
}

/** Whoever can be planned: active, and takes calls or leads. Shift leads first, then by agent number. */
export async function plannablePeople(db: Kysely<Database>): Promise<Person[]> {
  const rows = await db
    .selectFrom('staff')
    .select(['id', 'name', 'agent_number', 'role'])
    .where('active', '=', true)
    .where(({ eb, or }) =>
      or([eb('agent_number', 'is not', null), eb('role', 'in', ['shift-lead', 'admin'])]),
    )
    .orderBy(sql`case role when 'shift-lead' then 1 when 'agent' then 2 when 'quality' then 3 else 4 end`)
    .orderBy('agent_number')
    .orderBy('login')
    .execute()
  return rows.map(({ id, name, agent_number: agentNumber, role }) => ({
    id,
    name,
    agentNumber,
    leads: role === 'shift-lead' || role === 'admin',
  }))
}

/** Of two who plan at once the second waits, and sees what the first has planned. */
export async function lockRoster(trx: Transaction<Database>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('roster'))`.execute(trx)
}

export interface EntryRow {
  readonly id: number
  readonly staff: StaffId
  readonly name: string
  readonly agentNumber: string | null
  readonly day: string
  readonly shift: ShiftId
  readonly duty: ShiftDuty
  readonly startsAt: Date
  readonly endsAt: Date
}

function selectEntries(db: Kysely<Database>) {
  return db
    .selectFrom('roster_entries as entry')
    .innerJoin('staff', 'staff.id', 'entry.staff_id')
    .select([
      'entry.id',
      'entry.staff_id as staff',
      'staff.name',
      'staff.agent_number as agentNumber',
      'entry.day',
      'entry.shift_id as shift',
      'entry.duty',
      'entry.starts_at as startsAt',
      'entry.ends_at as endsAt',
    ])
    .orderBy('entry.starts_at')
    .orderBy('staff.agent_number')
    .orderBy('entry.id')
}

/** Those whose day is from the first to before the last; null: everybody's. */
export function entriesOfDays(
  db: Kysely<Database>,
  from: string,
  before: string,
  staff: StaffId | null,
): Promise<EntryRow[]> {
  let query = selectEntries(db).where('entry.day', '>=', from).where('entry.day', '<', before)
  if (staff !== null) query = query.where('entry.staff_id', '=', staff)
  return query.execute()
}

/** Those of these people that overlap the span; an empty list of people: of everybody. */
export function entriesWithin(
  db: Kysely<Database>,
  span: Span,
  staff: readonly StaffId[],
): Promise<EntryRow[]> {
  let query = selectEntries(db)
    .where('entry.starts_at', '<', new Date(span.to))
    .where('entry.ends_at', '>', new Date(span.from))
  if (staff.length > 0) query = query.where('entry.staff_id', 'in', staff)
  return query.execute()
}

export interface EntryToStore extends RosterEntryForm {
  readonly span: Span
}

/** @returns their ids */
export async function insertEntries(
  trx: Transaction<Database>,
  by: StaffId | null,
  entries: readonly EntryToStore[],
): Promise<readonly number[]> {
  const rows = await trx
    .insertInto('roster_entries')
    .values(
      entries.map(({ staff, day, shift, duty, span }) => ({
        staff_id: asId<StaffId>(staff),
        day,
        shift_id: asId<ShiftId>(shift),
        duty,
        starts_at: new Date(span.from),
        ends_at: new Date(span.to),
        planned_by: by,
      })),
    )
    .returning('id')
    .execute()
  return rows.map(row => row.id)
}

/** @returns false when there is none by that id */
export async function deleteEntry(db: Kysely<Database>, id: number): Promise<boolean> {
  const gone = await db.deleteFrom('roster_entries').where('id', '=', id).returning('id').executeTakeFirst()
  return gone !== undefined
}

export function dutiesOfDays(db: Kysely<Database>, from: string, before: string): Promise<DayDutyView[]> {
  return db
    .selectFrom('day_duties')
    .selectAll()
    .where('day', '>=', from)
    .where('day', '<', before)
    .orderBy('day')
    .orderBy('duty')
    .execute()
}

export async function putDuty(
  db: Kysely<Database>,
  day: string,
  duty: DayDuty,
  form: DayDutyForm,
): Promise<DayDutyView> {
  return await db
    .insertInto('day_duties')
    .values({ day, duty, ...form })
    .onConflict(conflict => conflict.columns(['day', 'duty']).doUpdateSet(form))
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** @returns false when nobody was named */
export async function deleteDuty(db: Kysely<Database>, day: string, duty: DayDuty): Promise<boolean> {
  const gone = await db
    .deleteFrom('day_duties')
    .where('day', '=', day)
    .where('duty', '=', duty)
    .returning('day')
    .executeTakeFirst()
  return gone !== undefined
}

/** Who sat down where and who left, in order: the floor's own record is the only one. */
export async function comings(db: Kysely<Database>, { from, to }: Span): Promise<Coming[]> {
  const rows = await db
    .selectFrom('seat_changes')
    .select(['seat', 'staff_id as staff', 'at'])
    .where('at', '>=', new Date(from))
    .where('at', '<', new Date(to))
    // Word for word the condition of the index.
    .where(sql<boolean>`(state = 'signed-out' or reason = 'signed-in')`)
    .orderBy('at')
    .orderBy('id')
    .execute()
  return rows.map(row => ({ ...row, at: row.at.getTime() }))
}
