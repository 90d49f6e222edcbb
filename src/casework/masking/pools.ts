import { randomUUID } from 'node:crypto'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { Database, NumberPoolsTable } from '#database/types.ts'
import type { ShortNumber, StaffId } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'
import { type PoolState, type PoolUse, poolState } from '../../cases/masking/lease.ts'
import { holdersOf } from '../../people/roles/index.ts'
import { notify } from '../notices/index.ts'
import type { PoolForm } from './schema.ts'

export type PoolRow = Selectable<NumberPoolsTable>

/** A number that is nobody's, kept for this transaction; `restHours` before anybody else gets it. */
export interface TakenNumber {
  readonly number: ShortNumber
  readonly pool: string
  readonly restHours: number
}

/**
 * Takes the number that has rested longest. Whoever asks at the same time gets the next one and waits for nobody.
 * @returns null when the pools of this use are dry
 */
export async function takeNumber(
  trx: Transaction<Database>,
  use: PoolUse,
  at: Instant,
): Promise<TakenNumber | null> {
  const when = new Date(at)
  const pools = await trx
    .selectFrom('number_pools as p')
    .select(['p.id', 'p.rest_hours'])
    .select(({ selectFrom }) =>
      selectFrom('short_numbers as s')
        .select('s.free_from')
        .whereRef('s.pool_id', '=', 'p.id')
        .where('s.free_from', '<=', when)
        .orderBy('s.free_from')
        .limit(1)
        .as('rested_since'),
    )
    .where('p.use', '=', use)
    .where('p.active', '=', true)
    .orderBy(sql`rested_since`, order => order.asc().nullsLast())
    .execute()
  for (const { id, rest_hours } of pools) {
    const row = await trx
      .selectFrom('short_numbers')
      .select('number')
      .where('pool_id', '=', id)
      .where('free_from', '<=', when)
      .orderBy('free_from')
      .orderBy('number')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (row !== undefined) return { number: row.number, pool: id, restHours: rest_hours }
  }
  return null
}

/** Of our own, or a carrier's, which serve either use: a city without any does without these bindings. */
export async function hasNumbers(db: Kysely<Database>, use: PoolUse): Promise<boolean> {
  const { rows } = await sql`
    select from number_pools where use = ${use} and active
    union all select from mask_carriers where active
    limit 1
  `.execute(db)
  return rows.length > 0
}

/** Says once that pools of this use have come to be low or dry; that they are well again is noted. */
export async function watchPools(trx: Transaction<Database>, use: PoolUse, at: Instant): Promise<void> {
  const { rows } = await sql<Pick<PoolRow, 'id' | 'name' | 'low_at' | 'told_state'> & { free: number }>`
    select p.id, p.name, p.low_at, p.told_state, n.free
    from number_pools p cross join lateral (
      select count(*)::int as free from (
        select from short_numbers s where s.pool_id = p.id and s.free_from <= ${new Date(at)}
        -- More than enough for poolState to tell.
        limit 2 * p.low_at + 1) found) n
    where p.use = ${use} and p.active
  `.execute(trx)
  for (const { id, name, low_at, told_state, free } of rows) {
    const state = poolState(free, low_at, told_state)
    if (state === told_state) continue
    const told = await trx
      .updateTable('number_pools')
      .set({ told_state: state })
      .where('id', '=', id)
      .where('told_state', '=', told_state)
      .returning('id')
      .executeTakeFirst()
    if (told !== undefined) await tellPool(trx, state, { pool: id, name, free })
  }
}

/** To those who can add numbers. */
export async function tellPool(
  trx: Transaction<Database>,
  state: PoolState,
  detail: { readonly pool: string; readonly name: string; readonly free: number },
): Promise<void> {
  if (state === 'ok') return
  const kind = state === 'dry' ? 'number-pool-dry' : 'number-pool-low'
  const to = await holdersOf(trx, 'settings.edit')
  await notify(
    trx,
    to.map((staff: StaffId) => ({ order: null, to: { staff }, kind, detail })),
  )
}

export interface PoolFigures extends PoolRow {
  readonly total: number
  readonly free: number
  readonly bound: number
  readonly waiting: number
}

