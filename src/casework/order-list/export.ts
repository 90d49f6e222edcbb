import type { FastifyReply } from 'fastify'
import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import { asId, type WorkOrderId } from '#kernel/ids.ts'
import { type Outcome, orThrow, refuse } from '#kernel/outcome.ts'
import type { StaffActor } from '../../people/roles/index.ts'
import { type CitizenColumns, presentCitizens } from '../citizens/index.ts'
import { MOST_ROWS as MOST_EXPORTED, sendTable, type TableFormat, unitsToTake } from '../exports/index.ts'
import { conditionsOf, type OrderFilter } from './conditions.ts'
import { countUpTo } from './counts.ts'
import { columnsOf, type ExportedOrder, type Names } from './export-columns.ts'
import { MOST_ROWS, type OrderFilterQuery, type OrderLine } from './schema.ts'
import { daysOf, listOrders } from './service.ts'

export interface ExportWish {
  readonly filter: OrderFilter
  /** As it was asked for, for the record. */
  readonly asked: OrderFilterQuery
  readonly format: TableFormat
}

/** Sends what the reader's list has and they may take away, page by page as it is read. */
export async function exportOrders(
  db: Kysely<Database>,
  reply: FastifyReply,
  actor: StaffActor,
  { filter, asked, format }: ExportWish,
): Promise<Outcome<FastifyReply>> {
  const units = unitsToTake(actor)
  // Before anything is counted, which costs something.
  if (units?.length === 0) return refuse('not-allowed')
  const taken = units === null ? filter : { ...filter, within: units }
  const range = { ...daysOf(filter), after: null }
  const total = await countUpTo(db, conditionsOf(taken, actor), range, MOST_EXPORTED[format])
  return await sendTable(db, reply, actor, {
    list: 'work-orders',
    name: '工单',
    format,
    filter: asked,
    columns: columnsOf(await readNames(db)),
    total,
    rows: pages(db, actor, taken),
    units,
  })
}

async function* pages(
  db: Kysely<Database>,
  actor: StaffActor,
  filter: OrderFilter,
): AsyncGenerator<ExportedOrder> {
  let cursor: string | undefined
  do {
    const page = orThrow(await listOrders(db, actor, filter, { sort: 'newest', cursor, limit: MOST_ROWS }))
    yield* await withCitizens(db, actor, page.orders)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
}

async function withCitizens(
  db: Kysely<Database>,
  actor: StaffActor,
  lines: readonly OrderLine[],
): Promise<readonly ExportedOrder[]> {
  const citizens = await presentCitizens(db, await citizenColumns(db, lines), actor)
  return lines.flatMap(line => {
    const citizen = citizens.get(asId<WorkOrderId>(line.id))
    return citizen === undefined ? [] : [{ line, citizen }]
  })
}

async function citizenColumns(
  db: Kysely<Database>,
  lines: readonly OrderLine[],
): Promise<readonly CitizenColumns[]> {
  if (lines.length === 0) return []
  return await db
    .selectFrom('work_orders')
    .select(['id', 'secret', 'type_code', 'caller_number', 'citizen_id', 'subject_kind', 'lead_unit'])
    .where(
      'id',
      'in',
      lines.map(({ id }) => asId<WorkOrderId>(id)),
    )
    .execute()
}

async function readNames(db: Kysely<Database>): Promise<Names> {
  const types = await db.selectFrom('order_types').select(['code', 'name_zh as name']).execute()
  const categories = await db.selectFrom('categories').select(['code', 'name_zh as name']).execute()
  const areas = await db.selectFrom('areas').select(['code', 'name_zh as name']).execute()
  const units = await db.selectFrom('units').select(['id as code', 'name_zh as name']).execute()
  return { types: byCode(types), categories: byCode(categories), areas: byCode(areas), units: byCode(units) }
}

function byCode(
  rows: readonly { readonly code: string; readonly name: string }[],
): ReadonlyMap<string, string> {
  return new Map(rows.map(({ code, name }) => [code, name]))
}
