import { type Kysely, sql } from 'kysely'
import type { Database } from '#database/types.ts'
import type { QueueId, StaffId } from '#kernel/ids.ts'
import type { CallLine } from '../../contact-center/events.ts'

/** A line that is in use. */
export async function lineInUse(db: Kysely<Database>, number: string): Promise<CallLine | null> {
  const row = await db
    .selectFrom('lines')
    .select(['number', 'name', 'queue_id as queue', 'greets'])
    .where(sql<string>`number`, '=', number)
    .where('active', '=', true)
    .executeTakeFirst()
  return row ?? null
}

export async function isOurLine(db: Kysely<Database>, number: string): Promise<boolean> {
  const row = await db
    .selectFrom('lines')
    .select('number')
    .where(sql<string>`number`, '=', number)
    .executeTakeFirst()
  return row !== undefined
}

export async function findQueue(db: Kysely<Database>, id: string): Promise<QueueId | null> {
  const row = await db.selectFrom('queues').select('id').where(sql<string>`id`, '=', id).executeTakeFirst()
  return row?.id ?? null
}

/** The number that this person dialled or spoke with last; empty when it was withheld, null when there was none. */
export async function lastNumber(db: Kysely<Database>, staff: StaffId): Promise<string | null> {
  const row = await db
    .selectFrom('seat_changes')
    .innerJoin('calls', 'calls.id', 'seat_changes.call_id')
    .select('calls.caller_number')
    .where('seat_changes.staff_id', '=', staff)
    .where('seat_changes.state', 'in', ['dialling', 'talking'])
    .orderBy('seat_changes.id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.caller_number ?? null
}
