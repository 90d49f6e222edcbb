import { type Kysely, type SqlBool, sql } from 'kysely'
import type { Database, SeatChangesTable } from '#database/types.ts'
import type { AgentNumber, CallId, StaffId } from '#kernel/ids.ts'
import type { CallAgent, CallParticipant } from './schema.ts'

/** A seat in one of these with a call has a voice in it: its agent, who dialled it, who was asked about it. */
const IN_TALK: readonly SeatChangesTable['state'][] = ['dialling', 'talking', 'holding', 'consulting']

/** A supervisor's seat stands in the same states; whoever only watched took no part. */
const onlyWatched = sql<SqlBool>`exists (
  select from call_notes as watched
  where watched.call_id = seat_changes.call_id and watched.kind = 'watched'
    and watched.detail->>'seat' = seat_changes.seat
    and not exists (
      select from call_notes as taken
      where taken.call_id = watched.call_id and taken.kind = 'taken-over'
        and taken.detail->>'seat' = seat_changes.seat
    )
)`

/** For statements of other rooms about `seat_changes`: this row tells of somebody who took part in its call. */
export const tookPartAsSpell = sql<SqlBool>`seat_changes.state in (${sql.join(IN_TALK)}) and not ${onlyWatched}`

function spells(db: Kysely<Database>) {
  return db.selectFrom('seat_changes').where(tookPartAsSpell)
}

/** A call may pass through several hands; `calls.staff_id` names the first. */
export async function tookPart(db: Kysely<Database>, call: CallId, staff: StaffId): Promise<boolean> {
  const row = await spells(db)
    .select('seat_changes.id')
    .where('call_id', '=', call)
    .where('staff_id', '=', staff)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Whoever has or had a 工号, also those who have left: their calls are still there. */
export async function readAgents(db: Kysely<Database>): Promise<CallAgent[]> {
  return await db
    .selectFrom('staff')
    .select(['id', 'name', 'agent_number as agentNumber'])
    .where('agent_number', 'is not', null)
    .$narrowType<{ agentNumber: AgentNumber }>()
    .orderBy('agent_number')
    .execute()
}

/** Everybody who took part, each once, in the order in which they came. */
export async function readParticipants(db: Kysely<Database>, call: CallId): Promise<CallParticipant[]> {
  const rows = await spells(db)
    .innerJoin('staff', 'staff.id', 'seat_changes.staff_id')
    .select(({ fn }) => [
      'staff.id',
      'staff.name',
      'staff.agent_number',
      'seat_changes.seat',
      fn.min('seat_changes.at').as('from'),
    ])
    .where('seat_changes.call_id', '=', call)
    .groupBy(['staff.id', 'seat_changes.seat'])
    .orderBy('from')
    .execute()
  return rows.map(({ id, name, agent_number: agentNumber, seat, from }) => ({
    staff: id,
    name,
    agentNumber,
    seat,
    from: from.toISOString(),
  }))
}

/** The calls that somebody took part in since then; null: ever. Looked up once, rather than for each call. */
export function partsOf(db: Kysely<Database>, staff: StaffId, since: Date | null) {
  const theirs = spells(db)
    .select('seat_changes.call_id')
    .$narrowType<{ call_id: CallId }>()
    .where('seat_changes.staff_id', '=', staff)
    .where('seat_changes.call_id', 'is not', null)
  return since === null ? theirs : theirs.where('seat_changes.at', '>=', since)
}
