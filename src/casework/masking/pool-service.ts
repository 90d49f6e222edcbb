import { randomUUID } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Database } from '#database/types.ts'
import { badInput, type Outcome, ok, refuse } from '#kernel/outcome.ts'
import type { Instant } from '#kernel/time.ts'
import { POOL_USES, poolState } from '../../cases/masking/lease.ts'
import { recordChange } from '../../floor/config-changes/index.ts'
import { holds } from '../../people/roles/index.ts'
import type { StaffMember } from '../../people/staff/index.ts'
import { undoing } from '../life/index.ts'
import {
  fillPool,
  lockPool,
  numbersTaken,
  type PoolFigures,
  type PoolRow,
  poolFigures,
  watchPools,
  writePool,
} from './pools.ts'
import { checkPool } from './rules.ts'
import type { NumberPage, NumberQuery, PoolForm, PoolView } from './schema.ts'

const PAGE = 100

export interface PoolParts {
  readonly db: Kysely<Database>
  /** Lines and other numbers that no pool may have. */
  readonly reserved: readonly string[]
  now(): Instant
}

export async function listPools({ db, now }: PoolParts, member: StaffMember): Promise<Outcome<PoolView[]>> {
  if (!(await holds(db, member, 'settings.edit'))) return refuse('not-allowed')
  return ok((await poolFigures(db, now())).map(present))
}

export function addPool(parts: PoolParts, member: StaffMember, form: PoolForm): Promise<Outcome<PoolView>> {
  return savePool(parts, member, null, form)
}

/**
 * Saves a pool over the version that was edited.
 * @param edited null: a new one
 */
export async function savePool(
  { db, reserved, now }: PoolParts,
  member: StaffMember,
  edited: { readonly id: string; readonly version: number } | null,
  given: PoolForm,
): Promise<Outcome<PoolView>> {
  if (!(await holds(db, member, 'settings.edit'))) return refuse('not-allowed')
  const checked = checkPool(given)
  if (!checked.ok) return checked
  const [form, at, id] = [checked.value, now(), edited?.id ?? randomUUID()]
  const saved = await undoing(db, async (trx): Promise<Outcome<void>> => {
    // Two ranges that are saved at once could overlap.
    await sql`select pg_advisory_xact_lock(hashtext('number-pools'))`.execute(trx)
    const row = edited === null ? null : await lockPool(trx, id)
    if (edited !== null && row === null) return refuse('not-found')
    if (edited !== null && row?.version !== edited.version) {
      return refuse('changed-meanwhile', `is at version ${row?.version}`)
    }
    const taken = [
      ...(await numbersTaken(trx, id, form)),
      ...reserved.filter(number => isWithin(form, number)),
    ]
    if (taken.length > 0) return badInput({ first: 'number-taken' })
    if (!(await writePool(trx, id, form, (row?.version ?? 0) + 1))) return refuse('exists-already')
    if (!(await fillPool(trx, id, form, at))) return refuse('numbers-in-use')
    for (const use of POOL_USES) await watchPools(trx, use, at)
    const before = row === null ? null : formOf(row)
    await recordChange(trx, { by: member.id, subject: 'number-pool', key: form.name, before, after: form })
    return ok(undefined)
  })
  if (!saved.ok) return saved
  const [view] = await poolFigures(db, at, id)
  return view === undefined ? refuse('not-found') : ok(present(view))
}

function isWithin({ first, last }: PoolForm, number: string): boolean {
  return number.length === first.length && number >= first && number <= last
}

function formOf(row: PoolRow): PoolForm {
  return {
    name: row.name,
    use: row.use,
    first: row.first_number,
    last: row.last_number,
    restHours: row.rest_hours,
    lowAt: row.low_at,
    active: row.active,
  }
}

function present(row: PoolFigures): PoolView {
  return {
    id: row.id,
    ...formOf(row),
    total: row.total,
    free: row.free,
    bound: row.bound,
    resting: row.total - row.free - row.bound,
    state: poolState(row.free, row.low_at, row.told_state),
    waiting: row.waiting,
    version: row.version,
  }
}

/** A pool's numbers with who has them, a page at a time. */
export async function poolNumbers(
  { db, now }: PoolParts,
  member: StaffMember,
  id: string,
  { state, after }: NumberQuery,
): Promise<Outcome<NumberPage>> {
  if (!(await holds(db, member, 'settings.edit'))) return refuse('not-allowed')
  const at = new Date(now())
  const { rows } = await sql<NumberRow>`
    select * from (
      select s.number as short, nullif(nullif(s.free_from, 'infinity'), '-infinity') as until,
             held.order_id, held.order_number, held.unit,
             case when s.free_from <= ${at} then 'free'
                  when coalesce(held.over, 'infinity') > ${at} then 'bound' else 'resting' end as state
      from short_numbers s
      left join lateral (
        select b.order_id, o.number as order_number, u.name_zh as unit, least(b.valid_until, b.ended_at) as over
        from bindings b join work_orders o on o.id = b.order_id join units u on u.id = b.unit_id
        where b.short_number = s.number and s.free_from > ${at}
        order by b.valid_from desc limit 1) held on true
      where s.pool_id = ${id}) n
    where (${state ?? null}::text is null or state = ${state ?? null})
      and (${after ?? null}::text is null or short > ${after ?? null} collate "C")
    order by short collate "C" limit ${PAGE + 1}
  `.execute(db)
  const items = rows.slice(0, PAGE)
  return ok({
    items: items.map(row => ({
      short: row.short,
      state: row.state,
      until: row.until?.toISOString() ?? null,
      order:
        row.order_id === null || row.order_number === null
          ? null
          : { id: row.order_id, number: row.order_number },
      unit: row.unit,
    })),
    next: rows.length > PAGE ? (items.at(-1)?.short ?? null) : null,
  })
}

interface NumberRow {
  readonly short: string
  readonly state: 'free' | 'bound' | 'resting'
  readonly until: Date | null
  readonly order_id: string | null
  readonly order_number: string | null
  readonly unit: string | null
}
