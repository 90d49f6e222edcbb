import { randomUUID } from 'node:crypto'
import type { Insertable, Kysely } from 'kysely'
import type { CallsTable, Database, SeatChangesTable } from '#database/types.ts'
import { asId, type CallId, type StaffId } from '../../src/kernel/ids.ts'

/** 2026-11-10 09:00:00 in the city. */
export const NINE = Date.UTC(2026, 10, 10, 1)

/** Seconds after nine. */
export function pastNine(seconds: number): Date {
  return new Date(NINE + Math.round(seconds * 1_000))
}

/** What became of a call; seconds after nine. */
export interface CallStory {
  readonly line: string
  readonly queue: string
  readonly queued: number | null
  readonly answered?: { readonly at: number; readonly by: StaffId }
  readonly bridged?: number
  readonly ended?: {
    readonly at: number
    readonly result: Exclude<CallsTable['result'], null>
    readonly reason: string
  }
}

export function callRow(story: CallStory): Insertable<CallsTable> & { readonly id: CallId } {
  const id = asId<CallId>(randomUUID())
  const { queued, answered, bridged, ended } = story
  return {
    id,
    leg: asId(`leg-${id}`),
    caller_number: '13907551234',
    dialled: story.line,
    line_number: asId(story.line),
    line_name: story.line,
    queue_id: asId(story.queue),
    arrived_at: pastNine((queued ?? 0) - 1),
    queued_at: queued === null ? null : pastNine(queued),
    answered_at: answered === undefined ? null : pastNine(answered.at),
    staff_id: answered?.by ?? null,
    seat: answered === undefined ? null : asId('1001'),
    bridged_at: bridged === undefined ? null : pastNine(bridged),
    talk_ms: talkMs(bridged, ended?.at),
    ended_at: ended === undefined ? null : pastNine(ended.at),
    result: ended?.result ?? null,
    reason: ended?.reason ?? null,
    ended_by: ended === undefined ? null : 'caller',
  }
}

function talkMs(bridged: number | undefined, ended: number | undefined): number | null {
  return bridged === undefined || ended === undefined ? null : Math.round((ended - bridged) * 1_000)
}

/** The states of one agent's seat: [seconds after nine, state, call]. */
export type Shift = readonly (readonly [number, SeatChangesTable['state'], CallId?])[]

export async function recordShift(
  db: Kysely<Database>,
  seat: string,
  staff: StaffId,
  shift: Shift,
): Promise<void> {
  const changes = shift.map(([at, state, call]) => ({
    seat: asId<SeatChangesTable['seat']>(seat),
    at: pastNine(at),
    staff_id: state === 'signed-out' ? null : staff,
    state,
    reason: state === 'not-ready' ? 'no-answer' : null,
    call_id: call ?? null,
  }))
  await db.insertInto('seat_changes').values(changes).execute()
}

/** Two queues with three lines: general has 12345 and 12320, enterprise 12315. */
export async function threeLines(db: Kysely<Database>): Promise<void> {
  const general = asId<Database['queues']['id']>('general')
  const enterprise = asId<Database['queues']['id']>('enterprise')
  await db
    .insertInto('queues')
    .values([
      { id: general, name_zh: '综合', name_en: 'General' },
      { id: enterprise, name_zh: '涉企', name_en: 'Enterprise' },
    ])
    .execute()
  await db
    .insertInto('lines')
    .values([
      { number: asId('12345'), name: '便民热线', merge_mode: 'merged', queue_id: general },
      { number: asId('12320'), name: '=卫生热线', merge_mode: 'parallel', queue_id: general },
      { number: asId('12315'), name: '消费者投诉', merge_mode: 'parallel', queue_id: enterprise },
    ])
    .execute()
}
