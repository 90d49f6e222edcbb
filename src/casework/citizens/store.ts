import { randomUUID } from 'node:crypto'
import { type Kysely, type SqlBool, sql, type Transaction } from 'kysely'
import type { Database } from '#database/types.ts'
import { asId, type CitizenId, type StaffId, type WorkOrderId } from '#kernel/ids.ts'
import { tookPartAsSpell } from '../../floor/call-records/index.ts'
import { isProtectedRow } from '../secrecy/index.ts'
import { formsOf, sameNumber } from './rules.ts'
import {
  CITIZEN_LIMITS,
  type Citizen,
  type CitizenChange,
  type CitizenForm,
  type CitizenHistory,
  type IdentityLook,
} from './schema.ts'

/**
 * The citizen whom a number belongs to, a new one when nobody had it yet; null when the number is withheld. Belongs
 * in the transaction that opens the draft; two calls of one new number at once get one citizen.
 */
export async function citizenOf(trx: Transaction<Database>, number: string): Promise<CitizenId | null> {
  const same = sameNumber(number)
  if (same === '') return null
  const known = await ownerOf(trx, same)
  if (known !== null) return known
  await sql`select pg_advisory_xact_lock(hashtext('citizen-number'), hashtext(${same}))`.execute(trx)
  return (await ownerOf(trx, same)) ?? (await newCitizen(trx, same))
}

async function newCitizen(trx: Transaction<Database>, number: string): Promise<CitizenId> {
  const id = asId<CitizenId>(randomUUID())
  await trx.insertInto('citizens').values({ id }).execute()
  await trx.insertInto('citizen_numbers').values({ number, citizen_id: id }).execute()
  return id
}

export async function ownerOf(db: Kysely<Database>, number: string): Promise<CitizenId | null> {
  const row = await db
    .selectFrom('citizen_numbers')
    .select('citizen_id')
    .where('number', '=', number)
    .executeTakeFirst()
  return row?.citizen_id ?? null
}

/** By its own id, or by that of a record that was merged into it. */
export async function readCitizen(db: Kysely<Database>, id: CitizenId): Promise<Citizen | null> {
  const row = await selectCitizens(db)
    .where(
      'id',
      '=',
      sql<CitizenId>`(select coalesce(asked.merged_into, asked.id) from citizens asked where asked.id = ${id})`,
    )
    .executeTakeFirst()
  return row ?? null
}

