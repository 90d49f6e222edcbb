import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import { asId, type UnitId } from '#kernel/ids.ts'
import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import type { Instant } from '#kernel/time.ts'
import type { LifeTable } from '../../cases/life/table.ts'
import { actorOf, type StaffActor } from '../../people/roles/index.ts'
import type { StaffMember } from '../../people/staff/index.ts'
import { presentCitizens, veilFor } from '../citizens/index.ts'
import { ordersReadBy, tableOfVersion } from '../life/index.ts'
import { unitsBelow } from '../units/index.ts'
import { tryAgainAt, unitsCalledBackBy } from './rules.ts'
import type { CallBack, CallBackQuery } from './schema.ts'
import { type CallBackRow, ordersToCallBack } from './store.ts'

const PAGE = 50

/** The orders that somebody may ask citizens about, the soonest due first. */
export async function callBacks(
  db: Kysely<Database>,
  member: StaffMember,
  { unit, mine, after }: CallBackQuery,
  now: Instant,
): Promise<Outcome<CallBack[]>> {
  const actor = await actorOf(db, member)
  const own = unitsCalledBackBy(actor)
  if (own?.length === 0) return refuse('not-allowed')
  const asked = unit === undefined ? null : await unitsBelow(db, [asId<UnitId>(unit)])
  const rows = await ordersToCallBack(db, ordersReadBy(actor), {
    units: asked === null ? own : asked.filter(id => own === null || own.includes(id)),
    answeredBy: mine === 'true' ? actor.staff : null,
    after: after === undefined ? null : asId(after),
    most: PAGE,
  })
  return ok(await presentOrders(db, rows, actor, now))
}

/** Orders as lists of call-backs tell them, in the order given. */
export async function presentOrders(
  db: Kysely<Database>,
  rows: readonly CallBackRow[],
  actor: StaffActor,
  now: Instant,
): Promise<CallBack[]> {
  const citizens = await presentCitizens(db, rows, actor)
  const words = await veilFor(
    db,
    actor.staff,
    rows.map(({ id }) => id),
  )
  const tables = await tablesOf(db, rows)
  return rows.flatMap(row => {
    const citizen = citizens.get(row.id)
    const numbers = tables.get(row.life?.lifeVersion ?? 0)?.numbers
    if (citizen === undefined) return []
    const tries = row.life?.callBackTries ?? []
    const next = row.life === null || numbers === undefined ? null : tryAgainAt(row.life, numbers, now)
    return [
      {
        id: row.id,
        number: row.number,
        title: words(row.id, row.title),
        priority: row.priority,
        leadUnit: row.lead_unit,
        leadUnitName: row.lead_unit_name,
        supervision: row.supervision,
        reworks: row.reworks,
        citizen,
        openedAt: row.opened_at.toISOString(),
        dueAt: row.due_at?.toISOString() ?? null,
        tries: tries.map(({ at }) => new Date(at).toISOString()),
        triesLeft: Math.max(0, (numbers?.callBackTries ?? 0) - tries.length),
        tryAgainAt: next === null ? null : new Date(next).toISOString(),
        version: row.version,
      },
    ]
  })
}

/** The life tables that these orders began with, by version. */
async function tablesOf(
  db: Kysely<Database>,
  rows: readonly CallBackRow[],
): Promise<ReadonlyMap<number, LifeTable>> {
  const versions = new Set(rows.flatMap(({ life }) => (life === null ? [] : [life.lifeVersion])))
  return new Map(
    await Promise.all([...versions].map(async one => [one, await tableOfVersion(db, one)] as const)),
  )
}
