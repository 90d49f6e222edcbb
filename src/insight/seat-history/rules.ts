import { asId, type StaffId } from '#kernel/ids.ts'
import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import { DAY_MS } from '#kernel/time.ts'
import { OVERSEERS } from '../../floor/call-records/index.ts'
import type { StaffMember } from '../../people/staff/index.ts'
import { SEAT_TIME, share } from '../intervals/index.ts'
import type { HistoryQuestion, SpellRow } from './queries.ts'
import type { AgentHistory, SeatHistoryQuery, Sitting, Spell, StateSum } from './schema.ts'

const LIMITS = {
  /** Of several people. */
  longestMs: DAY_MS,
  /** Of one: a month. */
  longestOfOneMs: 31 * DAY_MS,
} as const

/** Overseers may ask for anybody, an agent for their own history only. */
export function readQuestion(member: StaffMember, query: SeatHistoryQuery): Outcome<HistoryQuestion> {
  const named = query.staff?.split(',').map(id => asId<StaffId>(id)) ?? null
  const staff = OVERSEERS.includes(member.role) ? named : (named ?? [member.id])
  if (!OVERSEERS.includes(member.role) && staff?.some(id => id !== member.id)) return refuse('not-allowed')
  const from = new Date(query.from)
  const to = new Date(query.to)
  const lengthMs = to.getTime() - from.getTime()
  const longestMs = staff?.length === 1 ? LIMITS.longestOfOneMs : LIMITS.longestMs
  const problem = lengthMs <= 0 ? 'not-after-from' : lengthMs > longestMs ? 'too-long' : null
  if (problem !== null) return { ok: false, refusal: { code: 'bad-input', fields: { to: problem } } }
  return ok({ from, to, staff })
}

/** @param rows in the order of their agents and, of each agent, of time */
export function agentHistories(rows: readonly SpellRow[], withSpells: boolean): AgentHistory[] {
  const byAgent = Map.groupBy(rows, row => row.staff_id)
  return [...byAgent.values()].flatMap(own => {
    const [first] = own
    if (first === undefined) return []
    const sums = sumsOf(own)
    return {
      staff: first.staff_id,
      name: first.name,
      agentNumber: first.agent_number,
      sittings: sittingsOf(own, withSpells),
      sums,
      signedInMs: total(sums),
      occupancy: occupancyOf(sums),
    }
  })
}

function sittingsOf(rows: readonly SpellRow[], withSpells: boolean): Sitting[] {
  const bySitting = Map.groupBy(rows, row => `${row.seat}/${row.sitting}`)
  return [...bySitting.values()].flatMap(own => {
    const [first] = own
    if (first === undefined) return []
    const to = Math.max(...own.map(row => row.until.getTime()))
    return {
      seat: first.seat,
      from: first.since.toISOString(),
      to: new Date(to).toISOString(),
      began: first.began,
      ended: first.ended,
      ...(withSpells ? { spells: own.map(spell) } : {}),
    }
  })
}

function spell(row: SpellRow): Spell {
  return {
    state: row.state,
    reason: row.reason,
    from: row.since.toISOString(),
    to: row.until.toISOString(),
    ms: row.ms,
    call: row.call_id,
  }
}

/** The longest first; those that are as long in the order of their names. */
function sumsOf(rows: readonly SpellRow[]): StateSum[] {
  const byState = Map.groupBy(rows, name)
  const sums = [...byState.values()].flatMap(own => {
    const [first] = own
    if (first === undefined) return []
    const times = own.reduce((sum, row) => sum + row.times, 0)
    return { state: first.state, reason: first.reason, ms: total(own), times }
  })
  return sums.sort((left, right) => right.ms - left.ms || (name(left) < name(right) ? -1 : 1))
}

function name({ state, reason }: Pick<StateSum, 'state' | 'reason'>): string {
  return `${state}/${reason ?? ''}`
}

/** The share of talk and wrap-up in the time that was not not-ready, as in the interval statistics. */
function occupancyOf(sums: readonly StateSum[]) {
  const timeOf = (...kinds: readonly string[]) =>
    total(sums.filter(({ state }) => kinds.includes(SEAT_TIME[state])))
  const busy = timeOf('talking', 'wrap-up')
  return share(busy, busy + timeOf('available'))
}

function total(all: readonly { readonly ms: number }[]): number {
  return all.reduce((sum, { ms }) => sum + ms, 0)
}
