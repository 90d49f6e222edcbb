import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { Database, WorkOrdersTable } from '#database/types.ts'
import type { WorkOrderId } from '#kernel/ids.ts'
import { CITY_ZONE } from '#kernel/time.ts'
import type { Fact } from '../../contact-center/events.ts'
import type { KnownCodes } from './rules.ts'
import type { Category, OrderType, WorkOrderForm } from './schema.ts'

export type OrderRow = Selectable<WorkOrdersTable>

/**
 * Every answered call has exactly one draft; a fact told twice finds it there. The number is the city's wall
 * clock to the second and six digits of a sequence, 18 digits in all.
 */
export async function openDraft(trx: Transaction<Database>, fact: Fact): Promise<void> {
  if (fact.fact !== 'call-answered') return
  const { draft, staff, caller, line } = fact.answer
  const at = new Date(fact.at)
  await trx
    .insertInto('work_orders')
    .values({
      id: draft,
      number: sql<string>`to_char(${at}::timestamptz at time zone ${CITY_ZONE}, 'YYMMDDHH24MISS')
        || lpad(nextval('work_order_sequence')::text, 6, '0')`,
      call_id: fact.call,
      status: 'draft',
      caller_number: caller,
      line_number: line.number,
      opened_by: staff,
      opened_at: at,
    })
    // A seat may have answered before and let go before both were connected: the draft is then the next one's.
    .onConflict(conflict =>
      conflict.column('call_id').doUpdateSet({ opened_by: staff }).where('work_orders.saved_at', 'is', null),
    )
    .execute()
}

export async function readOrder(db: Kysely<Database>, id: WorkOrderId): Promise<OrderRow | null> {
  return (await db.selectFrom('work_orders').selectAll().where('id', '=', id).executeTakeFirst()) ?? null
}

/** @returns null when the order is no longer at this version */
export async function saveOrder(
  db: Kysely<Database>,
  id: WorkOrderId,
  version: number,
  form: WorkOrderForm,
): Promise<OrderRow | null> {
  const row = await db
    .updateTable('work_orders')
    .set({
      type_code: form.typeCode,
      category_code: form.categoryCode,
      title: form.title,
      text: form.text,
      place: form.place,
      secret: form.secret,
      status: 'to-dispatch',
      saved_at: new Date(),
      version: version + 1,
    })
    .where('id', '=', id)
    .where('version', '=', version)
    .returningAll()
    .executeTakeFirst()
  return row ?? null
}

export async function knownCodes(db: Kysely<Database>, form: WorkOrderForm): Promise<KnownCodes> {
  const { rows } = await sql<{ type: boolean; item: boolean }>`
    select exists (select from order_types where code = ${form.typeCode}) as type,
           exists (select from categories where code = ${form.categoryCode} and parent_code is not null)
           and not exists (select from categories where parent_code = ${form.categoryCode}) as item
  `.execute(db)
  return { type: rows[0]?.type === true, categoryItem: rows[0]?.item === true }
}

export function orderTypes(db: Kysely<Database>): Promise<OrderType[]> {
  return db
    .selectFrom('order_types')
    .select(['code', 'name_zh as nameZh', 'name_en as nameEn'])
    .orderBy('position')
    .execute()
}

export function categories(db: Kysely<Database>): Promise<Category[]> {
  return db
    .selectFrom('categories')
    .select(['code', 'parent_code as parentCode', 'name_zh as nameZh'])
    .orderBy('position')
    .execute()
}
