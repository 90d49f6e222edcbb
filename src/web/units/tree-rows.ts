import type { UnitRow } from '../../casework/units/schema.ts'

/** A unit as the tree shows it. The counts are of the whole branch, the unit itself not among `below`. */
export interface TreeRow {
  readonly unit: UnitRow
  readonly depth: number
  readonly below: number
  readonly orders: number
}

/** Every unit with its place and its branch's counts, in the order of the list: each before those below it. */
export function treeRows(units: readonly UnitRow[]): readonly TreeRow[] {
  const depths = new Map<string | null, number>([[null, -1]])
  for (const { id, parent } of units) depths.set(id, (depths.get(parent) ?? -1) + 1)
  const below = new Map<string, number>()
  const orders = new Map<string, number>()
  // From the last to the first, so that each has its branch's sum before it is added to the one above.
  for (const { id, parent, openOrders } of units.toReversed()) {
    const sum = (orders.get(id) ?? 0) + openOrders
    orders.set(id, sum)
    if (parent === null) continue
    below.set(parent, (below.get(parent) ?? 0) + (below.get(id) ?? 0) + 1)
    orders.set(parent, (orders.get(parent) ?? 0) + sum)
  }
  return units.map(unit => ({
    unit,
    depth: depths.get(unit.id) ?? 0,
    below: below.get(unit.id) ?? 0,
    orders: orders.get(unit.id) ?? 0,
  }))
}

/** The rows whose branches are unfolded all the way up. */
export function unfolded(rows: readonly TreeRow[], open: ReadonlySet<string>): readonly TreeRow[] {
  const shown = new Set<string>()
  return rows.filter(({ unit: { id, parent } }) => {
    const isShown = parent === null || (shown.has(parent) && open.has(parent))
    if (isShown) shown.add(id)
    return isShown
  })
}

/** Below the root there are many units: the first of each kind there, for a heading over it. */
export function firstOfKind(rows: readonly TreeRow[]): ReadonlySet<string> {
  const siblings = rows.filter(({ depth }) => depth === 1)
  const first = siblings.filter(({ unit }, index) => siblings[index - 1]?.unit.kind !== unit.kind)
  return new Set(first.map(({ unit }) => unit.id))
}

/** The units above one, from the root down. */
export function unitsAbove(units: readonly UnitRow[], id: string): readonly UnitRow[] {
  const byId = new Map(units.map(unit => [unit.id, unit]))
  const above: UnitRow[] = []
  for (let at = byId.get(id)?.parent ?? null; at !== null; at = byId.get(at)?.parent ?? null) {
    const unit = byId.get(at)
    if (unit === undefined) break
    above.unshift(unit)
  }
  return above
}

/** Where a unit may go: below any that is open, but neither below itself nor where it is already. */
export function placesFor(units: readonly UnitRow[], moved: UnitRow): readonly UnitRow[] {
  return units.filter(
    ({ id, closed }) =>
      !closed &&
      id !== moved.id &&
      id !== moved.parent &&
      !unitsAbove(units, id).some(above => above.id === moved.id),
  )
}
