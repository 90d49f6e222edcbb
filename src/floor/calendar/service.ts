import type { Kysely, Transaction } from 'kysely'
import type { Database } from '#database/types.ts'
import { badInput, type Outcome, ok, refuse } from '#kernel/outcome.ts'
import { runsTheFloor, type StaffMember } from '../../people/staff/index.ts'
import { recordChange } from '../config-changes/index.ts'
import { announcedDays } from './rules.ts'
import type { CalendarDay, CalendarDayForm } from './schema.ts'
import { daysOfYear, lockDay, putDay, removeDay } from './store.ts'

/** Lines that ask for hours go by it within seconds. */
export async function saveDay(
  db: Kysely<Database>,
  member: StaffMember,
  day: string,
  form: CalendarDayForm,
): Promise<Outcome<CalendarDay>> {
  if (!runsTheFloor(member)) return refuse('not-allowed')
  const saved = { day, works: form.works, name: form.name.trim() }
  await db.transaction().execute(trx => write(trx, member, saved))
  return ok(saved)
}

/** The day is again what its weekday says. */
export async function clearDay(
  db: Kysely<Database>,
  member: StaffMember,
  day: string,
): Promise<Outcome<void>> {
  if (!runsTheFloor(member)) return refuse('not-allowed')
  return await db.transaction().execute(async trx => {
    const before = await lockDay(trx, day)
    if (before === null) return refuse('not-found')
    await removeDay(trx, day)
    await recordChange(trx, { by: member.id, subject: 'calendar-day', key: day, before, after: null })
    return ok(undefined)
  })
}

/** Adds what was announced for a year; days that somebody has entered already stay as they are. */
export async function fillYear(
  db: Kysely<Database>,
  member: StaffMember,
  year: number,
): Promise<Outcome<readonly CalendarDay[]>> {
  if (!runsTheFloor(member)) return refuse('not-allowed')
  const announced = announcedDays(year)
  if (announced.length === 0) return badInput({ year: 'not-announced' })
  await db.transaction().execute(async trx => {
    const known = new Set((await daysOfYear(trx, String(year))).map(({ day }) => day))
    for (const day of announced) if (!known.has(day.day)) await write(trx, member, day)
  })
  return ok(await daysOfYear(db, String(year)))
}

async function write(trx: Transaction<Database>, { id: by }: StaffMember, after: CalendarDay): Promise<void> {
  const before = await lockDay(trx, after.day)
  await putDay(trx, after)
  await recordChange(trx, { by, subject: 'calendar-day', key: after.day, before, after })
}