/** Locks it for the rest of the transaction; null when there is none, or it was merged into another. */
export async function lockCitizen(trx: Transaction<Database>, id: CitizenId): Promise<Citizen | null> {
  const locked = await trx
    .selectFrom('citizens')
    .select('id')
    .where('id', '=', id)
    .where('merged_into', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  return locked === undefined ? null : await readCitizen(trx, id)
}

/** By the beginning of a name. */
export async function citizensNamed(db: Kysely<Database>, beginning: string): Promise<Citizen[]> {
  const pattern = `${beginning.replaceAll(/[\\%_]/g, '\\$&')}%`
  return await selectCitizens(db)
    .where('name', 'like', pattern)
    .where('name', '<>', '')
    .where('merged_into', 'is', null)
    .orderBy('name')
    .orderBy('id')
    .limit(CITIZEN_LIMITS.found)
    .execute()
}

function selectCitizens(db: Kysely<Database>) {
  return db
    .selectFrom('citizens')
    .select(['id', 'kind', 'name', 'address', 'tags', 'remark', 'version'])
    .select(
      sql<string[]>`array(
        select number from citizen_numbers where citizen_id = citizens.id order by number)`.as('numbers'),
    )
}

/** The numbers that others have already. */
export async function takenNumbers(
  trx: Transaction<Database>,
  id: CitizenId,
  numbers: readonly string[],
): Promise<readonly string[]> {
  if (numbers.length === 0) return []
  const rows = await trx
    .selectFrom('citizen_numbers')
    .select('number')
    .where('number', 'in', numbers)
    .where('citizen_id', '<>', id)
    .execute()
  return rows.map(row => row.number)
}

/** @param form checked; its numbers are nobody else's */
export async function writeCitizen(
  trx: Transaction<Database>,
  { id, version }: { readonly id: CitizenId; readonly version: number },
  { numbers, ...form }: CitizenForm,
): Promise<void> {
  await trx
    .updateTable('citizens')
    .set({ ...form, version: version + 1 })
    .where('id', '=', id)
    .execute()
  await trx.deleteFrom('citizen_numbers').where('citizen_id', '=', id).execute()
  if (numbers.length === 0) return
  await trx
    .insertInto('citizen_numbers')
    .values(numbers.map(number => ({ number, citizen_id: id })))
    .execute()
}

/** What was merged into `from` before belongs to `into` too: no chain is longer than one. */
export async function markMerged(
  trx: Transaction<Database>,
  from: CitizenId,
  into: CitizenId,
): Promise<void> {
  await trx.deleteFrom('citizen_numbers').where('citizen_id', '=', from).execute()
  await trx
    .updateTable('citizens')
    .set(({ eb }) => ({ merged_into: into, version: eb('version', '+', 1) }))
    .where(({ eb, or }) => or([eb('id', '=', from), eb('merged_into', '=', from)]))
    .execute()
}

export interface ChangeOfCitizen {
  readonly citizen: CitizenId
  readonly by: StaffId
  readonly change: 'edited' | 'merged'
  readonly before: object
  readonly after: object
}

export async function recordCitizenChange(
  trx: Transaction<Database>,
  { citizen, by, change, before, after }: ChangeOfCitizen,
): Promise<void> {
  await trx
    .insertInto('citizen_changes')
    .values({
      citizen_id: citizen,
      by_staff: by,
      change,
      before: JSON.stringify(before),
      after: JSON.stringify(after),
    })
    .execute()
}

/** Of the record and of those merged into it. */
export async function citizenChanges(db: Kysely<Database>, id: CitizenId): Promise<CitizenChange[]> {
  const rows = await db
    .selectFrom('citizen_changes as c')
    .innerJoin('staff', 'staff.id', 'c.by_staff')
    .select(['c.id', 'c.at', 'c.by_staff', 'staff.name', 'c.change', 'c.before', 'c.after'])
    .where('c.citizen_id', 'in', recordsOf(db, id))
    .orderBy('c.id', 'desc')
    .limit(CITIZEN_LIMITS.history)
    .execute()
  return rows.map(({ at, by_staff: by, name: byName, ...row }) => ({
    ...row,
    at: at.toISOString(),
    by,
    byName,
  }))
}

function recordsOf(db: Kysely<Database>, id: CitizenId) {
  return db
    .selectFrom('citizens')
    .select('id')
    .where(({ eb, or }) => or([eb('id', '=', id), eb('merged_into', '=', id)]))
}

/**
 * An order that this person may see behind its citizen: no secret one, or one whose call they had a part in. Even that
 * there is a secret order would tell who is behind it.
 */
export function mayBeTied(reader: StaffId, table = 'wo') {
  const column = (name: string) => sql.ref(`${table}.${name}`)
  return sql<SqlBool>`(
    not ${isProtectedRow(table)}
    or ${column('opened_by')} = ${reader}
    or exists (
      select from seat_changes
      where seat_changes.call_id = ${column('call_id')} and seat_changes.staff_id = ${reader} and ${tookPartAsSpell})
  )`
}

/** Of these orders, those whose citizen this person must not be led to. */
export async function untied(
  db: Kysely<Database>,
  reader: StaffId,
  orders: readonly WorkOrderId[],
): Promise<readonly WorkOrderId[]> {
  if (orders.length === 0) return []
  const rows = await db
    .selectFrom('work_orders as wo')
    .select('wo.id')
    .where('wo.id', 'in', orders)
    .where(sql<SqlBool>`not ${mayBeTied(reader)}`)
    .execute()
  return rows.map(({ id }) => id)
}

export async function citizenHistory(
  db: Kysely<Database>,
  { id, numbers }: { readonly id: CitizenId; readonly numbers: readonly string[] },
  reader: StaffId,
): Promise<CitizenHistory> {
  const orders = await db
    .selectFrom('work_orders as wo')
    .select(['wo.id', 'wo.number', 'wo.title', 'wo.type_code as typeCode', 'wo.status', 'wo.opened_at'])
    .where('wo.citizen_id', 'in', recordsOf(db, id))
    .where(mayBeTied(reader))
    .orderBy('wo.opened_at', 'desc')
    .limit(CITIZEN_LIMITS.history)
    .execute()
  const calls =
    numbers.length === 0
      ? []
      : await db
          .selectFrom('calls')
          .leftJoin('work_orders as wo', 'wo.call_id', 'calls.id')
          .leftJoin('staff', 'staff.id', 'calls.staff_id')
          .select(['calls.id', 'calls.arrived_at', 'calls.line_name', 'staff.name', 'wo.id as order'])
          .where('calls.caller_number', 'in', numbers.flatMap(formsOf))
          .where(({ eb, or }) => or([eb('wo.id', 'is', null), mayBeTied(reader)]))
          .orderBy('calls.arrived_at', 'desc')
          .limit(CITIZEN_LIMITS.history)
          .execute()
  return {
    orders: orders.map(({ opened_at: at, ...order }) => ({ ...order, openedAt: at.toISOString() })),
    calls: calls.map(call => ({
      id: call.id,
      arrivedAt: call.arrived_at.toISOString(),
      lineName: call.line_name,
      agentName: call.name,
      workOrder: call.order,
    })),
  }
}

/** The citizens of a page of orders, by the id that the order has; one query whatever the page's length. */
export async function citizensById(
  db: Kysely<Database>,
  ids: readonly CitizenId[],
): Promise<ReadonlyMap<CitizenId, Pick<Citizen, 'kind' | 'name' | 'address'> & { readonly id: CitizenId }>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('citizens as asked')
    .innerJoin('citizens as c', join =>
      join.on(({ eb, ref, fn }) => eb('c.id', '=', fn.coalesce(ref('asked.merged_into'), ref('asked.id')))),
    )
    .select(['asked.id as asked', 'c.id', 'c.kind', 'c.name', 'c.address'])
    .where('asked.id', 'in', ids)
    .execute()
  return new Map(rows.map(({ asked, ...citizen }) => [asked, citizen]))
}

