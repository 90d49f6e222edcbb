import { randomUUID } from 'node:crypto'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { Database, UnitContactsTable, UnitsTable } from '#database/types.ts'
import { type AreaCode, asId, type StaffId, type UnitId } from '#kernel/ids.ts'
import type { AreaView, ContactForm, UnitForm } from './schema.ts'
import { type TreeUnit, UnitTree } from './tree.ts'

export type UnitRecord = Selectable<UnitsTable>
export type ContactRecord = Selectable<UnitContactsTable>

/** All units, read once: a city has some two hundred. */
export async function unitTree(db: Kysely<Database>): Promise<UnitTree> {
  const rows = await db.selectFrom('units').selectAll().execute()
  return new UnitTree(
    rows.map(
      (row): TreeUnit => ({
        id: row.id,
        parent: row.parent_id,
        path: row.path,
        name: row.name_zh,
        aliases: row.aliases,
        kind: row.kind,
        area: row.area_code,
        takesOrders: row.takes_orders,
        closed: row.closed_at !== null,
      }),
    ),
  )
}

/** These units and all below them, as the database has them now. */
export async function unitsBelow(db: Kysely<Database>, ids: readonly UnitId[]): Promise<UnitId[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('units')
    .select('id')
    .where(sql<boolean>`path && ${[...ids]}::text[]`)
    .execute()
  return rows.map(({ id }) => id)
}

/** Whoever changes the tree's shape does so alone: two moves that are harmless each could make a circle together. */
export async function lockTree(trx: Transaction<Database>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('unit-tree'))`.execute(trx)
}

export async function readUnit(db: Kysely<Database>, id: UnitId): Promise<UnitRecord | null> {
  return (await db.selectFrom('units').selectAll().where('id', '=', id).executeTakeFirst()) ?? null
}

/** Held so until the transaction ends; an assignment that names it waits. */
export async function lockUnit(trx: Transaction<Database>, id: UnitId): Promise<UnitRecord | null> {
  const row = await trx.selectFrom('units').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  return row ?? null
}

export function contactsOf(db: Kysely<Database>, unit: UnitId): Promise<ContactRecord[]> {
  return db
    .selectFrom('unit_contacts')
    .selectAll()
    .where('unit_id', '=', unit)
    .orderBy('position')
    .orderBy('id')
    .execute()
}

/** @returns null when there is one by that id */
export async function insertUnit(
  trx: Transaction<Database>,
  id: UnitId,
  parent: Pick<TreeUnit, 'id' | 'path'> | null,
  form: UnitForm,
): Promise<UnitRecord | null> {
  const row = await trx
    .insertInto('units')
    .values({
      ...{ id, ...columns(form), parent_id: parent?.id ?? null },
      path: [...(parent?.path ?? []), id],
    })
    .onConflict(conflict => conflict.column('id').doNothing())
    .returningAll()
    .executeTakeFirst()
  if (row === undefined) return null
  await writeContacts(trx, id, form.contacts)
  return row
}

/** The unit is locked by whoever calls. */
export async function updateUnit(
  trx: Transaction<Database>,
  { id, version }: UnitRecord,
  form: UnitForm,
): Promise<UnitRecord> {
  const row = await trx
    .updateTable('units')
    .set({ ...columns(form), version: version + 1 })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await writeContacts(trx, id, form.contacts)
  return row
}

function columns(form: UnitForm) {
  return {
    name_zh: form.name,
    aliases: form.aliases,
    kind: form.kind,
    area_code: form.area === null ? null : asId<AreaCode>(form.area),
    phones: form.phones,
    duty_hours: form.dutyHours === null ? null : JSON.stringify(form.dutyHours),
    takes_orders: form.takesOrders,
  }
}

/** Whoever stays keeps the id; whoever is not named goes. */
async function writeContacts(
  trx: Transaction<Database>,
  unit: UnitId,
  contacts: readonly ContactForm[],
): Promise<void> {
  const rows = contacts.map((contact, position) => ({
    ...{ id: contact.id ?? randomUUID(), unit_id: unit, position },
    ...{ duty: contact.duty, name: contact.name, phone: contact.phone, field: contact.field },
    staff_id: contact.staff === null ? null : asId<StaffId>(contact.staff),
    hours: contact.hours === null ? null : JSON.stringify(contact.hours),
  }))
  await trx.deleteFrom('unit_contacts').where('unit_id', '=', unit).execute()
  if (rows.length > 0) await trx.insertInto('unit_contacts').values(rows).execute()
}

/** The whole branch goes along: what stood above the unit is replaced in every path that leads through it. */
export async function moveBranch(
  trx: Transaction<Database>,
  { id, path, version }: UnitRecord,
  parent: Pick<TreeUnit, 'id' | 'path'>,
): Promise<UnitRecord> {
  await sql`
    update units set path = ${[...parent.path]}::text[] || path[${path.length}::int:]
    where path @> ${[id]}::text[]
  `.execute(trx)
  return await trx
    .updateTable('units')
    .set({ parent_id: parent.id, version: version + 1 })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

export function setClosed(
  trx: Transaction<Database>,
  { id, version }: UnitRecord,
  closed: boolean,
): Promise<UnitRecord> {
  return trx
    .updateTable('units')
    .set({ closed_at: closed ? sql<Date>`now()` : null, version: version + 1 })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Whether an order that is not over may still come back to the unit. */
export async function hasOpenOrders(db: Kysely<Database>, unit: UnitId): Promise<boolean> {
  const row = await db
    .selectFrom('order_assignments as a')
    .innerJoin('work_orders as o', 'o.id', 'a.order_id')
    .select('a.order_id')
    .where('a.unit_id', '=', unit)
    .where('a.state', 'not in', ['returned', 'withdrawn'])
    .where('o.status', 'not in', ['closed', 'archived', 'emergency', 'void', 'merged'])
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** How many assignments each unit has still to answer; units without any are not named. */
export async function openOrdersByUnit(db: Kysely<Database>): Promise<ReadonlyMap<UnitId, number>> {
  const rows = await db
    .selectFrom('order_assignments')
    .select(['unit_id', sql<number>`count(*)::int`.as('open')])
    .where('state', 'in', ['to-sign', 'working', 'passed-down', 'return-asked'])
    .groupBy('unit_id')
    .execute()
  return new Map(rows.map(({ unit_id, open }) => [unit_id, open]))
}

export async function areaList(db: Kysely<Database>): Promise<AreaView[]> {
  return await db
    .selectFrom('areas')
    .select(['code', 'parent_code as parent', 'name_zh as name', 'aliases'])
    .orderBy('code')
    .execute()
}

export async function isArea(db: Kysely<Database>, code: string): Promise<boolean> {
  const row = await db
    .selectFrom('areas')
    .select('code')
    .where('code', '=', asId<AreaCode>(code))
    .executeTakeFirst()
  return row !== undefined
}

/** Those of these numbers that are a line, a seat or a short number of the hotline. */
export async function numbersOfOurs(
  db: Kysely<Database>,
  numbers: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await sql<{ number: string }>`
    select number from lines where number = any(${[...numbers]}::text[])
    union select number from seats where number = any(${[...numbers]}::text[])
    union select number from short_numbers where number = any(${[...numbers]}::text[])`.execute(db)
  return rows.map(({ number }) => number)
}

/** Those of these ids that belong to somebody. */
export async function knownStaff(db: Kysely<Database>, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const wanted = ids.map(id => asId<StaffId>(id))
  const rows = await db.selectFrom('staff').select('id').where('id', 'in', wanted).execute()
  return new Set(rows.map(({ id }) => id))
}
