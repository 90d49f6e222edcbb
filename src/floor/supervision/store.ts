import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database, SupervisionAct } from '#database/types.ts'
import type { CallId, QueueId, SeatNumber, StaffId } from '#kernel/ids.ts'
import { type Outcome, ok, type RefusalCode } from '#kernel/outcome.ts'
import { STATISTICS } from '../../insight/intervals/index.ts'
import type { FloorToday } from './schema.ts'

export interface ActToStore {
  readonly by: StaffId
  readonly act: SupervisionAct
  /** To whom: an agent at a seat, or the callers of a queue. */
  readonly seat?: SeatNumber
  readonly subject?: StaffId
  readonly queue?: QueueId
  readonly call?: CallId | null
  /** Of not-ready; or what would have kept the agent from going ready, and did not keep the shift lead. */
  readonly reason?: string | null
  readonly note?: string
  /** By how much a priority was moved. */
  readonly points?: number
}

/**
 * On record first, then done. `now` looks again and does it: the floor may have moved on while PostgreSQL wrote,
 * and what was meant for one agent or call hits no other.
 */
export async function onRecord<T>(
  db: Kysely<Database>,
  act: ActToStore,
  now: () => Outcome<T> | Promise<Outcome<T>>,
): Promise<Outcome<{ readonly id: number; readonly value: T }>> {
  const id = await storeAct(db, act)
  const done = await now()
  if (done.ok) return ok({ id, value: done.value })
  await markRefused(db, id, done.refusal.code)
  return done
}

/** @returns the act's number on the record */
async function storeAct(db: Kysely<Database>, given: ActToStore): Promise<number> {
  const { id } = await db
    .insertInto('supervision_acts')
    .values({
      by_staff: given.by,
      act: given.act,
      seat: given.seat ?? null,
      subject_staff: given.subject ?? null,
      queue: given.queue ?? null,
      call_id: given.call ?? null,
      reason: given.reason ?? null,
      note: given.note ?? '',
      points: given.points ?? null,
      refusal: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** The act came to nothing. */
async function markRefused(db: Kysely<Database>, id: number, code: RefusalCode): Promise<void> {
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
