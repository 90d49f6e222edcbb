import { type Kysely, sql } from 'kysely'
import type { Database } from '#database/types.ts'
import type { StaffId, WorkOrderId } from '#kernel/ids.ts'
import { isProtectedRow } from './rows.ts'
import type { KnownIdentity } from './words.ts'

/** Whom protected orders hide, by order; open ones hide nobody and are left out. */
export async function knownIdentities(
  db: Kysely<Database>,
  orders: readonly WorkOrderId[],
): Promise<ReadonlyMap<WorkOrderId, KnownIdentity>> {
  if (orders.length === 0) return new Map()
  const { rows } = await sql<{ id: WorkOrderId; names: string[] }>`
    select work_orders.id,
           array(select distinct one.name from citizens one
                 where one.name <> '' and (one.id = kept.id or one.merged_into = kept.id)) as names
    from work_orders
    left join citizens asked on asked.id = work_orders.citizen_id
    left join citizens kept on kept.id = coalesce(asked.merged_into, asked.id)
    where work_orders.id = any(${[...orders]}::uuid[]) and ${isProtectedRow()}`.execute(db)
  return new Map(rows.map(({ id, names }) => [id, { names }]))
}

/**
 * Who wrote of these orders and works for units alone. They are told no citizen's name: one that stands in their words is
 * what they asked for themselves, or a guess, and a guess that came back masked would be answered.
 */
export async function writersOfUnits(
  db: Kysely<Database>,
  orders: readonly WorkOrderId[],
): Promise<ReadonlySet<StaffId>> {
  if (orders.length === 0) return new Set()
  const { rows } = await sql<{ id: StaffId }>`
    select id from staff
    where role = 'caseworker'
      and (id in (select staff_id from order_trail where order_id = any(${[...orders]}::uuid[]))
        or id in (select added_by from attachments where order_id = any(${[...orders]}::uuid[])))
      and not exists (select from role_grants where staff_id = staff.id and unit_id is null)`.execute(db)
  return new Set(rows.map(({ id }) => id))
}
