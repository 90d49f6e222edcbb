import { type Kysely, type SqlBool, sql } from 'kysely'
import type { Database, RecordingState } from '#database/types.ts'
import type { CallId, StaffId } from '#kernel/ids.ts'
import { maskPhoneNumber } from '#kernel/phone-number.ts'
import { isProtectedRow, knownIdentities, veil } from '../../casework/secrecy/index.ts'
import type { CallDirection, CallResult } from '../../contact-center/events.ts'
import { partsOf } from './participants.ts'
import { type PageEnd, waitMs } from './rules.ts'
import type { CallRow, TimelineNote } from './schema.ts'

/** Rows of a page: a screen and a half. */
export const PAGE_SIZE = 50

export interface CallFilter {
  /** Whose calls are listed; null: everybody's. */
  readonly of: StaffId | null
  /** Of these, those that somebody else was in too; null: all. */
  readonly staff: StaffId | null
  readonly from: Date | null
  readonly to: Date | null
  readonly direction: CallDirection | null
  readonly result: CallResult | 'running' | null
  /** Digits that the citizen's number contains. */
  readonly number: string | null
  readonly after: PageEnd | null
}

/**
 * Newest first; null: however many there are. The number of a call whose order is secret is masked for a reader who
 * took no part in it, and is not found by its digits either.
 */
export async function listCalls(
  db: Kysely<Database>,
  reader: StaffId,
  filter: CallFilter,
  limit: number | null,
): Promise<FoundCall[]> {
  let query = selectCalls(db, reader)
  const { of, staff, from, to, direction, result, number, after } = filter
  for (const person of [of, staff]) {
    if (person === null) continue
    query = query.where(({ eb, or }) =>
      or([eb('calls.staff_id', '=', person), eb('calls.id', 'in', partsOf(db, person, from))]),
    )
  }
  if (from !== null) query = query.where('calls.arrived_at', '>=', from)
  if (to !== null) query = query.where('calls.arrived_at', '<', to)
  if (direction !== null) query = query.where('calls.direction', '=', direction)
  if (result === 'running') query = query.where('calls.ended_at', 'is', null)
  else if (result !== null) query = query.where('calls.result', '=', result)
  if (number !== null) {
    query = query
      .where('calls.caller_number', 'like', `%${number}%`)
      .where(sql<SqlBool>`not ${isHidden(db, reader)}`)
  }
  if (after !== null) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('calls.arrived_at', 'calls.id'), '<', tuple(after.arrivedAt, after.id)),
    )
  }
  if (limit !== null) query = query.limit(limit)
  return await found(
    db,
    await query.orderBy('calls.arrived_at', 'desc').orderBy('calls.id', 'desc').execute(),
  )
}

export async function readCall(db: Kysely<Database>, reader: StaffId, id: CallId): Promise<FoundCall | null> {
  const [call] = await found(db, await selectCalls(db, reader).where('calls.id', '=', id).execute())
  return call ?? null
}

export async function readTimeline(db: Kysely<Database>, id: CallId): Promise<TimelineNote[]> {
  const rows = await db
    .selectFrom('call_notes')
    .select(['position', 'at', 'kind', 'detail'])
    .where('call_id', '=', id)
    .orderBy('position')
    .execute()
  return rows.map(row => ({ ...row, at: row.at.toISOString() }))
}

export interface FoundCall {
  readonly row: CallRow
  /** What was noted of it, as this reader may read it. */
  readonly words: Words
  readonly takenBy: StaffId | null
  readonly queueName: { readonly nameZh: string; readonly nameEn: string } | null
  readonly callBackOf: CallId | null
  readonly end: PageEnd
}

/** Of `calls` with its order `wo`: the order is secret or a report, and the reader took no part in the call. */
function isHidden(db: Kysely<Database>, reader: StaffId) {
  return sql<boolean>`(
    ${isProtectedRow('wo')}
    and calls.staff_id is distinct from ${reader}
    and calls.id not in ${partsOf(db, reader, null)}
  )`
}

function selectCalls(db: Kysely<Database>, reader: StaffId) {
  return db
    .selectFrom('calls')
    .leftJoin('staff', 'staff.id', 'calls.staff_id')
    .leftJoin('queues', 'queues.id', 'calls.queue_id')
    .leftJoin('work_orders as wo', 'wo.call_id', 'calls.id')
    .leftJoin('call_ratings as rating', 'rating.call_id', 'calls.id')
    .leftJoin('recordings as rec', 'rec.call_id', 'calls.id')
    .selectAll('calls')
    .select([
      'staff.name as agent_name',
      'queues.name_zh as queue_name_zh',
      'queues.name_en as queue_name_en',
      'wo.id as order_id',
      'wo.number as order_number',
      'wo.status as order_status',
      'wo.title as order_title',
      'rec.state as recording_state',
      'rec.length_differs',
      'rating.grade',
      isHidden(db, reader).as('hidden'),
    ])
}

type SelectedCall = Awaited<ReturnType<ReturnType<typeof selectCalls>['execute']>>[number]

type Words = (text: string) => string

/** Where the citizen is hidden, so are their name and number in whatever words came of the call. */
async function found(db: Kysely<Database>, rows: readonly SelectedCall[]): Promise<FoundCall[]> {
  const hidden = rows.flatMap(row => (row.hidden && row.order_id !== null ? [row.order_id] : []))
  const identities = await knownIdentities(db, hidden)
  return rows.map(row => {
    const identity = row.order_id === null ? undefined : identities.get(row.order_id)
    const words = (text: string) => (identity === undefined ? text : veil(identity, text))
    const { queue_name_zh: nameZh, queue_name_en: nameEn } = row
    return {
      row: present(row, words),
      words,
      takenBy: row.staff_id,
      queueName: nameZh === null || nameEn === null ? null : { nameZh, nameEn },
      callBackOf: row.call_back_of,
      end: { arrivedAt: row.arrived_at, id: row.id },
    }
  })
}

function present(row: SelectedCall, words: Words): CallRow {
  return {
    id: row.id,
    direction: row.direction,
    callerNumber: row.hidden ? maskPhoneNumber(row.caller_number) : row.caller_number,
    // A call to a citizen was dialled by their number.
    dialled: row.hidden ? maskPhoneNumber(row.dialled) : row.dialled,
    lineName: row.line_name,
    arrivedAt: row.arrived_at.toISOString(),
    answeredAt: row.answered_at?.toISOString() ?? null,
    bridgedAt: row.bridged_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    waitMs: waitMs(row),
    talkMs: row.talk_ms,
    grade: row.grade,
    seat: row.seat,
    agentName: row.agent_name,
    result: row.result,
    reason: row.reason,
    endedBy: row.ended_by,
    workOrder: presentOrder(row, words),
    recording: RECORDING[row.recording_state ?? 'none'],
    lengthDiffers: row.length_differs ?? false,
  }
}

function presentOrder(row: SelectedCall, words: Words): CallRow['workOrder'] {
  const { order_id: id, order_number: number, order_status: status, order_title: title } = row
  return id === null || number === null || status === null || title === null
    ? null
    : { id, number, status, title: words(title) }
}

/** An encoded file may still be found wanting; it is played once it is kept. */
const RECORDING: Readonly<Record<RecordingState | 'none', CallRow['recording']>> = {
  none: 'none',
  waiting: 'waiting',
  encoded: 'waiting',
  kept: 'ready',
  missing: 'missing',
}
