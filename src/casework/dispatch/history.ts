import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '#database/types.ts'
import type { AreaCode, UnitId } from '#kernel/ids.ts'
import { cityDate, type Instant } from '#kernel/time.ts'
import type { Went } from './suggest.ts'

/** A year has each season once; what went elsewhere before is the duty of others by now. */
const MONTHS_BACK = 12

export interface Dispatched {
  /** Null: nothing is learned from it. */
  readonly categoryCode: string | null
  readonly area: AreaCode | null
  readonly lead: UnitId
  readonly at: Instant
}

/**
 * Counts an order that was sent to a unit, for its area and all around it, in the transaction that sends it. One whose
 * area is not known counts for the city.
 */
export async function countDispatch(trx: Transaction<Database>, order: Dispatched): Promise<void> {
  const { categoryCode, area, lead, at } = order
  if (categoryCode === null) return
  await sql`
    with recursive around as (
      select code, parent_code from areas
      where code = ${area} or (${area}::text is null and parent_code is null)
      union
      select areas.code, areas.parent_code from areas join around on areas.code = around.parent_code
    )
    insert into dispatch_counts (category_code, area_code, month, unit_id, dispatched)
    select ${categoryCode}, code, ${monthOf(at)}, ${lead}, 1 from around order by code
    on conflict (category_code, area_code, month, unit_id)
      do update set dispatched = dispatch_counts.dispatched + 1
  `.execute(trx)
}

/** @param areas the order's area and those around it */
export async function readHistory(
  db: Kysely<Database>,
  categoryCode: string | null,
  areas: readonly AreaCode[],
  now: Instant,
): Promise<readonly Went[]> {
  if (categoryCode === null || areas.length === 0) return []
  return await db
    .selectFrom('dispatch_counts')
    .select(['area_code as area', 'unit_id as unit', sql<number>`sum(dispatched)::integer`.as('orders')])
    .where('category_code', '=', categoryCode)
    .where('area_code', 'in', areas)
    .where('month', '>', monthsBefore(now, MONTHS_BACK))
    .groupBy(['area_code', 'unit_id'])
    .execute()
}

/** YYYY-MM on the city's calendar. */
function monthOf(at: Instant): string {
  return cityDate(at).slice(0, 7)
}

function monthsBefore(at: Instant, months: number): string {
  const [year, month] = monthOf(at).split('-').map(Number)
  return new Date(Date.UTC(year ?? 0, (month ?? 1) - 1 - months)).toISOString().slice(0, 7)
}
