import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import type { StaffMember } from '../../people/staff/index.ts'
import type { MissedCallRow } from './store.ts'

/** What is done about a missed call: taken on, given back, or closed with what came of it. */
export type MissedCallAct = 'claim' | 'release' | 'reached' | 'given-up'

/** Whoever claimed it deals with it; a shift lead may take it from anyone. */
export function mayAct(member: StaffMember, call: MissedCallRow, act: MissedCallAct): Outcome<MissedCallAct> {
  if (member.role === 'quality') return refuse('not-allowed')
  if (call.closed_at !== null) return refuse('missed-call-closed')
  const others = call.claimed_by !== null && call.claimed_by !== member.id
  if (others && member.role === 'agent') return refuse('missed-call-claimed')
  if (act === 'release' && call.claimed_by === null) return refuse('missed-call-not-claimed')
  return ok(act)
}
