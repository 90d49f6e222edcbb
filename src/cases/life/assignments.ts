import type { UnitId } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'
import type { Assignee } from './acts.ts'
import type { Assignment, Order } from './order.ts'

const OVER: ReadonlySet<Assignment['state']> = new Set(['returned', 'withdrawn'])

/** Neither returned nor withdrawn: the unit has, or has had, its part in the order. */
export function standing({ assignments }: Order): readonly Assignment[] {
  return assignments.filter(({ state }) => !OVER.has(state))
}

export function assignmentOf(order: Order, unit: UnitId): Assignment | null {
  return standing(order).find(one => one.unit === unit) ?? null
}

/** The unit that the hotline holds to account: the lead that no other unit has passed it to. */
export function leadOf(order: Order): Assignment | null {
  return standing(order).find(({ role, from }) => role === 'lead' && from === null) ?? null
}

export function assigned({ unit, role, person }: Assignee, from: UnitId | null, at: Instant): Assignment {
  return {
    unit,
    role,
    person,
    from,
    state: 'to-sign',
    assignedAt: at,
    signedAt: null,
    contactedAt: null,
    answeredAt: null,
    binding: false,
  }
}

/** Changes one unit's part. */
export function withPart(order: Order, unit: UnitId, part: Partial<Assignment>): Order {
  const changed = (one: Assignment) => (one.unit === unit ? { ...one, ...part } : one)
  return { ...order, assignments: order.assignments.map(changed) }
}

/** Adds parts; a unit that had one before begins anew. */
export function withParts(order: Order, parts: readonly Assignment[]): Order {
  const units = new Set(parts.map(({ unit }) => unit))
  const kept = order.assignments.filter(({ unit }) => !units.has(unit))
  return { ...order, assignments: [...kept, ...parts] }
}

/** Every part that still stands is taken back. */
export function withdrawn(order: Order): Order {
  const changed = (one: Assignment): Assignment =>
    OVER.has(one.state) ? one : { ...one, state: 'withdrawn' }
  return { ...order, assignments: order.assignments.map(changed) }
}
