import { type RawBuilder, sql } from 'kysely'
import type { StaffId, UnitId } from '#kernel/ids.ts'
import type { Actor } from '../../cases/actor.ts'
import { RIGHTS } from '../../cases/rights.ts'

/** Which orders somebody may see as rows: all, or those of some units together with those they opened themselves. */
export type Sight =
  | { readonly all: true }
  | { readonly all: false; readonly units: readonly UnitId[]; readonly openedBy: StaffId | null }

/** Rights that show a unit's orders: to read them, or to do anything for the unit. */
const OVER_UNITS = RIGHTS.filter(right => right === 'order.read-unit' || right.startsWith('unit.'))

export function sightOf(actor: Actor): Sight {
  if (actor.kind === 'service') return { all: true }
  // A unit's right that is granted over no unit holds for the whole city.
  if (actor.city.has('order.read-all') || OVER_UNITS.some(right => actor.city.has(right)))
    return { all: true }
  const units = new Set(OVER_UNITS.flatMap(right => [...(actor.overUnits.get(right) ?? [])]))
  return {
    all: false,
    units: [...units].sort(),
    openedBy: actor.city.has('order.register') ? actor.staff : null,
  }
}

/**
 * The row limit of orders, for any query that reads `work_orders` under that name. A secret order is a row to its units
 * like any other; who is behind it is not.
 */
export function visibleTo(actor: Actor): RawBuilder<boolean> {
  const sight = sightOf(actor)
  if (sight.all) return sql<boolean>`true`
  const own = sql<boolean>`work_orders.opened_by = ${sight.openedBy}::uuid`
  const ofUnits = assignedTo(sight.units)
  if (sight.units.length === 0) return sight.openedBy === null ? sql<boolean>`false` : own
  return sight.openedBy === null ? ofUnits : sql<boolean>`(${own} or ${ofUnits})`
}

/** One of these units has or had a part in it. */
export function assignedTo(units: readonly UnitId[]): RawBuilder<boolean> {
  return sql<boolean>`exists (
    select from order_assignments
    where order_assignments.order_id = work_orders.id and order_assignments.unit_id = any(${[...units]}::text[]))`
}
