import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import { asId, type CallId, type StaffId } from '#kernel/ids.ts'
import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import { cityDay } from '#kernel/time.ts'
import { veilDetail } from '../../casework/secrecy/index.ts'
import type { StaffMember } from '../../people/staff/index.ts'
import { callsCsv } from './columns.ts'
import { readAgents, readParticipants, tookPart } from './participants.ts'
import { mayReadCall, OVERSEERS, readCursor, writeCursor } from './rules.ts'
import type { CallAgent, CallDetail, CallFileQuery, CallPage, CallQuery } from './schema.ts'
import { type CallFilter, listCalls, PAGE_SIZE, readCall, readTimeline } from './store.ts'

/** One's own calls by default; everybody's for those who look over the floor. */
export async function callPage(
  db: Kysely<Database>,
  member: StaffMember,
  { scope, cursor, ...query }: CallQuery,
): Promise<Outcome<CallPage>> {
  const all = scope === 'all'
  if (all && !OVERSEERS.includes(member.role)) return refuse('not-allowed')
  const after = cursor === undefined ? null : readCursor(cursor)
  if (cursor !== undefined && after === null) return refuse('bad-input', 'no cursor of ours')
  const filter = filterOf(query)
  const found = await listCalls(
    db,
    member.id,
    { ...filter, of: all ? null : member.id, after },
    PAGE_SIZE + 1,
  )
  const page = found.slice(0, PAGE_SIZE)
  const last = page.at(-1)
  return ok({
    items: page.map(call => call.row),
    next: found.length > PAGE_SIZE && last !== undefined ? writeCursor(last.end) : null,
  })
}

/** All calls of a day that match, as a file for a spreadsheet. */
export async function callFile(
  db: Kysely<Database>,
  member: StaffMember,
  query: CallFileQuery,
): Promise<Outcome<string>> {
  if (!OVERSEERS.includes(member.role)) return refuse('not-allowed')
  const found = await listCalls(db, member.id, { ...filterOf(query), of: null, after: null }, null)
  return ok(callsCsv(found.map(({ row }) => row)))
}

export async function callAgents(
  db: Kysely<Database>,
  member: StaffMember,
): Promise<Outcome<readonly CallAgent[]>> {
  return OVERSEERS.includes(member.role) ? ok(await readAgents(db)) : refuse('not-allowed')
}

function filterOf(query: Omit<CallQuery, 'scope' | 'cursor'>): Omit<CallFilter, 'of' | 'after'> {
  const { day, direction = null, result = null, staff, number = null } = query
  const { from, to } = day === undefined ? { from: null, to: null } : cityDay(day)
  return { staff: staff === undefined ? null : asId<StaffId>(staff), from, to, direction, result, number }
}

export async function callDetail(
  db: Kysely<Database>,
  member: StaffMember,
  id: string,
): Promise<Outcome<CallDetail>> {
  const call = asId<CallId>(id)
  const found = await readCall(db, member.id, call)
  if (found === null) return refuse('not-found')
  const may = await mayReadCall(member, found.takenBy, () => tookPart(db, call, member.id))
  if (!may) return refuse('not-allowed')
  const { row, words, queueName, callBackOf } = found
  const notes = await readTimeline(db, call)
  return ok({
    call: row,
    queueName,
    callBackOf,
    participants: await readParticipants(db, call),
    notes: notes.map(note => ({ ...note, detail: veilDetail(words, note.detail) })),
  })
}
