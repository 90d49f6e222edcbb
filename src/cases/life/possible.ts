import type { UnitId } from '#kernel/ids.ts'
import type { Actor } from '../actor.ts'
import type { ActName } from './acts.ts'
import { isAllowed } from './allowed.ts'
import { standing } from './assignments.ts'
import type { Assignment, Order } from './order.ts'
import type { LifeTable } from './table.ts'

export interface PossibleAct {
  readonly do: ActName
  /** For whose part it may be done; null: the order's own. */
  readonly unit: UnitId | null
}

/** In which states of a unit's part its acts make sense. */
const OF_PART: Readonly<Partial<Record<ActName, readonly Assignment['state'][]>>> = {
  sign: ['to-sign'],
  return: ['to-sign', 'working'],
  'accept-return': ['return-asked'],
  'refuse-return': ['return-asked'],
  'pass-down': ['working'],
  contact: ['to-sign', 'working', 'passed-down'],
  arrive: ['to-sign', 'working', 'passed-down'],
  answer: ['working'],
  'ask-extension': ['to-sign', 'working', 'passed-down'],
  'ask-hold': ['to-sign', 'working', 'passed-down'],
}

/** What somebody may try now, for a page to offer; what is tried is decided by `decide` alone. */
export function possibleActs(
  order: Order,
  actor: Actor,
  tookPart: boolean,
  table: LifeTable,
): readonly PossibleAct[] {
  return (Object.keys(table.moves) as ActName[]).flatMap(name => {
    const { from, who } = table.moves[name]
    if (!from.includes(order.status) || !makesSense(name, order)) return []
    const states = OF_PART[name]
    const parts = states === undefined ? [] : standing(order).filter(({ state }) => states.includes(state))
    const ofParts = parts
      .filter(({ unit }) => isAllowed(who, { order, actor, unit, tookPart }))
      .map(({ unit }) => ({ do: name, unit }))
    const own =
      (states === undefined || name === 'ask-hold') && isAllowed(who, { order, actor, unit: null, tookPart })
    return own ? [{ do: name, unit: null }, ...ofParts] : ofParts
  })
}

/** What waits for an answer can be answered; what does not, cannot. */
function makesSense(name: ActName, order: Order): boolean {
  switch (name) {
    case 'grant-extension':
    case 'refuse-extension':
      return order.extensionAsk !== null
    case 'ask-extension':
      return order.extensionAsk === null
    case 'ask-hold':
      return order.hold === null
    case 'grant-hold':
    case 'refuse-hold':
      return order.hold?.state === 'asked'
    case 'resume':
      return order.hold?.state === 'held'
    case 'ask-override':
      return order.overrideAsk === null
    case 'agree-override':
    case 'refuse-override':
      return order.overrideAsk !== null
    case 'end-supervision':
      return order.supervision > 0
    case 'close':
      return order.supervision >= 2
    case 'meet':
      return order.returnedBy.length > 0 || standing(order).some(({ state }) => state === 'return-asked')
    default:
      return true
  }
}
