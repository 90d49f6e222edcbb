import type { ActName } from './acts.ts'
import { FIRST_TABLE } from './first-table.ts'
import type { OrderStatus } from './order.ts'
import type { Guard, LifeTable } from './table.ts'

/** What an effect counts on; a table may narrow it and ask for more, never for less. */
interface Needs {
  /** Where the effect can lead to, beside leaving the status as it is. */
  readonly to: readonly OrderStatus[]
  /** Without these guards the effect would leave a broken order, or let one person do what takes two. */
  readonly guards: readonly Guard[]
}

const leads = (to: readonly OrderStatus[], ...guards: Guard[]): Needs => ({ to, guards })
const STAYS = leads([])

const NEEDS: Readonly<Record<ActName, Needs>> = {
  register: leads(['to-dispatch']),
  'answer-directly': leads(['closed']),
  'hand-to-emergency': leads(['emergency']),
  'tell-legal-route': leads(['closed']),
  void: leads(['void']),
  dispatch: leads(['to-sign'], 'one-lead'),
  recall: leads(['to-dispatch']),
  sign: leads(['in-hand']),
  return: STAYS,
  'accept-return': leads(['to-dispatch']),
  'refuse-return': leads(['in-hand']),
  meet: leads(['to-sign'], 'one-lead'),
  'pass-down': leads([], 'below', 'not-assigned-yet'),
  'add-unit': leads([], 'not-assigned-yet'),
  contact: STAYS,
  arrive: STAYS,
  // A hold could not be ended any more once the order has gone on to review.
  answer: leads(['to-review'], 'not-held'),
  approve: leads(['to-call-back']),
  'send-back': leads(['in-hand']),
  'ask-extension': STAYS,
  'grant-extension': STAYS,
  'refuse-extension': STAYS,
  'ask-hold': STAYS,
  'grant-hold': STAYS,
  'refuse-hold': STAYS,
  resume: STAYS,
  'miss-call-back': leads(['closed']),
  rate: leads(['closed', 'in-hand']),
  close: leads(['closed']),
  reopen: leads(['in-hand', 'to-dispatch']),
  supervise: STAYS,
  'end-supervision': STAYS,
  'change-priority': STAYS,
  merge: leads(['merged'], 'mergeable'),
  unmerge: STAYS,
  note: STAYS,
  archive: leads(['archived']),
  'ask-override': STAYS,
  'agree-override': leads([], 'other-person'),
  'refuse-override': STAYS,
}

export const ACT_NAMES = Object.keys(NEEDS) as readonly ActName[]

export function neededGuards(act: ActName): readonly Guard[] {
  return NEEDS[act].guards
}

/** The statuses from which an effect leaves the order whole: those that the house's own table gives its act. */
export function possibleFrom(act: ActName): readonly OrderStatus[] {
  return FIRST_TABLE.moves[act].from
}

/** Two people may agree on less than there is: where the others lead, their effects say. */
export function choosesTargets(act: ActName): boolean {
  return act === 'agree-override'
}

/** The statuses that an act can lead to, beside leaving the order as it stands. */
export function targetsOf(act: ActName, { moves }: Pick<LifeTable, 'moves'>): readonly OrderStatus[] {
  // Back to where it was merged; wherever the two agree, of what the table lets them agree on.
  if (act === 'unmerge') return moves.merge.from
  if (choosesTargets(act)) return moves['agree-override'].to
  return NEEDS[act].to
}
