import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import { type Outcome, ok } from '#kernel/outcome.ts'
import type { StaffMember } from '../../people/staff/index.ts'
import { OCCUPANCY } from '../intervals/index.ts'
import { SIGNED_IN } from './formulas.ts'
import { spellQuery, sumQuery } from './queries.ts'
import { agentHistories, readQuestion } from './rules.ts'
import type { SeatHistory, SeatHistoryQuery } from './schema.ts'

/** What agents' seats did in a period, with sums that are exactly the time between sitting down and leaving. */
export async function seatHistory(
  db: Kysely<Database>,
  member: StaffMember,
  query: SeatHistoryQuery,
  now: Date,
): Promise<Outcome<SeatHistory>> {
  const read = readQuestion(member, query)
  if (!read.ok) return read
  const question = read.value
  const withSpells = question.staff !== null
  const { rows } = await (withSpells ? spellQuery(question, now) : sumQuery(question, now)).execute(db)
  return ok({
    from: question.from.toISOString(),
    to: question.to.toISOString(),
    at: now.toISOString(),
    agents: agentHistories(rows, withSpells),
    formulas: [SIGNED_IN, OCCUPANCY],
  })
}
