import { type Kysely, sql } from 'kysely'
import type { Database } from '#database/types.ts'
import type { WorkOrderId } from '#kernel/ids.ts'
import type { TimelineEntry } from './schema.ts'

/** What the timeline tells of the call behind an order: that it came, was answered and ended, and who spoke. */
export async function callEntries(db: Kysely<Database>, order: WorkOrderId): Promise<TimelineEntry[]> {
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
