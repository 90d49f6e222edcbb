import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database, RecordingState } from '#database/types.ts'
import type { CallId } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'
import type { Fingerprint } from './ports.ts'

export interface Recording {
  readonly call: CallId
  readonly rawName: string
  readonly state: RecordingState
  readonly fileName: string | null
  readonly sha256: string | null
  readonly talkMs: number
  readonly arrivedAt: Date
  readonly endedAt: Instant
}

/** @returns false when the call has its row already */
export async function insertWaiting(
  trx: Transaction<Database>,
  call: CallId,
  talkMs: number,
): Promise<boolean> {
  const result = await trx
    .insertInto('recordings')
    .columns(['call_id', 'raw_name', 'state', 'talk_ms'])
    .expression(eb =>
      eb
        .selectFrom('calls')
        .select(({ ref, val }) => [
          'id',
          sql<string>`${ref('leg')} || '.raw'`.as('raw_name'),
          val<RecordingState>('waiting').as('state'),
          sql<number>`${talkMs}::integer`.as('talk_ms'),
        ])
        .where('id', '=', call),
    )
    .onConflict(conflict => conflict.column('call_id').doNothing())
    .executeTakeFirst()
  return result.numInsertedOrUpdatedRows === 1n
}

export async function loadRecording(db: Kysely<Database>, call: CallId): Promise<Recording | null> {
  const row = await db
    .selectFrom('recordings')
    .innerJoin('calls', 'calls.id', 'recordings.call_id')
    .select(['call_id', 'raw_name', 'state', 'file_name', 'sha256', 'recordings.talk_ms', 'arrived_at'])
    .select(({ fn }) => fn.coalesce('ended_at', 'updated_at').as('ended_at'))
    .where('call_id', '=', call)
    .executeTakeFirst()
  if (row === undefined) return null
  return {
    call: row.call_id,
    rawName: row.raw_name,
    state: row.state,
    fileName: row.file_name,
    sha256: row.sha256,
    talkMs: row.talk_ms,
    arrivedAt: row.arrived_at,
    endedAt: row.ended_at.getTime(),
  }
}

export interface EncodedFile extends Fingerprint {
  readonly fileName: string
  readonly durationMs: number
  readonly lengthDiffers: boolean
  readonly problem: string | null
}

/** The file stands in its place, whole, under this fingerprint. */
export async function markEncoded(db: Kysely<Database>, call: CallId, file: EncodedFile): Promise<void> {
  await db
    .updateTable('recordings')
    .set({
      state: 'encoded',
      file_name: file.fileName,
      sha256: file.sha256,
      bytes: file.bytes,
      duration_ms: Math.round(file.durationMs),
      length_differs: file.lengthDiffers,
      problem: file.problem,
      updated_at: sql`now()`,
    })
    .where('call_id', '=', call)
    .where('state', '=', 'waiting')
    .execute()
}

/** Moves on from exactly one state; does nothing when another process was first. */
export async function moveRecording(
  db: Kysely<Database>,
  call: CallId,
  from: RecordingState,
  to: RecordingState,
  problem?: string | null,
): Promise<void> {
  await db
    .updateTable('recordings')
    .set({ state: to, updated_at: sql`now()`, ...(problem === undefined ? {} : { problem }) })
    .where('call_id', '=', call)
    .where('state', '=', from)
    .execute()
}

/** Why it did not work this time. Once encoded, `problem` speaks of the length. */
export async function noteProblem(db: Kysely<Database>, call: CallId, problem: string): Promise<void> {
  await db
    .updateTable('recordings')
    .set({ problem, updated_at: sql`now()` })
    .where('call_id', '=', call)
    .where('state', '=', 'waiting')
    .execute()
}

/** All that are not finished, or have no sound. */
export async function unfinishedRecordings(db: Kysely<Database>) {
  return db
    .selectFrom('recordings')
    .select(['call_id as call', 'raw_name as rawName', 'state'])
    .where('state', 'in', ['waiting', 'encoded', 'missing'])
    .execute()
}

/** What playback needs to know; null when there is no such call. */
export async function loadPlayback(db: Kysely<Database>, call: CallId) {
  const row = await db
    .selectFrom('calls')
    .leftJoin('recordings', 'recordings.call_id', 'calls.id')
    .select(['staff_id', 'state', 'file_name', 'sha256'])
    .where('id', '=', call)
    .executeTakeFirst()
  return row ?? null
}

/** Kept recordings after a call id, in the order of arrival: a page of the archive. */
export async function keptAfter(db: Kysely<Database>, call: CallId | null, limit: number) {
  return db
    .selectFrom('recordings')
    .select(['call_id as call', 'file_name as fileName', 'sha256'])
    .where('state', 'in', ['encoded', 'kept'])
    .$if(call !== null, query => query.where('call_id', '>', call))
    .orderBy('call_id')
    .limit(limit)
    .execute()
}
