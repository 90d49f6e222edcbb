import { type Kysely, sql } from 'kysely'
import type { Database } from '#database/types.ts'
import type { BindingId, UnitId, WorkOrderId } from '#kernel/ids.ts'
import type { MaskSide } from '../../cases/masking/binding.ts'
import type { BindingCall } from './schema.ts'

/** A call that a carrier told of, in the words in which the PBX's own are kept. */
export interface CarrierCall extends Pick<BindingCall, 'stage' | 'reason' | 'talkMs'> {
  /** The carrier's id of it. */
  readonly call: string
  readonly at: Date
  readonly endedAt: Date | null
  readonly from: MaskSide | null
  readonly unit: UnitId
  readonly result: 'running' | 'talked' | 'not-reached' | 'gave-up'
  /** The carrier was to record it, and there was a talk. */
  readonly recorded: boolean
}

/** The caller hung up (Q.850: normal clearing); any other cause is the other side's. */
const HUNG_UP = 16

/** The newest first, whichever carrier the city had then. */
export async function carrierCalls(
  db: Kysely<Database>,
  of: { readonly binding: BindingId } | { readonly order: WorkOrderId },
  most: number,
): Promise<CarrierCall[]> {
  const at = sql<Date>`coalesce(c.begun_at, c.ringing_at, c.answered_at, c.ended_at)`
  const rows = await db
    .selectFrom('carrier_calls as c')
    .innerJoin('bindings as b', 'b.id', 'c.binding_key')
    .select(['c.call_id', 'c.from_side', 'c.answered_at', 'c.ended_at', 'c.cause', 'b.unit_id', 'b.records'])
    .select(at.as('at'))
    .where(({ eb }) => ('order' in of ? eb('b.order_id', '=', of.order) : eb('b.id', '=', of.binding)))
    .where(at, 'is not', null)
    .orderBy(at, 'desc')
    .limit(most)
    .execute()
  return rows.map(({ call_id: call, from_side: from, answered_at, ended_at, unit_id: unit, ...row }) => {
    const result = resultOf(from, answered_at, ended_at, row.cause)
    return {
      ...{ call, at: row.at, endedAt: ended_at, from, unit, result },
      stage:
        ended_at !== null ? null : answered_at !== null ? 'talking' : from === null ? 'unit' : OTHER[from],
      reason: result === 'not-reached' && from !== null ? `${OTHER[from]}-not-reached` : null,
      talkMs: answered_at === null || ended_at === null ? null : ended_at.getTime() - answered_at.getTime(),
      recorded: row.records && answered_at !== null,
    }
  })
}

const OTHER = { unit: 'citizen', citizen: 'unit' } as const

function resultOf(
  from: MaskSide | null,
  answeredAt: Date | null,
  endedAt: Date | null,
  cause: number | null,
): CarrierCall['result'] {
  if (answeredAt !== null) return 'talked'
  if (endedAt === null) return 'running'
  return from === null || cause === null || cause === HUNG_UP ? 'gave-up' : 'not-reached'
}
