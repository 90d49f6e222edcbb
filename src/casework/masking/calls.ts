import { type Kysely, sql } from 'kysely'
import type { Database } from '#database/types.ts'
import type { BindingId, CallId, StaffId, WorkOrderId } from '#kernel/ids.ts'
import { MASK_REFUSALS } from '../../cases/masking/route.ts'
import { OVERSEERS } from '../../floor/call-records/index.ts'
import type { StaffMember } from '../../people/staff/index.ts'
import { type CarrierCall, carrierCalls } from './carrier-calls.ts'
import type { BindingCall } from './schema.ts'

/** As many are listed, the newest. */
const MOST_LISTED = 200

/** The calls by a binding, for whoever reads its order. */
export async function callsOf(
  db: Kysely<Database>,
  member: Pick<StaffMember, 'id' | 'role'>,
  binding: BindingId,
): Promise<BindingCall[]> {
  const rows = await db
    .selectFrom('binding_calls as c')
    .leftJoin('staff as s', 's.id', 'c.staff_id')
    .leftJoin('recordings as r', 'r.call_id', 'c.call_id')
    .select(['c.call_id', 'c.at', 'c.from_side', 'c.staff_id', 'c.result', 'c.reason', 'c.talk_ms'])
    .select(['s.name', 'r.state', STAGE])
    .where('c.binding_id', '=', binding)
    .orderBy('c.at', 'desc')
    .limit(MOST_LISTED)
    .execute()
  const own = rows.map(
    (row): BindingCall => ({
      call: row.call_id,
      at: row.at.toISOString(),
      from: row.from_side,
      by: row.name,
      result: row.result,
      stage: row.stage,
      reason: REASONS.find(reason => reason === row.reason) ?? null,
      talkMs: row.talk_ms,
      recording:
        row.state === null ? 'none' : row.state === 'encoded' || row.state === 'kept' ? 'ready' : row.state,
      mayHear: OVERSEERS.includes(member.role) || row.staff_id === member.id,
      keptBy: null,
    }),
  )
  const carried = (await carrierCalls(db, { binding }, MOST_LISTED)).map(call => present(call))
  return [...own, ...carried].sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, MOST_LISTED)
}

/** Nobody hears it here: what is recorded of it stays with the carrier. */
function present({ call, at, from, result, stage, reason, talkMs, recorded }: CarrierCall): BindingCall {
  return {
    ...{ call, at: at.toISOString(), from, by: null, result, stage, reason, talkMs },
    ...{ recording: 'none', mayHear: false, keptBy: recorded ? 'carrier' : null },
  }
}

/** Whose telephone rings was noted when it was dialled. */
const STAGE = sql<BindingCall['stage']>`case
  when c.ended_at is not null then null
  when c.result = 'talked' then 'talking'
  when c.result = 'running' then coalesce((
    select n.detail ->> 'side' from call_notes n
    where n.call_id = c.call_id and n.kind = 'mask-dialled' order by n.position desc limit 1), 'unit')
end`.as('stage')

const REASONS = [...MASK_REFUSALS, 'unit-not-reached', 'citizen-not-reached'] as const

/** Whether somebody began a masked call from a page: the only one of a department who may hear it. */
export async function beganMaskedCall(db: Kysely<Database>, call: CallId, staff: StaffId): Promise<boolean> {
  const row = await db
    .selectFrom('binding_calls')
    .select('call_id')
    .where('call_id', '=', call)
    .where('staff_id', '=', staff)
    .executeTakeFirst()
  return row !== undefined
}

/** What an order's timeline tells of a masked call. */
export interface MaskedCallTold {
  readonly call: string
  readonly at: Date
  readonly endedAt: Date | null
  readonly from: 'unit' | 'citizen' | null
  readonly by: string | null
  readonly unit: string
  readonly result: string
  readonly talkMs: number | null
}

export async function maskedCallsOf(db: Kysely<Database>, order: WorkOrderId): Promise<MaskedCallTold[]> {
  const own = await db
    .selectFrom('binding_calls as c')
    .innerJoin('bindings as b', 'b.id', 'c.binding_id')
    .leftJoin('staff as s', 's.id', 'c.staff_id')
    .select(['c.call_id as call', 'c.at', 'c.ended_at as endedAt', 'c.from_side as from', 's.name as by'])
    .select([
      'b.unit_id as unit',
      'c.result',
      'c.talk_ms as talkMs',
      sql<string | null>`c.reason`.as('reason'),
    ])
    .where('c.order_id', '=', order)
    .orderBy('c.at')
    .execute()
  const carried = await carrierCalls(db, { order }, MOST_LISTED)
  return [...own, ...carried.map(call => ({ ...call, by: null }))]
}