/** All pools, with how their numbers stand; or one. */
export async function poolFigures(
  db: Kysely<Database>,
  at: Instant,
  id: string | null = null,
): Promise<PoolFigures[]> {
  const when = new Date(at)
  const { rows } = await sql<PoolFigures>`
    select p.*, n.total, n.free, b.bound, w.waiting
    from number_pools p
    cross join lateral (
      select count(*)::int as total, count(*) filter (where free_from <= ${when})::int as free
      from short_numbers where pool_id = p.id) n
    cross join lateral (
      select count(*)::int as bound from short_numbers s join bindings b on b.short_number = s.number
      where s.pool_id = p.id and s.free_from > ${when} and b.valid_from <= ${when}
        and coalesce(least(b.valid_until, b.ended_at), 'infinity') > ${when}) b
    cross join lateral (
      select count(*)::int as waiting from bindings where use = p.use and short_number is null
        and coalesce(least(valid_until, ended_at), 'infinity') > ${when}) w
    where ${id}::uuid is null or p.id = ${id}
    order by p.use desc, p.name
  `.execute(db)
  return rows
}

export async function lockPool(trx: Transaction<Database>, id: string): Promise<PoolRow | null> {
  const row = await trx
    .selectFrom('number_pools')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row ?? null
}

/** A pool of a city that begins: nobody has any of its numbers yet. */
export async function makePool(trx: Transaction<Database>, form: PoolForm): Promise<void> {
  const id = randomUUID()
  await writePool(trx, id, form, 1)
  await fillPool(trx, id, form, 0)
}

/** @returns false when another pool has that name */
export async function writePool(
  trx: Transaction<Database>,
  id: string,
  form: PoolForm,
  version: number,
): Promise<boolean> {
  const row = {
    ...{ name: form.name, use: form.use, first_number: form.first, last_number: form.last },
    ...{ rest_hours: form.restHours, low_at: form.lowAt, active: form.active, version },
  }
  const taken = await trx
    .selectFrom('number_pools')
    .select('id')
    .where('name', '=', form.name)
    .where('id', '<>', id)
    .executeTakeFirst()
  if (taken !== undefined) return false
  await trx
    .insertInto('number_pools')
    .values({ id, ...row })
    .onConflict(conflict => conflict.column('id').doUpdateSet(row))
    .execute()
  return true
}

/** Numbers of the range that are something else already: another pool's, a line, a seat. */
export async function numbersTaken(
  db: Kysely<Database>,
  pool: string,
  { first, last }: PoolForm,
): Promise<readonly string[]> {
  const within = (column: string) =>
    sql<boolean>`length(${sql.ref(column)}) = ${first.length}
      and ${sql.ref(column)} collate "C" between ${first} and ${last}`
  const { rows } = await sql<{ number: string }>`
    select number from short_numbers where ${within('number')} and pool_id <> ${pool}
    union all select number from lines where ${within('number')}
    union all select number from seats where ${within('number')}
    order by 1 limit 5
  `.execute(db)
  return rows.map(({ number }) => number)
}

/**
 * Makes the pool's numbers those of its range.
 * @returns false when one that would go is bound or rests
 */
export async function fillPool(
  trx: Transaction<Database>,
  pool: string,
  { first, last }: PoolForm,
  at: Instant,
): Promise<boolean> {
  const outside = sql<boolean>`(length(number) <> ${first.length} or number not between ${first} and ${last})`
  // Kept until the pool is saved: nobody is given one that goes.
  const going = await trx
    .selectFrom('short_numbers')
    .select(['number', sql<boolean>`free_from <= ${new Date(at)}`.as('free')])
    .where('pool_id', '=', pool)
    .where(outside)
    .forUpdate()
    .execute()
  if (going.some(({ free }) => !free)) return false
  await trx.deleteFrom('short_numbers').where('pool_id', '=', pool).where(outside).execute()
  await sql`
    insert into short_numbers (number, pool_id)
    select lpad(n::text, ${first.length}::int, '0'), ${pool}::uuid
    from generate_series(${first}::bigint, ${last}::bigint) n
    on conflict (number) do nothing
  `.execute(trx)
  return true
}