export async function readOrderIdentity(db: Kysely<Database>, order: WorkOrderId) {
  const row = await db
    .selectFrom('work_orders')
    .select(['number', 'caller_number', 'citizen_id', 'lead_unit'])
    .where('id', '=', order)
    .executeTakeFirst()
  return row ?? null
}

export async function recordLook(
  trx: Transaction<Database>,
  look: { readonly order: WorkOrderId; readonly by: StaffId; readonly reason: string },
): Promise<void> {
  await trx
    .insertInto('identity_looks')
    .values({ order_id: look.order, staff_id: look.by, reason: look.reason })
    .execute()
}

/** The newest first, all of them: an audit leaves none out. */
export async function looksAt(db: Kysely<Database>, order: WorkOrderId): Promise<IdentityLook[]> {
  const rows = await db
    .selectFrom('identity_looks as look')
    .innerJoin('staff', 'staff.id', 'look.staff_id')
    .select(['look.id', 'look.at', 'look.staff_id', 'staff.name', 'look.reason'])
    .where('look.order_id', '=', order)
    .orderBy('look.id', 'desc')
    .execute()
  return rows.map(({ id, at, staff_id: by, name: byName, reason }) => ({
    id,
    at: at.toISOString(),
    by,
    byName,
    reason,
  }))
}
