import type { Right } from '../rights.ts'
import type { ActName } from './acts.ts'
import type { OrderStatus } from './order.ts'

/** Predicates of `guards.ts`, named so that a table can ask for them. */
export const GUARDS = [
  'took-part',
  'not-held',
  'one-lead',
  'not-returned-before',
  'can-return',
  'ruling-rank',
  'has-cause-to-meet',
  'below',
  'not-assigned-yet',
  'co-units-answered',
  'extension-left',
  'extension-rank',
  'within-reopen-days',
  'calls-apart',
  'level-rises',
  'supervised',
  'other-person',
  'mergeable',
  'old-enough',
] as const
export type Guard = (typeof GUARDS)[number]

/**
 * Whose right it must be: over the whole city, there but for orders of one's own calls alone, over the unit that the act
 * names, over the lead unit, over the unit that passed the order down to the named one, or over any unit that has a part
 * in it.
 */
export const OVERS = ['city', 'own', 'unit', 'lead', 'upper', 'assigned'] as const

/** `service`: a rule of the house. */
export type Who = { readonly right: Right; readonly over: (typeof OVERS)[number] } | 'service'

/** When an act is possible, what it may lead to, and who may: any one of them. */
export interface Move {
  readonly from: readonly OrderStatus[]
  readonly to: readonly OrderStatus[]
  readonly who: readonly Who[]
  readonly guards: readonly Guard[]
}

/** The numbers of the house's rules. */
export interface LifeNumbers {
  readonly reopenDays: number
  readonly archiveDays: number
  readonly reworks: number
  readonly callBackTries: number
  /** Tries closer together than this do not count as tries at different hours. */
  readonly callBackApartMs: number
  /** Working days within which a unit may return an order; after that it owns it (首问负责). */
  readonly returnWorkingDays: number
}

/** Versioned data: an order keeps the version that it began with. */
export interface LifeTable {
  readonly moves: Readonly<Record<ActName, Move>>
  readonly numbers: LifeNumbers
}
