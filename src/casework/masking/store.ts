import { randomUUID } from 'node:crypto'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { BindingsTable, Database, MaskTermsTable } from '#database/types.ts'
import { asId, type BindingId, type StaffId, type UnitId, type WorkOrderId } from '#kernel/ids.ts'
import { HOUR_MS, type Instant, today } from '#kernel/time.ts'
import type { MaskDirection } from '../../cases/masking/binding.ts'
import { leaseOver, type PoolUse } from '../../cases/masking/lease.ts'
import { sameNumber } from '../citizens/index.ts'
import { type TakenNumber, takeNumber } from './pools.ts'
import type { WrongPin } from './wrong-pins.ts'

export type BindingRow = Selectable<BindingsTable>
export type MaskTerms = Omit<Selectable<MaskTermsTable>, 'only_one'>

export async function readTerms(db: Kysely<Database>): Promise<MaskTerms> {
  return await db
    .selectFrom('mask_terms')
    .select(['grace_hours', 'most_days', 'calls_a_day', 'talk_minutes', 'records'])
    .executeTakeFirstOrThrow()
}

/** The settings, for whoever acts within a transaction: written at each start. */
export async function writeTerms(db: Kysely<Database>, terms: MaskTerms): Promise<void> {
  await db.updateTable('mask_terms').set(terms).execute()
}

export interface BindingToMake {
  readonly order: WorkOrderId
  readonly unit: UnitId
  readonly use: PoolUse
  readonly direction: MaskDirection
  readonly mostCallsADay: number
  readonly mostTalkMinutes: number
  readonly records: boolean
  readonly madeBy: StaffId | null
  readonly from: Instant
  /** Null: as long as the order is open. */
  readonly until: Instant | null
}

