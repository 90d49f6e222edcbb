import type { Kysely } from 'kysely'
import type { Database, DayDuty } from '#database/types.ts'
import type { StaffId } from '#kernel/ids.ts'
import { badInput, type Outcome, ok, refuse } from '#kernel/outcome.ts'
import { cityDay, DAY_MS, daysAfter, type Instant } from '#kernel/time.ts'
import { runsTheFloor, type StaffMember } from '../staff/index.ts'
import { attendanceOf, notRostered, type Stay, staysOf } from './attendance.ts'
import { type Known, type Plannable, type Planned, planProblems, type Span, spanOf } from './rules.ts'
import type {
  CopiedWeek,
  DayDutyForm,
  DayDutyView,
  MyShifts,
  Roster,
  RosterEntry,
  RosterEntryForm,
  ShiftForm,
  ShiftView,
} from './schema.ts'
import {
  comings,
  deleteDuty,
  deleteEntry,
  dutiesOfDays,
  type EntryRow,
  entriesOfDays,
  entriesWithin,
  insertEntries,
  insertShift,
  lockRoster,
  plannablePeople,
  putDuty,
  shifts,
  updateShift,
} from './store.ts'

const WEEK_DAYS = 7
/** A stay that began longer ago than this before the days that are looked at is not seen. */
const LONGEST_STAY_MS = DAY_MS

export async function createShift(
  db: Kysely<Database>,
  member: StaffMember,
  { id, ...form }: ShiftForm & { readonly id: string },
): Promise<Outcome<ShiftView>> {
  if (!runsTheFloor(member)) return refuse('not-allowed')
  if (form.from === form.to) return badInput({ to: 'same-as-from' })
  const added = await insertShift(db, id, form)
  return added === null ? refuse('exists-already') : ok(added)
}

/** Entries that are planned already keep their times. */
export async function saveShift(
  db: Kysely<Database>,
  member: StaffMember,
  id: string,
  version: number,
  form: ShiftForm,
): Promise<Outcome<ShiftView>> {
  if (!runsTheFloor(member)) return refuse('not-allowed')
  if (form.from === form.to) return badInput({ to: 'same-as-from' })
  if (!(await shifts(db)).some(shift => shift.id === id)) return refuse('not-found')
  const saved = await updateShift(db, id, version, form)
  return saved === null ? refuse('changed-meanwhile') : ok(saved)
}

/** The week as planned and as kept. */
export async function roster(
  db: Kysely<Database>,
  member: StaffMember,
  from: string,
  now: Instant,
): Promise<Outcome<Roster>> {
  if (!runsTheFloor(member)) return refuse('not-allowed')
  const before = daysAfter(from, WEEK_DAYS)
  const week = { from: cityDay(from).from.getTime(), to: cityDay(before).from.getTime() }
  const [kinds, people, rows, duties, stays] = await Promise.all([
    shifts(db),
    plannablePeople(db),
    entriesOfDays(db, from, before, null),
    dutiesOfDays(db, from, before),
    // A night shift of the last day ends in the next week.
    staysWithin(db, { from: week.from, to: week.to + DAY_MS }),
  ])
  const around = await entriesWithin(db, { from: week.from - DAY_MS, to: week.to + DAY_MS }, [])
  const names = new Map<string, string>(people.map(({ id, name }) => [id, name]))
  const shiftsOf = Map.groupBy(around, entry => entry.staff)
  const unexplained = [...stays].flatMap(([staff, their]) =>
    notRostered((shiftsOf.get(staff) ?? []).map(spanOfEntry), their, now).filter(
      stay => stay.from >= week.from && stay.from < week.to,
    ),
  )
  return ok({
    from,
    shifts: kinds,
    people: [...people],
    entries: rows.map(row => present(row, stays, now)),
    duties,
    notRostered: unexplained.map(({ staff, seat, from, to }) => ({
      staff,
      name: names.get(staff) ?? '',
      seat,
      from: new Date(from).toISOString(),
      to: to === null ? null : new Date(to).toISOString(),
    })),
  })
}

/** Two weeks of one person's own. */
export async function myShifts(
  db: Kysely<Database>,
  member: StaffMember,
  from: string,
  now: Instant,
): Promise<MyShifts> {
  const before = daysAfter(from, 2 * WEEK_DAYS)
  const [kinds, rows, duties, stays] = await Promise.all([
    shifts(db),
    entriesOfDays(db, from, before, member.id),
    dutiesOfDays(db, from, before),
    staysWithin(db, {
      from: cityDay(from).from.getTime(),
      to: cityDay(before).from.getTime() + DAY_MS,
    }),
  ])
  return { from, shifts: kinds, entries: rows.map(row => present(row, stays, now)), duties }
}

