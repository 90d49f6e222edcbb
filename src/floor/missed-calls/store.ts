import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { Database, MissedCallsTable } from '#database/types.ts'
import { asId, type LineNumber, type StaffId } from '#kernel/ids.ts'
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
      // Whoever was called back about an entry was reached, in whatever form the number had come.
      .where(({ eb, or, selectFrom }) =>
        or([
          eb('caller_number', '=', fact.answer.caller),
          eb('id', '=', selectFrom('calls').select('calls.missed_call').where('calls.id', '=', fact.call)),
        ]),
      )
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
  readonly line: string | null
  /** Digits that the caller's number contains. */
  readonly number: string | null
  readonly after: { readonly lastAt: Date; readonly id: number } | null
}

/** An entry with the names behind its ids; `closed_by_name` may be whoever answered when the caller rang again. */
export interface NamedMissedCall extends MissedCallRow {
  readonly line_name: string | null
  readonly claimed_by_name: string | null
  readonly closed_by_name: string | null
}

/** The newest first; one more than a page when there are more. */
export async function listMissedCalls(
  db: Kysely<Database>,
  { states, line, number, after }: MissedCallFilter,
): Promise<{ readonly rows: readonly NamedMissedCall[]; readonly more: boolean }> {
  let query = named(db).where('missed_calls.state', 'in', states)
  if (line !== null) query = query.where('line_number', '=', asId<LineNumber>(line))
  if (number !== null) query = query.where('caller_number', 'like', `%${number}%`)
  if (after !== null) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('last_at', 'missed_calls.id'), '<', tuple(after.lastAt, after.id)),
    )
  }
  const rows = await query
    .orderBy('last_at', 'desc')
    .orderBy('missed_calls.id', 'desc')
    .limit(PAGE_SIZE + 1)
    .execute()
  return { rows: rows.slice(0, PAGE_SIZE), more: rows.length > PAGE_SIZE }
}

/** How many somebody could see to now, and the one that has waited longest; one's own claims come first. */
export async function nextMissedCall(
  db: Kysely<Database>,
  staff: StaffId,
): Promise<{ readonly waiting: number; readonly row: NamedMissedCall | null }> {
  const mine = sql<boolean>`missed_calls.claimed_by = ${staff}`
  const theirs = sql<boolean>`(missed_calls.state = 'open' or (missed_calls.state = 'claimed' and ${mine}))`
  const { waiting } = await db
    .selectFrom('missed_calls')
    .select(({ fn }) => fn.countAll<number>().as('waiting'))
    .where(theirs)
    .executeTakeFirstOrThrow()
  const row = await named(db)
    .where(theirs)
    .orderBy(sql`missed_calls.state = 'claimed'`, 'desc')
    .orderBy('missed_calls.first_at')
    .orderBy('missed_calls.id')
    .limit(1)
    .executeTakeFirst()
  return { waiting: Number(waiting), row: row ?? null }
}

export async function findMissedCall(db: Kysely<Database>, id: number): Promise<NamedMissedCall> {
  return await named(db).where('missed_calls.id', '=', id).executeTakeFirstOrThrow()
}

function named(db: Kysely<Database>) {
  return db
    .selectFrom('missed_calls')
    .leftJoin('lines', 'lines.number', 'missed_calls.line_number')
    .leftJoin('staff as claimer', 'claimer.id', 'missed_calls.claimed_by')
    .leftJoin('staff as closer', 'closer.id', 'missed_calls.closed_by')
    .selectAll('missed_calls')
    .select(['lines.name as line_name', 'claimer.name as claimed_by_name', 'closer.name as closed_by_name'])
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
): Promise<void> {
  const now = new Date()
  const closing = { claimed_by: null, claimed_at: null, closed_by: staff, closed_at: now, note }
  const change = {
    claim: { state: 'claimed', claimed_by: staff, claimed_at: now },
    release: { state: 'open', claimed_by: null, claimed_at: null },
    reached: { state: 'reached', ...closing },
    'given-up': { state: 'given-up', ...closing },
  } as const
  await trx.updateTable('missed_calls').set(change[act]).where('id', '=', id).execute()
}
