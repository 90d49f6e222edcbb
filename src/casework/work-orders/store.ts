import { randomUUID } from 'node:crypto'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { Database, WorkOrdersTable } from '#database/types.ts'
import { asId, type StaffId, type WorkOrderId } from '#kernel/ids.ts'
import { CITY_ZONE, type Instant } from '#kernel/time.ts'
import type { Fact } from '../../contact-center/events.ts'
import { citizenOf } from '../citizens/index.ts'
import type { KnownCodes } from './rules.ts'
import type { Category, OrderType, WorkOrderForm } from './schema.ts'

export type OrderRow = Selectable<WorkOrdersTable>

/** The city's wall clock to the second and six digits of a sequence, 18 digits in all. */
function numberAt(at: Date) {
  return sql<string>`to_char(${at}::timestamptz at time zone ${CITY_ZONE}, 'YYMMDDHH24MISS')
    || lpad(nextval('work_order_sequence')::text, 6, '0')`
}

/** Every answered call has exactly one draft; a fact told twice finds it there. */
export async function openDraft(trx: Transaction<Database>, fact: Fact): Promise<void> {
  if (fact.fact !== 'call-answered') return
  const { draft, staff, caller, line } = fact.answer
  const at = new Date(fact.at)
  await trx
    .insertInto('work_orders')
    .values({
      id: draft,
      number: numberAt(at),
      call_id: fact.call,
      status: 'draft',
      caller_number: caller,
      citizen_id: await citizenOf(trx, caller),
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

/** A draft beside the one of a call, about another matter of the same citizen. */
export async function insertPart(
  trx: Transaction<Database>,
  parent: WorkOrderId,
  staff: StaffId,
  at: Instant,
): Promise<WorkOrderId> {
  const id = asId<WorkOrderId>(randomUUID())
  await trx
    .insertInto('work_orders')
    .columns([
      ...(['id', 'number', 'status', 'opened_by', 'opened_at'] as const),
      ...(['caller_number', 'line_number', 'citizen_id', 'subject_kind', 'origin'] as const),
    ])
    .expression(
      trx
        .selectFrom('work_orders')
        .select([
          sql<WorkOrderId>`${id}::uuid`.as('id'),
          numberAt(new Date(at)).as('number'),
          sql<'draft'>`'draft'`.as('status'),
          sql<StaffId>`${staff}::uuid`.as('opened_by'),
          sql<Date>`${new Date(at)}::timestamptz`.as('opened_at'),
          ...(['caller_number', 'line_number', 'citizen_id', 'subject_kind', 'origin'] as const),
        ])
        .where('id', '=', parent),
    )
    .execute()
  return id
}

export async function readOrder(db: Kysely<Database>, id: WorkOrderId): Promise<OrderRow | null> {
  return (await db.selectFrom('work_orders').selectAll().where('id', '=', id).executeTakeFirst()) ?? null
}

/** Keeps the order's row for this transaction. */
export async function lockOrder(trx: Transaction<Database>, id: WorkOrderId): Promise<OrderRow | null> {
  const row = await trx
    .selectFrom('work_orders')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row ?? null
}

/** What the order says; how it stands is its life's. */
export async function writeForm(
  trx: Transaction<Database>,
  id: WorkOrderId,
  form: WorkOrderForm,
  at: Instant,
): Promise<OrderRow> {
  const { point } = form
  return await trx
    .updateTable('work_orders')
    .set({
      category_code: form.categoryCode,
      title: form.title,
      text: form.text,
      place: form.place,
      saved_at: new Date(at),
      // What a client does not know of it leaves as it is.
      ...(form.areaCode === undefined
        ? {}
        : { area_code: form.areaCode === null ? null : asId(form.areaCode) }),
      ...(point === undefined
        ? {}
        : { longitude: point?.longitude ?? null, latitude: point?.latitude ?? null }),
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

export async function knownCodes(db: Kysely<Database>, form: WorkOrderForm): Promise<KnownCodes> {
  const { rows } = await sql<{ type: boolean; item: boolean; area: boolean }>`
    select exists (select from order_types where code = ${form.typeCode}) as type,
           exists (select from categories where code = ${form.categoryCode} and parent_code is not null)
           and not exists (select from categories where parent_code = ${form.categoryCode}) as item,
           exists (select from areas where code = ${form.areaCode ?? null}) as area
  `.execute(db)
  return { type: rows[0]?.type === true, categoryItem: rows[0]?.item === true, area: rows[0]?.area === true }
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
