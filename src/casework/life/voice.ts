import { type Kysely, sql } from 'kysely'
import type { Database } from '#database/types.ts'
import type { WorkOrderId } from '#kernel/ids.ts'
import { maskedCallsOf } from '../masking/index.ts'
import type { TimelineEntry } from './schema.ts'

/** All that the timeline tells of calls: of the one behind the order, and of those by its short numbers. */
export async function callEntries(db: Kysely<Database>, order: WorkOrderId): Promise<TimelineEntry[]> {
  return [...(await firstCall(db, order)), ...(await maskedCalls(db, order))]
}

/** A call by a short number: that it began, and what became of it. */
async function maskedCalls(db: Kysely<Database>, order: WorkOrderId): Promise<TimelineEntry[]> {
  return (await maskedCallsOf(db, order)).flatMap(({ call, at, endedAt, by, from, unit, result, talkMs }) => {
    const told = { kind: 'call', by, from: null, to: null, why: '', texts: {}, call } as const
    const detail = { unit, from }
    const begun: TimelineEntry = {
      ...told,
      id: `${call} masked`,
      at: at.toISOString(),
      what: 'masked',
      detail,
    }
    if (result === 'running' || endedAt === null) return [begun]
    const what = `masked-${result}`
    const ended = { id: `${call} ${what}`, at: endedAt.toISOString(), what, detail: { ...detail, talkMs } }
    return [begun, { ...told, ...ended }]
  })
}

/** What the timeline tells of the call behind an order: that it came, was answered and ended, and who spoke. */
async function firstCall(db: Kysely<Database>, order: WorkOrderId): Promise<TimelineEntry[]> {
  const call = await db
    .selectFrom('work_orders as o')
    .innerJoin('calls as c', 'c.id', 'o.call_id')
    .leftJoin('staff as s', 's.id', 'c.staff_id')
    .select(['c.id', 'c.arrived_at', 'c.answered_at', 'c.ended_at', 's.name'])
    // A part (子单) came out of the call of its parent.
    .where(
      'o.id',
      'in',
      sql<WorkOrderId>`(select ${order}::uuid union all
        select order_id from order_links where other_id = ${order} and kind = 'part')`,
    )
    .limit(1)
    .executeTakeFirst()
  if (call === undefined) return []
  const at = (what: string, when: Date | null, by: string | null): TimelineEntry[] =>
    when === null
      ? []
      : [
          {
            id: `${call.id} ${what}`,
            at: when.toISOString(),
            kind: 'call',
            what,
            by,
            from: null,
            to: null,
            why: '',
            texts: {},
            detail: {},
            call: call.id,
          },
        ]
  return [
    ...at('arrived', call.arrived_at, null),
    ...at('answered', call.answered_at, call.name),
    ...at('ended', call.ended_at, null),
  ]
}
