import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '#database/types.ts'
import type { StaffId } from '#kernel/ids.ts'
import type { ClockLimits } from '../../cases/clocks/limits.ts'
import { cityCalendar } from '../../floor/calendar/index.ts'
import type { Reckoning } from './rules.ts'

export interface LimitsVersion {
  readonly version: number
  readonly limits: ClockLimits
}

/** The version that orders begin with now. */
export async function currentLimits(db: Kysely<Database>): Promise<LimitsVersion> {
  return await db
    .selectFrom('clock_limits')
    .select(['version', 'limits'])
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
}

/** @returns null when there is no such version */
export async function limitsOfVersion(db: Kysely<Database>, version: number): Promise<ClockLimits | null> {
  const row = await db
    .selectFrom('clock_limits')
    .select('limits')
    .where('version', '=', version)
    .executeTakeFirst()
  return row?.limits ?? null
}

/**
 * Whoever writes clocks reads this after the order is locked: an edit of the calendar then either is seen here, or
 * finds the clocks when it works them out anew.
 */
export async function reckoning(db: Kysely<Database>): Promise<Reckoning> {
  const { limits } = await currentLimits(db)
  const { hours, escalateSignAfterMs } = limits
  return { calendar: await cityCalendar(db), hours, escalateSignAfterMs }
}

export interface Publication {
  readonly version: number
  readonly why: string
  /** null: what a city begins with. */
  readonly publishedBy: string | null
  readonly at: Date
}

/** Every version, the newest first. */
export function publications(db: Kysely<Database>): Promise<Publication[]> {
  return db
    .selectFrom('clock_limits as l')
    .leftJoin('staff', 'staff.id', 'l.published_by')
    .select(['l.version', 'l.why', 'staff.name as publishedBy', 'l.at'])
    .orderBy('l.version', 'desc')
    .execute()
}

/** @returns the new version, or null when the one that was edited is no longer the newest */
export async function addVersion(
  trx: Transaction<Database>,
  edited: number,
  limits: ClockLimits,
  why: string,
  by: StaffId,
): Promise<number | null> {
  const { rows } = await sql<{ version: number }>`
    insert into clock_limits (version, limits, why, published_by)
    select max(version) + 1, ${JSON.stringify(limits)}::jsonb, ${why}, ${by}
    from clock_limits having max(version) = ${edited}
    on conflict do nothing
    returning version`.execute(trx)
  return rows[0]?.version ?? null
}

export async function typeCodes(db: Kysely<Database>): Promise<string[]> {
  return (await db.selectFrom('order_types').select('code').execute()).map(({ code }) => code)
}
