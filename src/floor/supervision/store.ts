import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from '#database/types.ts'
import type { CallId, QueueId, SeatNumber, StaffId } from '#kernel/ids.ts'
import type { RefusalCode } from '#kernel/outcome.ts'
import { STATISTICS } from '../../insight/intervals/index.ts'
import type { Act } from './rules.ts'
import type { FloorToday } from './schema.ts'

export interface ActToStore {
  readonly by: StaffId
  readonly act: Act
  readonly seat: SeatNumber
  readonly subject: StaffId
  readonly call: CallId | null
  /** What would have kept the agent from going ready, and did not keep the shift lead. */
  readonly passedOver: RefusalCode | null
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
      reason: 'reason' in act ? act.reason : given.passedOver,
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

const { answerWithinS, shortAbandonS } = STATISTICS

export type DayCounts = Omit<FloorToday, 'serviceLevel'>

/** Calls that first stood in a queue in the time given. */
export async function countCalls(db: Kysely<Database>, from: Date, to: Date): Promise<DayCounts> {
  const count = (which: RawBuilder<unknown>) => sql<number>`(count(*) filter (where ${which}))::int`
  const abandoned = sql`answered_at is null and result = 'abandoned'`
  return await db
    .selectFrom('calls')
    .where('queued_at', '>=', from)
    .where('queued_at', '<', to)
    // Counted as the call-back that it became.
    .where(sql<boolean>`reason is distinct from 'call-back-booked'`)
    .select([
      count(sql`true`).as('offered'),
      count(sql`answered_at is not null`).as('answered'),
      count(abandoned).as('abandoned'),
      count(sql`${abandoned} and ended_at - queued_at < ${shortAbandonS} * interval '1 second'`).as(
        'shortAbandoned',
      ),
      count(sql`answered_at - queued_at <= ${answerWithinS} * interval '1 second'`).as('within15s'),
    ])
    .executeTakeFirstOrThrow()
}