/** All of it or, when anything is wrong, none. */
export async function plan(
  db: Kysely<Database>,
  member: StaffMember,
  forms: readonly RosterEntryForm[],
  now: Instant,
): Promise<Outcome<readonly RosterEntry[]>> {
  if (!runsTheFloor(member)) return refuse('not-allowed')
  return await db.transaction().execute(async trx => {
    await lockRoster(trx)
    const known = await knownFor(trx, daysOf(forms))
    const problems = planProblems(forms, known)
    if (Object.keys(problems).length > 0) return badInput(problems)
    const ids = new Set(await insertEntries(trx, member.id, withSpans(forms, known)))
    const days = daysOf(forms)
    const rows = await entriesOfDays(trx, days.first, daysAfter(days.last, 1), null)
    return ok(rows.filter(row => ids.has(row.id)).map(row => present(row, new Map(), now)))
  })
}

export async function unplan(db: Kysely<Database>, member: StaffMember, id: number): Promise<Outcome<void>> {
  if (!runsTheFloor(member)) return refuse('not-allowed')
  return (await deleteEntry(db, id)) ? ok(undefined) : refuse('not-found')
}

/** Plans the seven days from `to` as those from `from` were, at the shifts' times of today. */
export async function copyWeek(
  db: Kysely<Database>,
  member: StaffMember,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<Outcome<CopiedWeek>> {
  if (!runsTheFloor(member)) return refuse('not-allowed')
  const offset = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS)
  if (Math.abs(offset) < WEEK_DAYS) return badInput({ to: 'same-week' })
  return await db.transaction().execute(async trx => {
    await lockRoster(trx)
    const old = await entriesOfDays(trx, from, daysAfter(from, WEEK_DAYS), null)
    const forms = old.map(({ staff, day, shift, duty }) => ({
      staff,
      day: daysAfter(day, offset),
      shift,
      duty,
    }))
    const known = await knownFor(trx, { first: to, last: daysAfter(to, WEEK_DAYS - 1) })
    const problems = planProblems(forms, known)
    const wrong = new Set(Object.keys(problems).map(field => Number(field.split('.')[1])))
    const good = forms.filter((_, index) => !wrong.has(index))
    if (good.length > 0) await insertEntries(trx, member.id, withSpans(good, known))
    return ok({ copied: good.length, skipped: wrong.size })
  })
}

export async function nameDuty(
  db: Kysely<Database>,
  member: StaffMember,
  { day, duty }: { readonly day: string; readonly duty: DayDuty },
  form: DayDutyForm,
): Promise<Outcome<DayDutyView>> {
  return runsTheFloor(member) ? ok(await putDuty(db, day, duty, form)) : refuse('not-allowed')
}

export async function clearDuty(
  db: Kysely<Database>,
  member: StaffMember,
  { day, duty }: { readonly day: string; readonly duty: DayDuty },
): Promise<Outcome<void>> {
  if (!runsTheFloor(member)) return refuse('not-allowed')
  return (await deleteDuty(db, day, duty)) ? ok(undefined) : refuse('not-found')
}

function daysOf(forms: readonly RosterEntryForm[]): { readonly first: string; readonly last: string } {
  const days = forms.map(form => form.day).toSorted()
  return { first: days[0] ?? '', last: days.at(-1) ?? '' }
}

/** What a plan of these days is judged by; a shift of the day before may reach into them, and theirs into the next. */
async function knownFor(
  db: Kysely<Database>,
  days: { readonly first: string; readonly last: string },
): Promise<Known> {
  const [people, kinds] = [await plannablePeople(db), await shifts(db)]
  const span = { from: cityDay(days.first).from.getTime(), to: cityDay(days.last).to.getTime() + DAY_MS }
  const entries = await entriesWithin(db, span, [])
  return {
    people: new Map<string, Plannable>(
      people.map(({ id, leads, agentNumber }) => [id, { leads, takesCalls: agentNumber !== null }]),
    ),
    shifts: new Map(kinds.map(shift => [shift.id, shift])),
    entries: entries.map((entry): Planned => ({ staff: entry.staff, ...spanOfEntry(entry) })),
  }
}

function withSpans(forms: readonly RosterEntryForm[], { shifts }: Known) {
  return forms.flatMap(form => {
    const shift = shifts.get(form.shift)
    return shift === undefined ? [] : [{ ...form, span: spanOf(form.day, shift) }]
  })
}

async function staysWithin(db: Kysely<Database>, { from, to }: Span): Promise<Map<StaffId, Stay[]>> {
  const found = staysOf(await comings(db, { from: from - LONGEST_STAY_MS, to }))
  return Map.groupBy(found, stay => stay.staff)
}

function spanOfEntry({ startsAt, endsAt }: Pick<EntryRow, 'startsAt' | 'endsAt'>): Span {
  return { from: startsAt.getTime(), to: endsAt.getTime() }
}

function present(row: EntryRow, stays: ReadonlyMap<StaffId, readonly Stay[]>, now: Instant): RosterEntry {
  return {
    ...row,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    attendance:
      row.agentNumber === null ? null : attendanceOf(spanOfEntry(row), stays.get(row.staff) ?? [], now),
  }
}
