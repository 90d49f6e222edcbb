import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import { asId, type CallId } from '#kernel/ids.ts'
import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import { cityDay } from '#kernel/time.ts'
import type { StaffMember } from '../../people/staff/index.ts'
import { mayReadCall, OVERSEERS, readCursor, writeCursor } from './rules.ts'
import type { CallDetail, CallPage, CallQuery } from './schema.ts'
import { listCalls, PAGE_SIZE, readCall, readTimeline } from './store.ts'

/** One's own calls by default; everybody's for those who look over the floor. */
export async function callPage(
  db: Kysely<Database>,
  member: StaffMember,
  query: CallQuery,
): Promise<Outcome<CallPage>> {
  const all = query.scope === 'all'
  if (all && !OVERSEERS.includes(member.role)) return refuse('not-allowed')
  const after = query.cursor === undefined ? null : readCursor(query.cursor)
  if (query.cursor !== undefined && after === null) return refuse('bad-input', 'no cursor of ours')
  const { from, to } = query.day === undefined ? { from: null, to: null } : cityDay(query.day)
  const found = await listCalls(db, { staff: all ? null : member.id, from, to, after })
  const page = found.slice(0, PAGE_SIZE)
  const last = page.at(-1)
  return ok({
    items: page.map(call => call.row),
    next: found.length > PAGE_SIZE && last !== undefined ? writeCursor(last.end) : null,
  })
}

export async function callDetail(
  db: Kysely<Database>,
  member: StaffMember,
  id: string,
): Promise<Outcome<CallDetail>> {
  const call = asId<CallId>(id)
  const found = await readCall(db, call)
  if (found === null) return refuse('not-found')
  if (!mayReadCall(member, found.takenBy)) return refuse('not-allowed')
  return ok({ call: found.row, notes: await readTimeline(db, call) })
}
