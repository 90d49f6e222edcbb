import type { Kysely, Transaction } from 'kysely'
import type { Database } from '#database/types.ts'
import type { CityCalendar } from './rules.ts'
import type { CalendarDay } from './schema.ts'

export async function cityCalendar(db: Kysely<Database>): Promise<CityCalendar> {
  const rows = await db.selectFrom('calendar_days').select(['day', 'works']).execute()
  return new Map(rows.map(({ day, works }) => [day, { works }]))
}

export function daysOfYear(db: Kysely<Database>, year: string): Promise<CalendarDay[]> {
  return db
    .selectFrom('calendar_days')
    .selectAll()
    .where('day', '>=', `${year}-01-01`)
    .where('day', '<=', `${year}-12-31`)
    .orderBy('day')
    .execute()
}

export async function lockDay(trx: Transaction<Database>, day: string): Promise<CalendarDay | null> {
  const row = await trx
    .selectFrom('calendar_days')
    .selectAll()
    .where('day', '=', day)
    .forUpdate()
    .executeTakeFirst()
  return row ?? null
}

export async function putDay(trx: Transaction<Database>, day: CalendarDay): Promise<void> {
  const { works, name } = day
  await trx
    .insertInto('calendar_days')
    .values(day)
    .onConflict(conflict => conflict.column('day').doUpdateSet({ works, name }))
    .execute()
}

export async function removeDay(trx: Transaction<Database>, day: string): Promise<void> {
  await trx.deleteFrom('calendar_days').where('day', '=', day).execute()
}
