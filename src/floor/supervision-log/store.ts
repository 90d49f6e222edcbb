import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import { asId, type SeatNumber } from '#kernel/ids.ts'

const PAGE_SIZE = 100

export interface ActFilter {
  readonly from: Date
  readonly to: Date
  readonly seat: string | null
  readonly before: number | null
}

/** The newest first. */
export async function listActs(db: Kysely<Database>, { from, to, seat, before }: ActFilter) {
  let query = db
    .selectFrom('supervision_acts as acts')
    .leftJoin('staff as doer', 'doer.id', 'acts.by_staff')
    .leftJoin('staff as subject', 'subject.id', 'acts.subject_staff')
    .leftJoin('queues', 'queues.id', 'acts.queue')
    .where('acts.at', '>=', from)
    .where('acts.at', '<', to)
  if (seat !== null) query = query.where('acts.seat', '=', asId<SeatNumber>(seat))
  if (before !== null) query = query.where('acts.id', '<', before)
  const rows = await query
    .selectAll('acts')
    .select([
      'doer.name as doer_name',
      'subject.name as subject_name',
      'queues.name_zh as queue_zh',
      'queues.name_en as queue_en',
    ])
    .orderBy('acts.id', 'desc')
    .limit(PAGE_SIZE + 1)
    .execute()
  return { rows: rows.slice(0, PAGE_SIZE), more: rows.length > PAGE_SIZE }
}

export type ActRecord = Awaited<ReturnType<typeof listActs>>['rows'][number]
