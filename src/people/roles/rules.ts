import type { StaffId, UnitId } from '#kernel/ids.ts'
import type { Actor } from '../../cases/actor.ts'
import { RIGHTS, type Right } from '../../cases/rights.ts'

export interface RoleView {
  readonly code: string
  readonly nameZh: string
  readonly nameEn: string
  readonly rights: Right[]
  /** Held over a unit and those below it; else over the whole city. */
  readonly overUnit: boolean
  readonly version: number
}

/** A role that somebody holds; `unit` is null for one over the whole city. */
export interface Grant {
  readonly role: string
  readonly unit: string | null
}

/** One grant with what it means now. */
export interface GrantInForce {
  readonly rights: readonly Right[]
  /** null: the whole city. */
  readonly unit: UnitId | null
  readonly unitName: string | null
  /** The unit itself and all below it; empty for the whole city. */
  readonly below: readonly UnitId[]
}

export type StaffActor = Extract<Actor, { kind: 'staff' }>

export function toActor(
  member: { readonly id: StaffId; readonly name: string },
  grants: readonly GrantInForce[],
): StaffActor {
  const city = new Set<Right>()
  const overUnits = new Map<Right, Set<UnitId>>()
  for (const { unit, rights, below } of grants) {
    for (const right of rights) {
      if (unit === null) city.add(right)
      else overUnits.set(right, new Set([...(overUnits.get(right) ?? []), ...below]))
    }
  }
  return { kind: 'staff', staff: member.id, name: member.name, city, overUnits }
}

/** What somebody may do at all, and the units it is granted over: for whoever draws the pages. */
export interface Standing {
  readonly rights: Right[]
  readonly units: { readonly id: string; readonly nameZh: string }[]
}

export function standingFrom(grants: readonly GrantInForce[]): Standing {
  const held = new Set(grants.flatMap(({ rights }) => rights))
  const units = new Map(
    grants.flatMap(({ unit, unitName }) => (unit === null ? [] : [[unit, unitName ?? unit]])),
  )
  return {
    rights: RIGHTS.filter(right => held.has(right)),
    units: [...units].map(([id, nameZh]) => ({ id, nameZh })),
  }
}
