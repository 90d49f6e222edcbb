import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Database } from '#database/types.ts'
import type { WorkOrderId } from '#kernel/ids.ts'
import { tookPartAsSpell } from '../../floor/call-records/index.ts'
import type { StaffActor } from '../../people/roles/index.ts'
import { isProtectedRow } from '../secrecy/index.ts'

/**
 * Which rows of `work_orders` somebody reads: a condition for every query that shows them, so that no list, count or
 * search can forget it. A unit's people read what is with their unit or one below it, until it is returned or taken
 * back; whoever answered the call reads what came of it.
 */
export function ordersReadBy(actor: StaffActor): RawBuilder<SqlBool> {
  const { city, overUnits, staff } = actor
  if (city.has('order.read-all')) return sql<SqlBool>`true`
  // What the row itself tells comes first: PostgreSQL asks from left to right.
  const parts = [sql`work_orders.opened_by = ${staff}`]
  if (city.has('order.read-open')) parts.push(sql`not ${isProtectedRow()}`)
  if (city.has('order.read-referred')) parts.push(sql`work_orders.supervision = 5`)
  // `offset 0`: looked up for each order. It would rather read all calls of somebody, or all that a unit ever had, once.
  const units = [...(overUnits.get('order.read-unit') ?? [])]
  if (units.length > 0) {
    parts.push(sql`exists (
      select from order_assignments
      where order_assignments.order_id = work_orders.id and order_assignments.unit_id = any(${units})
        and order_assignments.state not in ('returned', 'withdrawn') offset 0)`)
  }
  parts.push(sql`exists (
    select from seat_changes
    where seat_changes.call_id = work_orders.call_id and seat_changes.staff_id = ${staff} and ${tookPartAsSpell}
    offset 0)`)
  return sql<SqlBool>`(${sql.join(parts, sql` or `)})`
}

export async function mayReadOrder(
  db: Kysely<Database>,
  actor: StaffActor,
  order: WorkOrderId,
): Promise<boolean> {
  const row = await db
    .selectFrom('work_orders')
    .select('id')
    .where('id', '=', order)
    .where(ordersReadBy(actor))
    .executeTakeFirst()
  return row !== undefined
}
