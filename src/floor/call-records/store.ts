import type { Kysely } from 'kysely'
import type { Database, RecordingState } from '#database/types.ts'
import type { CallId, StaffId } from '#kernel/ids.ts'
import { type PageEnd, waitMs } from './rules.ts'
import type { CallRow, TimelineNote } from './schema.ts'

/** Rows of a page: a screen and a half. */
export const PAGE_SIZE = 50

export interface CallFilter {
  /** Null: everybody's. */
  readonly staff: StaffId | null
  readonly from: Date | null
  readonly to: Date | null
  readonly after: PageEnd | null
}

/** Newest first; one more than a page when there are more. */
export async function listCalls(db: Kysely<Database>, filter: CallFilter): Promise<FoundCall[]> {
  let query = selectCalls(db)
  const { staff, from, to, after } = filter
  if (staff !== null) query = query.where('calls.staff_id', '=', staff)
  if (from !== null) query = query.where('calls.arrived_at', '>=', from)
  if (to !== null) query = query.where('calls.arrived_at', '<', to)
  if (after !== null) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('calls.arrived_at', 'calls.id'), '<', tuple(after.arrivedAt, after.id)),
    )
  }
  const rows = await query
    .orderBy('calls.arrived_at', 'desc')
    .orderBy('calls.id', 'desc')
    .limit(PAGE_SIZE + 1)
    .execute()
  return rows.map(found)
}

export async function readCall(db: Kysely<Database>, id: CallId): Promise<FoundCall | null> {
  const row = await selectCalls(db).where('calls.id', '=', id).executeTakeFirst()
  return row === undefined ? null : found(row)
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
  readonly takenBy: StaffId | null
  readonly end: PageEnd
}

function selectCalls(db: Kysely<Database>) {
  return db
    .selectFrom('calls')
    .leftJoin('staff', 'staff.id', 'calls.staff_id')
    .leftJoin('work_orders as wo', 'wo.call_id', 'calls.id')
    .leftJoin('call_ratings as rating', 'rating.call_id', 'calls.id')
    .leftJoin('recordings as rec', 'rec.call_id', 'calls.id')
    .selectAll('calls')
    .select([
      'staff.name as agent_name',
      'wo.id as order_id',
      'wo.number as order_number',
      'wo.status as order_status',
      'wo.title as order_title',
      'rec.state as recording_state',
      'rec.length_differs',
      'rating.grade',
    ])
}

type SelectedCall = Awaited<ReturnType<ReturnType<typeof selectCalls>['execute']>>[number]

function found(row: SelectedCall): FoundCall {
  return { row: present(row), takenBy: row.staff_id, end: { arrivedAt: row.arrived_at, id: row.id } }
}

function present(row: SelectedCall): CallRow {
  return {
    id: row.id,
    direction: row.direction,
    callerNumber: row.caller_number,
    dialled: row.dialled,
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
    workOrder: presentOrder(row),
    recording: RECORDING[row.recording_state ?? 'none'],
    lengthDiffers: row.length_differs ?? false,
  }
}

function presentOrder(row: SelectedCall): CallRow['workOrder'] {
  const { order_id: id, order_number: number, order_status: status, order_title: title } = row
  return id === null || number === null || status === null || title === null
    ? null
    : { id, number, status, title }
}

/** An encoded file may still be found wanting; it is played once it is kept. */
const RECORDING: Readonly<Record<RecordingState | 'none', CallRow['recording']>> = {
  none: 'none',
  waiting: 'waiting',
  encoded: 'waiting',
  kept: 'ready',
  missing: 'missing',
}