/** With a number, or without one while the pools are dry: `bindWaiting` finds it one later. */
export async function insertBinding(
  trx: Transaction<Database>,
  make: BindingToMake,
  pinOf: (id: BindingId) => Buffer | null = () => null,
): Promise<BindingRow> {
  const id = asId<BindingId>(randomUUID())
  const taken = (await numberKept(trx, make)) ?? (await takeNumber(trx, make.use, make.from))
  return await trx
    .insertInto('bindings')
    .values({
      ...{ id, order_id: make.order, unit_id: make.unit, use: make.use, direction: make.direction },
      ...{ short_number: taken?.number ?? null, pool_id: taken?.pool ?? null },
      ...{ most_calls_a_day: make.mostCallsADay, most_talk_minutes: make.mostTalkMinutes },
      ...{ records: make.records, pin_digest: pinOf(id), made_by: make.madeBy },
      ...{ valid_from: new Date(make.from), valid_until: date(make.until) },
      rests_until: taken === null ? null : restsUntil(make.until, taken.restHours),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/**
 * The number that still rests after the same unit's last binding of the same order: it means the same two, and who ends
 * and binds again and again takes no other from the pool.
 */
async function numberKept(
  trx: Transaction<Database>,
  { order, unit, from }: BindingToMake,
): Promise<TakenNumber | null> {
  const last = (await bindingsOf(trx, order)).find(row => row.unit_id === unit)
  if (last === undefined || last.short_number === null || last.pool_id === null) return null
  const over = leaseOver({ validUntil: time(last.valid_until), endedAt: time(last.ended_at) })
  if (over === null || over > from || last.rests_until === null || last.rests_until.getTime() <= from)
    return null
  const pool = await trx
    .selectFrom('number_pools')
    .select('rest_hours')
    .where('id', '=', last.pool_id)
    .where('active', '=', true)
    .executeTakeFirst()
  if (pool === undefined) return null
  await updateBinding(trx, last, { rests_until: new Date(over) })
  return { number: last.short_number, pool: last.pool_id, restHours: pool.rest_hours }
}

/** A binding that waited has its time from now on. */
export async function giveNumber(
  trx: Transaction<Database>,
  row: BindingRow,
  taken: TakenNumber,
  at: Instant,
): Promise<BindingRow> {
  const until = row.valid_until === null ? null : row.valid_until.getTime() + (at - row.valid_from.getTime())
  return await updateBinding(trx, row, {
    ...{ short_number: taken.number, pool_id: taken.pool },
    ...{ valid_from: new Date(at), valid_until: date(until) },
    rests_until: restsUntil(until, taken.restHours),
  })
}

export type BindingChange = Partial<
  Pick<
    BindingRow,
    | 'short_number'
    | 'pool_id'
    | 'valid_from'
    | 'valid_until'
    | 'ended_at'
    | 'end_reason'
    | 'rests_until'
    | 'pin_digest'
  >
>

export async function updateBinding(
  trx: Transaction<Database>,
  { id, version }: BindingRow,
  change: BindingChange,
): Promise<BindingRow> {
  return await trx
    .updateTable('bindings')
    .set({ ...change, version: version + 1, changed_at: sql<Date>`clock_timestamp()` })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Gives its time another end; its number rests after that. */
export async function setLease(
  trx: Transaction<Database>,
  row: BindingRow,
  change: Pick<BindingChange, 'valid_until' | 'ended_at' | 'end_reason'>,
): Promise<BindingRow> {
  const { valid_until, ended_at } = { ...row, ...change }
  const over = leaseOver({ validUntil: time(valid_until), endedAt: time(ended_at) })
  const hours = row.pool_id === null ? 0 : await restHoursOf(trx, row.pool_id)
  const rests = row.short_number === null ? null : restsUntil(over, hours)
  return await updateBinding(trx, row, { ...change, rests_until: rests })
}

async function restHoursOf(db: Kysely<Database>, pool: string): Promise<number> {
  const row = await db
    .selectFrom('number_pools')
    .select('rest_hours')
    .where('id', '=', pool)
    .executeTakeFirstOrThrow()
  return row.rest_hours
}

function restsUntil(over: Instant | null, restHours: number): Date | null {
  return over === null ? null : new Date(over + restHours * HOUR_MS)
}

/** The order's, the newest first. */
export function bindingsOf(db: Kysely<Database>, order: WorkOrderId): Promise<BindingRow[]> {
  return db
    .selectFrom('bindings')
    .selectAll()
    .where('order_id', '=', order)
    .orderBy('valid_from', 'desc')
    .orderBy('id')
    .execute()
}

export async function readBinding(db: Kysely<Database>, id: BindingId): Promise<BindingRow | null> {
  return (await db.selectFrom('bindings').selectAll().where('id', '=', id).executeTakeFirst()) ?? null
}

/** Those that wait for a number, the oldest first. */
export function waitingBindings(db: Kysely<Database>, use: PoolUse, at: Instant): Promise<BindingRow[]> {
  return db
    .selectFrom('bindings')
    .selectAll()
    .where('use', '=', use)
    .where('short_number', 'is', null)
    .where('ended_at', 'is', null)
    .where(({ eb, or }) => or([eb('valid_until', 'is', null), eb('valid_until', '>', new Date(at))]))
    .orderBy('valid_from')
    .execute()
}

/** In the one form in which numbers are compared; empty when it was withheld. */
export async function citizenNumberOf(db: Kysely<Database>, order: WorkOrderId): Promise<string> {
  const row = await db
    .selectFrom('work_orders as o')
    .select(citizenNumber)
    .where('o.id', '=', order)
    .executeTakeFirst()
  return sameNumber(row?.citizen_number ?? '')
}

/** The number that asked, or else the first that the citizen's record has. */
export const citizenNumber = sql<string>`coalesce(nullif(o.caller_number, ''), (
  select n.number from citizen_numbers n where n.citizen_id = o.citizen_id order by n.number limit 1), '')`.as(
  'citizen_number',
)

/** A unit and an order, between which calls are counted: who ends a binding and binds again has the same day. */
export function pairOf(order: WorkOrderId, unit: UnitId): string {
  return `${order} ${unit}`
}

/** How many calls were put through on this day of the city, by `pairOf`, whichever of its bindings they went by. */
export async function callsToday(
  db: Kysely<Database>,
  at: Instant,
  orders: readonly WorkOrderId[] | 'all' = 'all',
): Promise<ReadonlyMap<string, number>> {
  const { from, to } = today(at)
  let query = db
    .selectFrom('binding_calls as c')
    .innerJoin('bindings as b', 'b.id', 'c.binding_id')
    .select(['b.order_id', 'b.unit_id', sql<number>`count(*)::int`.as('calls')])
    .where('c.at', '>=', from)
    .where('c.at', '<', to)
    .where('c.result', '<>', 'refused')
    .groupBy(['b.order_id', 'b.unit_id'])
  if (orders !== 'all') query = query.where('c.order_id', '=', sql<WorkOrderId>`any(${[...orders]}::uuid[])`)
  const rows = await query.execute()
  return new Map(rows.map(({ order_id, unit_id, calls }) => [pairOf(order_id, unit_id), calls]))
}

/** Calls since then that ended at a wrong PIN, the oldest first, but for those of before the PIN was renewed. */
export async function wrongPinCalls(db: Kysely<Database>, since: Instant): Promise<readonly WrongPin[]> {
  const { rows } = await sql<{ binding: BindingId; caller: string; at: Date }>`
    select c.binding_id as binding, calls.caller_number as caller, c.at
    from binding_calls c join calls on calls.id = c.call_id
    where c.result = 'refused' and c.reason = 'mask-wrong-pin' and c.at > ${new Date(since)}
      and not exists (
        select from order_trail t
        where t.order_id = c.order_id and t.act = 'mask-pin' and t.at >= c.at
          and t.detail ->> 'binding' = c.binding_id::text)
    order by c.at`.execute(db)
  return rows.map(({ at, ...call }) => ({ ...call, at: at.getTime() }))
}

export function time(at: Date | null): Instant | null {
  return at === null ? null : at.getTime()
}

export function date(at: Instant | null): Date | null {
  return at === null ? null : new Date(at)
}
