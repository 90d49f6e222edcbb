import { randomUUID } from 'node:crypto'
import { type Kysely, type Selectable, type SqlBool, sql, type Transaction } from 'kysely'
import type { Database, LeaderDayReason, LeaderDaysTable } from '#database/types.ts'
import { asId, type StaffId, type UnitId, type WorkOrderId } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'
import { LISTED_PER_CALL, STEP_COLUMNS, type Step } from './rules.ts'
import type { LeaderForm, NewLeaderDayForm, ResultForm } from './schema.ts'

export type LeaderDayRow = Selectable<LeaderDaysTable>
type SqlCondition = ReturnType<typeof sql<SqlBool>>

/** What both lists, of all call-backs and of a leader's day, say of an order. */
export function callBackOrders(db: Kysely<Database>) {
  return db
    .selectFrom('work_orders')
    .leftJoin('units', 'units.id', 'work_orders.lead_unit')
    .select([
      'work_orders.id',
      'number',
      'title',
      'priority',
      'status',
      'lead_unit',
      'supervision',
      'reworks',
    ])
    .select(['opened_at', 'due_at', 'life', 'work_orders.version', 'secret', 'type_code', 'caller_number'])
    .select(['citizen_id', 'subject_kind', 'units.name_zh as lead_unit_name'])
}

export type CallBackRow = Awaited<ReturnType<ReturnType<typeof callBackOrders>['execute']>>[number]

export interface CallBacksWanted {
  /** null: every unit's. */
  readonly units: readonly UnitId[] | null
  /** Answered by this person last. */
  readonly answeredBy: StaffId | null
  readonly after: WorkOrderId | null
  readonly most: number
}

/** The soonest due first. */
export async function ordersToCallBack(
  db: Kysely<Database>,
  readable: SqlCondition,
  { units, answeredBy, after, most }: CallBacksWanted,
): Promise<CallBackRow[]> {
  let query = callBackOrders(db)
    .where('status', '=', 'to-call-back')
    .where(readable)
    .orderBy('due_at')
    .orderBy('work_orders.id')
    .limit(most)
  if (units !== null) query = query.where(sql<SqlBool>`lead_unit = any(${[...units]}::text[])`)
  if (answeredBy !== null) {
    query = query.where(
      sql<SqlBool>`${answeredBy} = (
        select staff_id from order_trail
        where order_id = work_orders.id and act = 'answer' order by seq desc limit 1)`,
    )
  }
  if (after !== null) {
    query = query.where(
      sql<SqlBool>`(coalesce(due_at, 'infinity'), work_orders.id)
        > (select coalesce(due_at, 'infinity'), id from work_orders where id = ${after})`,
    )
  }
  return await query.execute()
}

export async function leaderDays(db: Kysely<Database>, from: string, to: string) {
  return await withUnits(db).where('day', '>=', from).where('day', '<=', to).orderBy('day').execute()
}

export async function readLeaderDay(db: Kysely<Database>, id: string) {
  return (await withUnits(db).where('leader_days.id', '=', id).executeTakeFirst()) ?? null
}

function withUnits(db: Kysely<Database>) {
  return db
    .selectFrom('leader_days')
    .innerJoin('units', 'units.id', 'leader_days.unit_id')
    .selectAll('leader_days')
    .select('units.name_zh as unit_name')
    .orderBy('units.path')
}

export async function lockLeaderDay(trx: Transaction<Database>, id: string): Promise<LeaderDayRow | null> {
  const row = await trx
    .selectFrom('leader_days')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row ?? null
}

/** @returns null when the unit has a leader on that day already */
export async function insertLeaderDay(
  trx: Transaction<Database>,
  { day, unit, leader, staff, quota }: NewLeaderDayForm,
): Promise<LeaderDayRow | null> {
  const row = await trx
    .insertInto('leader_days')
    .values({
      ...{ id: randomUUID(), day, unit_id: asId<UnitId>(unit), leader },
      ...(quota === undefined ? {} : { quota }),
      staff_id: staff === null ? null : asId<StaffId>(staff),
    })
    .onConflict(conflict => conflict.columns(['day', 'unit_id']).doNothing())
    .returningAll()
    .executeTakeFirst()
  return row ?? null
}

