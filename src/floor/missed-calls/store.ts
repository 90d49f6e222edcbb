import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { Database, MissedCallsTable } from '#database/types.ts'
import type { StaffId } from '#kernel/ids.ts'
import type { CallSummary, Fact } from '../../contact-center/events.ts'
import type { MissedCallAct } from './rules.ts'

export type MissedCallRow = Selectable<MissedCallsTable>

const PAGE_SIZE = 50

/**
 * Keeps the list as the facts come: a caller who stood in a queue and was not answered is on it, once a number; one
 * who is answered later is off it. Withheld numbers cannot be called back and are left out.
 */
export async function missedCallFacts(trx: Transaction<Database>, fact: Fact): Promise<void> {
  if (fact.fact === 'call-closed' && isMissed(fact.call)) {
    await sql`
      insert into missed_calls (caller_number, line_number, first_at, last_at, last_call_id)
      select caller_number, line_number, ended_at, ended_at, id from calls
      where id = ${fact.call.call} and caller_number <> ''
      on conflict (caller_number) where state in ('open', 'claimed') do update
      set last_at = excluded.last_at, last_call_id = excluded.last_call_id, times = missed_calls.times + 1
    `.execute(trx)
  }
  if (fact.fact === 'call-answered') {
    await trx
      .updateTable('missed_calls')
      .set({ state: 'reached', claimed_by: null, closed_by: fact.answer.staff, closed_at: new Date(fact.at) })
      .where('caller_number', '=', fact.answer.caller)
      .where('state', 'in', ['open', 'claimed'])
      .execute()
  }
}

/** One who booked a call-back is waiting for it, and is missed when that fails. */
function isMissed({ queuedAt, answeredAt, reason }: CallSummary): boolean {
  return queuedAt !== null && answeredAt === null && reason !== 'call-back-booked'
}

export interface MissedCallFilter {
  readonly states: readonly MissedCallRow['state'][]
  readonly after: { readonly lastAt: Date; readonly id: number } | null
}

/** The newest first; one more than a page when there are more. */
export async function listMissedCalls(
  db: Kysely<Database>,
  { states, after }: MissedCallFilter,
): Promise<{ readonly rows: readonly MissedCallRow[]; readonly more: boolean }> {
  let query = db.selectFrom('missed_calls').selectAll().where('state', 'in', states)
  if (after !== null) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('last_at', 'id'), '<', tuple(after.lastAt, after.id)),
    )
  }
  const rows = await query
    .orderBy('last_at', 'desc')
    .orderBy('id', 'desc')
    .limit(PAGE_SIZE + 1)
    .execute()
  return { rows: rows.slice(0, PAGE_SIZE), more: rows.length > PAGE_SIZE }
}

/** Reads it under a lock, so that of two agents who claim it at once one gets it. */
export async function lockMissedCall(trx: Transaction<Database>, id: number): Promise<MissedCallRow | null> {
  const row = await trx
    .selectFrom('missed_calls')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row ?? null
}

export async function writeAct(
  trx: Transaction<Database>,
  id: number,
  act: MissedCallAct,
  staff: StaffId,
  note: string,
): Promise<MissedCallRow> {
  const now = new Date()
  const closing = { claimed_by: null, claimed_at: null, closed_by: staff, closed_at: now, note }
  const change = {
    claim: { state: 'claimed', claimed_by: staff, claimed_at: now },
    release: { state: 'open', claimed_by: null, claimed_at: null },
    reached: { state: 'reached', ...closing },
    'given-up': { state: 'given-up', ...closing },
  } as const
  return await trx
    .updateTable('missed_calls')
    .set(change[act])
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}
