import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import { OVERSEERS } from '../../floor/call-records/index.ts'
import type { StaffMember } from '../../people/staff/index.ts'
import { type Load, performance, trafficErlang } from './erlang.ts'
import type { ErlangAnswer, ErlangQuestion } from './schema.ts'
import { agentsNeeded, around, MOST_AGENTS } from './staffing.ts'

/** Refuses what more than `MOST_AGENTS` would be needed for. */
export function planAgents(member: StaffMember, question: ErlangQuestion): Outcome<ErlangAnswer> {
  if (!OVERSEERS.includes(member.role)) return refuse('not-allowed')
  const { calls, intervalS, ahtS, serviceLevel, withinS, patienceS = null, maxOccupancy = 1 } = question
  const load: Load = { arrivalRate: calls / intervalS, ahtS, patienceS }
  // Said before the search: with patience, far too few agents mean a sum over a very long queue.
  const agents =
    trafficErlang(load) > MOST_AGENTS ? null : agentsNeeded(load, { serviceLevel, withinS, maxOccupancy })
  if (agents === null) {
    return { ok: false, refusal: { code: 'bad-input', fields: { calls: 'too-many-agents' } } }
  }
  return ok({
    model: patienceS === null ? 'erlang-c' : 'erlang-a',
    trafficErlang: trafficErlang(load),
    needed: { agents, ...performance(load, agents, withinS) },
    around: around(load, agents, withinS),
  })
}
