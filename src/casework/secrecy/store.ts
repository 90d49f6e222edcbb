import { type Kysely, sql } from 'kysely'
import type { Database } from '#database/types.ts'
import type { WorkOrderId } from '#kernel/ids.ts'
import { isProtectedRow } from './rows.ts'
import type { KnownIdentity } from './words.ts'

/** Whom protected orders hide, by order; open ones hide nobody and are left out. */
export async function knownIdentities(
  db: Kysely<Database>,
  orders: readonly WorkOrderId[],
): Promise<ReadonlyMap<WorkOrderId, KnownIdentity>> {
  if (orders.length === 0) return new Map()
  const { rows } = await sql<{ id: WorkOrderId; called: string; names: string[]; numbers: string[] }>`
    select work_orders.id, work_orders.caller_number as called,
           array(select distinct one.name from citizens one
                 where one.name <> '' and (one.id = kept.id or one.merged_into = kept.id)) as names,
           array(select number from citizen_numbers where citizen_id = kept.id) as numbers
    from work_orders
    left join citizens asked on asked.id = work_orders.citizen_id
    left join citizens kept on kept.id = coalesce(asked.merged_into, asked.id)
    where work_orders.id = any(${[...orders]}::uuid[]) and ${isProtectedRow()}`.execute(db)
  return new Map(rows.map(({ id, called, names, numbers }) => [id, { names, numbers: [called, ...numbers] }]))
}
