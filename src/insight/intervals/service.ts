import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import { type Outcome, ok, type Refusal, refuse } from '#kernel/outcome.ts'
import { OVERSEERS } from '../../floor/call-records/index.ts'
import type { StaffMember } from '../../people/staff/index.ts'
import { AGENT_FORMULAS, ANSWERED_FORMULAS, QUEUE_FORMULAS, SKILL_FORMULAS } from './formulas.ts'
import {
  agentFigures,
  BANDS_S,
  queueFigures,
  readPeriod,
  rollingRates,
  STATISTICS,
  STEP_MS,
} from './rules.ts'
import type {
  AnswerRate,
  AnswerRateQuery,
  Intervals,
  IntervalsQuery,
  RollingQuery,
  RollingRates,
} from './schema.ts'
import { countAgents, countCalls, countQuarters, countQueues } from './store.ts'

/** Counted anew at each asking: what was corrected in the records is right here too. */
export async function intervals(
  db: Kysely<Database>,
  member: StaffMember,
  query: IntervalsQuery,
  now: Date,
): Promise<Outcome<Intervals>> {
  if (!OVERSEERS.includes(member.role)) return refuse('not-allowed')
  const { by, step = '15m' } = query
  const read = readPeriod(query.from, query.to, step)
  if (!read.ok) return read
  const period = read.value
  const common = {
    from: period.from.toISOString(),
    to: period.to.toISOString(),
    step,
    bandsS: [...BANDS_S],
    target: STATISTICS.answerRateTarget,
    answerWithinS: STATISTICS.answerWithinS,
    shortAbandonS: STATISTICS.shortAbandonS,
  }
  if (by === 'agent') {
    const counted = await countAgents(db, { period, stepMs: STEP_MS[step] }, now)
    if (counted === null) return TOO_MANY_ROWS
    const formulas = [...AGENT_FORMULAS, ...ANSWERED_FORMULAS]
    const rows = counted.rows.map(row => ({
      ...placed(row),
      agentNumber: row.agent_number,
      ...agentFigures(row),
    }))
    return ok({ ...common, by, formulas, rows, total: agentFigures(counted.total) })
  }
  const counted = await countQueues(db, { by, period, stepMs: STEP_MS[step] })
  if (counted === null) return TOO_MANY_ROWS
  const skill = by === 'skill' ? SKILL_FORMULAS : []
  const formulas = [...skill, ...QUEUE_FORMULAS, ...ANSWERED_FORMULAS]
  const rows = counted.rows.map(row => ({ ...placed(row), ...queueFigures(row) }))
  return ok({ ...common, by, formulas, rows, total: queueFigures(counted.total) })
}

const TOO_MANY_ROWS: { readonly ok: false; readonly refusal: Refusal } = {
  ok: false,
  refusal: { code: 'bad-input', fields: { step: 'too-many-rows' } },
}

function placed({ start, key, name }: { readonly start: Date; readonly key: string; readonly name: string }) {
  return { start: start.toISOString(), key, name }
}

/** 接通率 of the 24 hours before an instant. */
export async function answerRate(
  db: Kysely<Database>,
  member: StaffMember,
  query: AnswerRateQuery,
  now: Date,
): Promise<Outcome<AnswerRate>> {
  if (!OVERSEERS.includes(member.role)) return refuse('not-allowed')
  const at = query.at === undefined ? now : new Date(query.at)
  const from = new Date(at.getTime() - STATISTICS.answerRateMs)
  return ok({
    from: from.toISOString(),
    at: at.toISOString(),
    target: STATISTICS.answerRateTarget,
    figures: queueFigures(await countCalls(db, { from, to: at })),
    formulas: [...QUEUE_FORMULAS, ...ANSWERED_FORMULAS],
  })
}

/** 接通率 of any 24 hours: at each quarter hour of the period that has come, of the 24 hours before it. */
export async function rollingAnswerRates(
  db: Kysely<Database>,
  member: StaffMember,
  query: RollingQuery,
  now: Date,
): Promise<Outcome<RollingRates>> {
  if (!OVERSEERS.includes(member.role)) return refuse('not-allowed')
  const read = readPeriod(query.from, query.to, '15m')
  if (!read.ok) return read
  const { from } = read.value
  const lastQuarter = new Date(now.getTime() - (now.getTime() % STEP_MS['15m']))
  const to = lastQuarter < read.value.to ? lastQuarter : read.value.to
  const period = { from, to }
  return ok({
    from: from.toISOString(),
    to: to.toISOString(),
    target: STATISTICS.answerRateTarget,
    rates: to < from ? [] : rollingRates(await countQuarters(db, period), period),
    formulas: QUEUE_FORMULAS.filter(({ id }) => id === 'answer-rate'),
  })
}
