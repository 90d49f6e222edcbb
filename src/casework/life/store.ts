import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { Database, WorkOrdersTable } from '#database/types.ts'
import type { UnitId, WorkOrderId } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'
import { leadOf } from '../../cases/life/assignments.ts'
import { newOrder } from '../../cases/life/begin.ts'
import type { Assignment, Order } from '../../cases/life/order.ts'

export type OrderRow = Selectable<WorkOrdersTable>

/** What an order begins with. */
export interface Versions {
  readonly life: number
  readonly limits: number
}

/** Keeps the order's row for this transaction: whoever acts on it next waits. */
export async function lockOrder(trx: Transaction<Database>, id: WorkOrderId): Promise<OrderRow | null> {
  const row = await trx
    .selectFrom('work_orders')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row ?? null
}

/** An order that nobody has acted on yet begins as its columns say. */
export function orderOf(row: OrderRow, versions: Versions): Order {
  return {
    ...newOrder(row.id, versions),
    status: row.status,
    type: row.type_code,
    priority: row.priority,
    secret: row.secret,
    citizen: row.citizen_id,
    closing: row.closing,
    closedAt: row.closed_at?.getTime() ?? null,
  }
}

/** The order's value, and from it the columns and rows that lists are cut by. */
export async function writeOrder(
  trx: Transaction<Database>,
  version: number,
  order: Order,
  dueAt: Instant | null,
): Promise<void> {
  await trx
    .updateTable('work_orders')
    .set({
      life: JSON.stringify(order),
      status: order.status,
      type_code: order.type,
      priority: order.priority,
      secret: order.secret,
      lead_unit: leadOf(order)?.unit ?? null,
      supervision: order.supervision,
      reworks: order.reworks,
      closing: order.closing,
      grade: order.grade,
      closed_at: order.closedAt === null ? null : new Date(order.closedAt),
      merged_into: order.mergedInto,
      due_at: dueAt === null ? null : new Date(dueAt),
      version: version + 1,
    })
    .where('id', '=', order.id)
    .execute()
  await writeAssignments(trx, order)
}

async function writeAssignments(trx: Transaction<Database>, { id, assignments }: Order): Promise<void> {
  if (assignments.length === 0) return
  // A part is never taken out of an order, only ended: there are none to delete.
  await trx
    .insertInto('order_assignments')
    .values(assignments.map(part => assignmentRow(id, part)))
    .onConflict(conflict =>
      conflict.columns(['order_id', 'unit_id']).doUpdateSet(({ ref }) => ({
        role: ref('excluded.role'),
        state: ref('excluded.state'),
        from_unit: ref('excluded.from_unit'),
        person: ref('excluded.person'),
        assigned_at: ref('excluded.assigned_at'),
        signed_at: ref('excluded.signed_at'),
        contacted_at: ref('excluded.contacted_at'),
        answered_at: ref('excluded.answered_at'),
      })),
    )
    .execute()
}

function assignmentRow(order: WorkOrderId, part: Assignment) {
  const when = (at: Instant | null) => (at === null ? null : new Date(at))
  return {
    order_id: order,
    unit_id: part.unit,
    role: part.role,
    state: part.state,
    from_unit: part.from,
    person: part.person,
    assigned_at: new Date(part.assignedAt),
    signed_at: when(part.signedAt),
    contacted_at: when(part.contactedAt),
    answered_at: when(part.answeredAt),
  }
}

/** What people wrote, by the trail's entry that keeps its digest. */
export async function writeTexts(
  trx: Transaction<Database>,
  order: WorkOrderId,
  seq: number,
  texts: Readonly<Record<string, string>>,
): Promise<void> {
  const rows = Object.entries(texts).map(([field, text]) => ({ order_id: order, seq, field, text }))
  if (rows.length > 0) await trx.insertInto('order_texts').values(rows).execute()
}

/** By `seq/field`. */
export async function readTexts(db: Kysely<Database>, order: WorkOrderId): Promise<Map<string, string>> {
  const rows = await db.selectFrom('order_texts').selectAll().where('order_id', '=', order).execute()
  return new Map(rows.map(({ seq, field, text }) => [`${seq}/${field}`, text]))
}

export async function statusOf(db: Kysely<Database>, id: WorkOrderId): Promise<Order['status'] | null> {
  const row = await db.selectFrom('work_orders').select('status').where('id', '=', id).executeTakeFirst()
  return row?.status ?? null
}

/** The orders that were merged into this one, the oldest first. */
export async function mergedInto(db: Kysely<Database>, id: WorkOrderId): Promise<readonly OrderRow[]> {
  return await db
    .selectFrom('work_orders')
    .selectAll()
    .where('merged_into', '=', id)
    .orderBy(sql`opened_at`)
    .execute()
}

export async function readOrder(db: Kysely<Database>, id: WorkOrderId): Promise<OrderRow | null> {
  return (await db.selectFrom('work_orders').selectAll().where('id', '=', id).executeTakeFirst()) ?? null
}

export async function unitNames(
  db: Kysely<Database>,
  units: readonly UnitId[],
): Promise<ReadonlyMap<UnitId, string>> {
  if (units.length === 0) return new Map()
  const rows = await db.selectFrom('units').select(['id', 'name_zh']).where('id', 'in', units).execute()
  return new Map(rows.map(({ id, name_zh }) => [id, name_zh]))
}

/** Kept for this transaction, so that none of them is closed meanwhile. */
export async function allTakeOrders(trx: Transaction<Database>, units: readonly UnitId[]): Promise<boolean> {
  if (units.length === 0) return true
  const open = await trx
    .selectFrom('units')
    .select('id')
    .where('id', 'in', units)
    .where('takes_orders', '=', true)
    .where('closed_at', 'is', null)
    .forShare()
    .execute()
  return open.length === new Set(units).size
}
