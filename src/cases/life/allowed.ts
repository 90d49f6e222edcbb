import type { UnitId } from '#kernel/ids.ts'
import { type Actor, hasRight } from '../actor.ts'
import { assignmentOf, leadOf, standing } from './assignments.ts'
import type { Order } from './order.ts'
import type { Who } from './table.ts'

/** Who wishes to act, on what. */
export interface Wish {
  readonly order: Order
  readonly actor: Actor
  /** The unit that the act names, if it names one. */
  readonly unit: UnitId | null
  /** The actor took part in the call that the order came from. */
  readonly tookPart: boolean
}

export function isAllowed(who: readonly Who[], wish: Wish): boolean {
  return who.some(one => isOneOf(one, wish))
}

function isOneOf(who: Who, { order, unit, actor, tookPart }: Wish): boolean {
  if (who === 'service') return actor.kind === 'service'
  switch (who.over) {
    case 'city':
      return hasRight(actor, who.right)
    case 'own':
      return tookPart && hasRight(actor, who.right)
    case 'unit':
      return unit !== null && hasRight(actor, who.right, unit)
    case 'lead': {
      const lead = leadOf(order)
      return lead !== null && hasRight(actor, who.right, lead.unit)
    }
    case 'upper': {
      const from = unit === null ? null : (assignmentOf(order, unit)?.from ?? null)
      return from !== null && hasRight(actor, who.right, from)
    }
    case 'assigned':
      return standing(order).some(part => hasRight(actor, who.right, part.unit))
  }
}
