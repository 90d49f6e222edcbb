import { type Kysely, sql } from 'kysely'
import type { Database } from '#database/types.ts'
import type { CallId, QueueId, SeatNumber, StaffId } from '#kernel/ids.ts'
import type { RefusalCode } from '#kernel/outcome.ts'
import type { Act } from './rules.ts'

export interface ActToStore {
  readonly by: StaffId
  readonly act: Act
  readonly seat: SeatNumber
  readonly subject: StaffId
  readonly call: CallId | null
}

/** @returns the act's number on the record */
export async function storeAct(db: Kysely<Database>, given: ActToStore): Promise<number> {
  const { act } = given
  const { id } = await db
    .insertInto('supervision_acts')
    .values({
      by_staff: given.by,
      act: act.act,
      seat: given.seat,
      subject_staff: given.subject,
      call_id: given.call,
      reason: 'reason' in act ? act.reason : null,
      note: 'note' in act ? act.note : '',
      refusal: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** The act came to nothing: the seat had moved on while it was being stored. */
export async function markRefused(db: Kysely<Database>, id: number, code: RefusalCode): Promise<void> {
  await db.updateTable('supervision_acts').set({ refusal: code }).where('id', '=', id).execute()
}

export interface QueueName {
  readonly id: QueueId
  readonly nameZh: string
  readonly nameEn: string
}

export async function queueNames(db: Kysely<Database>): Promise<readonly QueueName[]> {
  return await db
    .selectFrom('queues')
    .select(['id', 'name_zh as nameZh', 'name_en as nameEn'])
    .orderBy('id')
    .execute()
}

/** GB/T 33358-2016 asks for an answer within this time. */
const PROMPT_ANSWER = '15 seconds'

export interface DayCounts {
  readonly answered: number
  readonly abandoned: number
  readonly within15s: number
}

/** Calls that arrived in the time given and stood in a queue. */
export async function countCalls(db: Kysely<Database>, from: Date, to: Date): Promise<DayCounts> {
  const count = sql`count(*)`
  return await db
    .selectFrom('calls')
    .where('arrived_at', '>=', from)
    .where('arrived_at', '<', to)
    .where('queued_at', 'is not', null)
    .select([
      sql<number>`(${count} filter (where answered_at is not null))::int`.as('answered'),
      sql<number>`(${count} filter (where answered_at is null and result = 'abandoned'))::int`.as(
        'abandoned',
      ),
      sql<number>`(${count} filter (where answered_at - queued_at <= ${PROMPT_ANSWER}::interval))::int`.as(
        'within15s',
      ),
    ])
    .executeTakeFirstOrThrow()
}
