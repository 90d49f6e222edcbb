import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import { OVERSEERS } from '../../floor/call-records/index.ts'
import type { StaffMember } from '../../people/staff/index.ts'
import { readPeriod } from '../intervals/index.ts'
import { RATING_FORMULAS } from './formulas.ts'
import { ratingFigures, ratingRows } from './rules.ts'
import type { Ratings, RatingsQuery } from './schema.ts'
import { countRatings } from './store.ts'

/** 满意度: what citizens said at the end of their calls, by agent or by queue. */
export async function ratings(
  db: Kysely<Database>,
  member: StaffMember,
  { from, to, by }: RatingsQuery,
): Promise<Outcome<Ratings>> {
  if (!OVERSEERS.includes(member.role)) return refuse('not-allowed')
  const period = readPeriod(from, to, '15m')
  if (!period.ok) return period
  const counts = await countRatings(db, by, period.value)
  return ok({
    from: period.value.from.toISOString(),
    to: period.value.to.toISOString(),
    by,
    rows: ratingRows(counts),
    total: ratingFigures(counts),
    formulas: [...RATING_FORMULAS],
  })
}