/** The day is locked by whoever calls. */
export async function updateLeaderDay(
  trx: Transaction<Database>,
  { id, version }: LeaderDayRow,
  { leader, staff, quota }: LeaderForm,
): Promise<LeaderDayRow> {
  return await trx
    .updateTable('leader_days')
    .set({
      ...{ leader, version: version + 1 },
      ...(quota === undefined ? {} : { quota }),
      staff_id: staff === null ? null : asId<StaffId>(staff),
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

export interface Assistant {
  readonly id: string
  readonly name: string
}

/** Who sits beside the leaders of these days, by day. */
export async function assistantsOf(
  db: Kysely<Database>,
  days: readonly string[],
): Promise<ReadonlyMap<string, readonly Assistant[]>> {
  if (days.length === 0) return new Map()
  const rows = await db
    .selectFrom('leader_day_assistants')
    .innerJoin('staff', 'staff.id', 'leader_day_assistants.staff_id')
    .select(['day_id', 'staff.id', 'staff.name'])
    .where('day_id', 'in', days)
    .orderBy('staff.login')
    .execute()
  const byDay = Map.groupBy(rows, row => row.day_id)
  return new Map([...byDay].map(([day, people]) => [day, people.map(({ id, name }) => ({ id, name }))]))
}

export async function replaceAssistants(
  trx: Transaction<Database>,
  day: string,
  assistants: readonly string[],
): Promise<void> {
  await trx.deleteFrom('leader_day_assistants').where('day_id', '=', day).execute()
  if (assistants.length === 0) return
  await trx
    .insertInto('leader_day_assistants')
    .values(assistants.map(id => ({ day_id: day, staff_id: asId<StaffId>(id) })))
    .execute()
}

export async function deleteLeaderDay(trx: Transaction<Database>, id: string): Promise<void> {
  await trx.deleteFrom('leader_days').where('id', '=', id).execute()
}

/** The first time counts. */
export async function takeStep(
  trx: Transaction<Database>,
  { id }: LeaderDayRow,
  step: Step,
  at: Instant,
): Promise<void> {
  const column = STEP_COLUMNS[step]
  await trx
    .updateTable('leader_days')
    .set({ [column]: new Date(at) })
    .where('id', '=', id)
    .where(column, 'is', null)
    .execute()
}

export async function itemsOf(db: Kysely<Database>, days: readonly string[]) {
  if (days.length === 0) return []
  return await db
    .selectFrom('leader_day_items')
    .leftJoin('staff', 'staff.id', 'leader_day_items.done_by')
    .selectAll('leader_day_items')
    .select('staff.name as done_by_name')
    .where('day_id', 'in', days)
    .orderBy('position')
    .execute()
}

export type ItemRow = Awaited<ReturnType<typeof itemsOf>>[number]

/** Keeps how a talk went; a miss after somebody was reached takes nothing back. */
export async function writeResult(
  trx: Transaction<Database>,
  day: string,
  order: WorkOrderId,
  form: ResultForm,
  by: StaffId,
  at: Instant,
): Promise<void> {
  const done = { done_at: new Date(at), done_by: by }
  const items = trx.updateTable('leader_day_items').where('day_id', '=', day).where('order_id', '=', order)
  switch (form.do) {
    case 'rate': {
      const { grade, solved } = form
      await items.set({ ...done, result: 'rated', grade, solved }).execute()
      break
    }
    case 'note':
      await items
        .set({ ...done, result: 'reached' })
        .where(({ eb, or }) => or([eb('result', 'is', null), eb('result', '<>', 'rated')]))
        .execute()
      break
    case 'miss-call-back':
      await items.set(({ eb }) => ({ misses: eb('misses', '+', 1) })).execute()
      await items
        .set({ ...done, result: 'missed' })
        .where(({ eb, or }) => or([eb('result', 'is', null), eb('result', '=', 'missed')]))
        .execute()
  }
}

export async function isListed(db: Kysely<Database>, day: string, order: WorkOrderId): Promise<boolean> {
  const row = await db
    .selectFrom('leader_day_items')
    .select('order_id')
    .where('day_id', '=', day)
    .where('order_id', '=', order)
    .executeTakeFirst()
  return row !== undefined
}

/** Days of these that have no list yet. */
export async function unprepared(db: Kysely<Database>, days: readonly string[]): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('leader_days')
    .select('id')
    .where('day', 'in', days)
    .where('prepared_at', 'is', null)
    .orderBy('day')
    .execute()
  return rows.map(({ id }) => id)
}

/**
 * The orders of the unit and those below it that are answered and wait for review or for the call-back, the worst
 * first: supervised, overdue, handled again, complained of by several; then the soonest due.
 */
export async function listOrders(
  trx: Transaction<Database>,
  { id, unit_id: unit, quota }: LeaderDayRow,
  now: Instant,
): Promise<void> {
  const { rows } = await sql<{ id: WorkOrderId; reasons: LeaderDayReason[] }>`
    select id, array_remove(array[
             case when supervision > 0 then 'supervised' end, case when overdue then 'overdue' end,
             case when reworks > 0 then 'reworked' end, case when repeats > 0 then 'repeated' end], null) as reasons
    from (
      select o.id, o.supervision, o.reworks, o.due_at, coalesce(o.due_at < ${new Date(now)}, false) as overdue,
             (select count(*) from work_orders m where m.merged_into = o.id)
             + (select count(*) from order_links l
                where l.kind = 'repeat' and (l.order_id = o.id or l.other_id = o.id)) as repeats
      from work_orders o
      where o.status in ('to-review', 'to-call-back')
        and o.lead_unit in (select units.id from units where units.path @> array[${unit}])
    ) candidates
    order by supervision desc, overdue desc, reworks desc, repeats desc, due_at, id
    limit ${quota * LISTED_PER_CALL}`.execute(trx)
  if (rows.length > 0) {
    await trx
      .insertInto('leader_day_items')
      .values(
        rows.map(({ id: order_id, reasons }, i) => ({ day_id: id, order_id, position: i + 1, reasons })),
      )
      .execute()
  }
  await trx
    .updateTable('leader_days')
    .set({ prepared_at: new Date(now) })
    .where('id', '=', id)
    .execute()
}

export async function isUnit(db: Kysely<Database>, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('units')
    .select('id')
    .where('id', '=', asId<UnitId>(id))
    .where('closed_at', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}

/** Of these, who works here. */
export async function knownStaff(db: Kysely<Database>, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const named = ids.map(id => asId<StaffId>(id))
  const rows = await db.selectFrom('staff').select('id').where('id', 'in', named).execute()
  return new Set(rows.map(({ id }) => id))
}
