import type { ActName } from '../../cases/life/acts.ts'
import type { OrderStatus } from '../../cases/life/order.ts'
import type { LifeNumbers, LifeTable, Move } from '../../cases/life/table.ts'
import type { LifeTableFrame, LifeTableView } from '../../casework/life/schema.ts'

/** In the order in which an order comes to them; what stands beside the main line last. */
export const STATUSES: readonly OrderStatus[] = [
  ...(['draft', 'to-dispatch', 'to-sign', 'in-hand', 'to-review', 'to-call-back', 'closed'] as const),
  ...(['archived', 'emergency', 'void', 'merged'] as const),
]

export const GROUPS = [
  ...(['intake', 'dispatch', 'return', 'handle', 'hold', 'after', 'supervision', 'others'] as const),
  'override',
] as const
export type Group = (typeof GROUPS)[number]

/** Where each act stands among the others; a new one does not compile until it has its place. */
const GROUP_OF: Readonly<Record<ActName, Group>> = {
  register: 'intake',
  'answer-directly': 'intake',
  'hand-to-emergency': 'intake',
  'tell-legal-route': 'intake',
  void: 'intake',
  dispatch: 'dispatch',
  recall: 'dispatch',
  sign: 'dispatch',
  return: 'return',
  'accept-return': 'return',
  'refuse-return': 'return',
  meet: 'return',
  'pass-down': 'handle',
  'add-unit': 'handle',
  contact: 'handle',
  arrive: 'handle',
  answer: 'handle',
  'ask-extension': 'hold',
  'grant-extension': 'hold',
  'refuse-extension': 'hold',
  'ask-hold': 'hold',
  'grant-hold': 'hold',
  'refuse-hold': 'hold',
  resume: 'hold',
  approve: 'after',
  'send-back': 'after',
  rate: 'after',
  'miss-call-back': 'after',
  reopen: 'after',
  archive: 'after',
  supervise: 'supervision',
  'end-supervision': 'supervision',
  close: 'supervision',
  'change-priority': 'others',
  merge: 'others',
  unmerge: 'others',
  note: 'others',
  'ask-override': 'override',
  'agree-override': 'override',
  'refuse-override': 'override',
}

export const ACTS = Object.keys(GROUP_OF).filter(isAct)

export function isAct(name: string): name is ActName {
  return Object.hasOwn(GROUP_OF, name)
}

export function actsOf(group: Group): readonly ActName[] {
  return ACTS.filter(act => GROUP_OF[act] === group)
}

/** Each act a field of its own: two who edited different acts are put together act by act. */
export type LifeForm = Readonly<Record<ActName, Move>> & {
  readonly numbers: LifeNumbers
  readonly why: string
}

export function lifeForm({ table: { moves, numbers } }: LifeTableView): LifeForm {
  return { ...moves, numbers, why: '' }
}

export function tableOf({ numbers, why: _, ...moves }: LifeForm): LifeTable {
  return { moves, numbers }
}

const HOUR_MS = 3_600_000

/** The numbers of the rules, each with what one of its unit is. */
export const NUMBERS = [
  ['reopenDays', 1],
  ['archiveDays', 1],
  ['reworks', 1],
  ['callBackTries', 1],
  ['callBackApartMs', HOUR_MS],
  ['returnWorkingDays', 1],
] as const satisfies readonly (readonly [keyof LifeNumbers, number])[]

/** What the service says an act may be. */
export type Frame = LifeTableFrame['acts'][string]

/** With other statuses to begin in. An act that leaves the status as it is leads to where it begins. */
export function beginning(move: Move, from: ReadonlySet<OrderStatus>, { to }: Pick<Frame, 'to'>): Move {
  const begins = STATUSES.filter(status => from.has(status))
  return { ...move, from: begins, to: to.length === 0 ? begins : move.to }
}

/** Whichever of the set's words is chosen is taken out, any other put in. */
export function toggled<Word>(words: readonly Word[], word: Word): ReadonlySet<Word> {
  return new Set(words.includes(word) ? words.filter(one => one !== word) : [...words, word])
}

/** How many places of an act are wrong. */
export function wrongWithin(problems: Readonly<Record<string, string>>, act: ActName): number {
  const path = `moves.${act}`
  return Object.keys(problems).filter(place => place === path || place.startsWith(`${path}.`)).length
}
