import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import type { StaffMember } from '../../people/staff/index.ts'
import { type MissedCallAct, mayAct } from './rules.ts'
import type { MissedCall, MissedCallPage, MissedCallQuery, NextMissedCall } from './schema.ts'
import {
  findMissedCall,
  listMissedCalls,
  lockMissedCall,
  type NamedMissedCall,
  nextMissedCall,
  writeAct,
} from './store.ts'

export async function missedCallPage(db: Kysely<Database>, query: MissedCallQuery): Promise<MissedCallPage> {
  const { state = 'waiting', line = null, number = null, cursor } = query
  const states = state === 'waiting' ? (['open', 'claimed'] as const) : [state]
  const [lastAt, id] = cursor?.split('_').map(Number) ?? []
  const after = lastAt === undefined || id === undefined ? null : { lastAt: new Date(lastAt), id }
  const { rows, more } = await listMissedCalls(db, { states, line, number, after })
  const last = rows.at(-1)
  return {
    items: rows.map(present),
    next: more && last !== undefined ? `${last.last_at.getTime()}_${last.id}` : null,
  }
}

/** Offered to whoever has a moment; those who may not call back are offered nothing. */
export async function missedCallForMe(db: Kysely<Database>, member: StaffMember): Promise<NextMissedCall> {
  if (member.role === 'quality') return { waiting: 0, next: null }
  const { waiting, row } = await nextMissedCall(db, member.id)
  return { waiting, next: row === null ? null : present(row) }
}

export async function actOnMissedCall(
  db: Kysely<Database>,
  member: StaffMember,
  id: number,
  act: MissedCallAct,
  note: string,
): Promise<Outcome<MissedCall>> {
  return await db.transaction().execute(async trx => {
    const row = await lockMissedCall(trx, id)
    if (row === null) return refuse('not-found')
    const may = mayAct(member, row, act)
    if (!may.ok) return may
    await writeAct(trx, id, act, member.id, note)
    return ok(present(await findMissedCall(trx, id)))
  })
}

function present(row: NamedMissedCall): MissedCall {
  return {
    id: row.id,
    callerNumber: row.caller_number,
    lineNumber: row.line_number,
    lineName: row.line_name,
    firstAt: row.first_at.toISOString(),
    lastAt: row.last_at.toISOString(),
    times: row.times,
    lastCallId: row.last_call_id,
    state: row.state,
    claimedBy: row.claimed_by,
    claimedByName: row.claimed_by_name,
    claimedAt: row.claimed_at?.toISOString() ?? null,
    closedByName: row.closed_by_name,
    closedAt: row.closed_at?.toISOString() ?? null,
    note: row.note,
  }
}
