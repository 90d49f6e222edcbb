import type { StaffId, UnitId } from '#kernel/ids.ts'
import type { Right } from './rights.ts'

/** Who acts on a case: a person with rights, or the service itself by a rule of the house. */
export type Actor =
  | {
      readonly kind: 'staff'
      readonly staff: StaffId
      readonly name: string
      /** Rights over the whole city. */
      readonly city: ReadonlySet<Right>
      /** Rights over units; units below a granted one are spelt out. */
      readonly overUnits: ReadonlyMap<Right, ReadonlySet<UnitId>>
    }
  | { readonly kind: 'service'; readonly job: string }

/** @param unit for rights that may be granted over units: the unit in question */
export function hasRight(actor: Actor, right: Right, unit?: UnitId): boolean {
  if (actor.kind === 'service') return false
  if (actor.city.has(right)) return true
  return unit !== undefined && actor.overUnits.get(right)?.has(unit) === true
}
