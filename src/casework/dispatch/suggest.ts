import type { AreaCode, UnitId } from '#kernel/ids.ts'
import type { DispatchCatalogue } from './catalogue.ts'
import { type Match, type Question, tryRules } from './rules.ts'
import type { Reason, SuggestedCategory, SuggestedPriority, SuggestedUnit } from './schema.ts'

/** How many orders of one category a unit was sent from an area lately. */
export interface Went {
  readonly area: AreaCode
  readonly unit: UnitId
  readonly orders: number
}

/** An order, and what is known from before. */
export interface Evidence extends Question {
  /** Of this category, in the area and in each around it. */
  readonly history: readonly Went[]
}

export interface Guess {
  readonly unit: UnitId
  readonly role: SuggestedUnit['role']
  readonly person: string | null
  readonly reason: Reason
}

/** One way to tell which units an order is for, the likeliest first. A learned classifier is another of these. */
export interface UnitGuesser {
  guess(evidence: Evidence, catalogue: DispatchCatalogue): readonly Guess[]
}

const MOST_UNITS = 3
const MOST_CATEGORIES = 3
/** Fewer orders than this are chance: the next larger area is asked. */
const ENOUGH_ORDERS = 5
/** A unit that gets less than one of four is none that one would think of. */
const LEAST_SHARE = 0.25

/** The duty catalogue. */
export const byRules: UnitGuesser = {
  guess(evidence, catalogue) {
    const { match } = tryRules(evidence, catalogue)
    return match === null ? [] : guessesOf(match)
  },
}

function guessesOf({ rule, lead, coUnits, person }: Match): readonly Guess[] {
  const { id, position, version, note } = rule
  const reason: Reason = { code: 'rule', rule: id, position, version, note }
  const personOf = (unit: UnitId) => (person?.unit === unit ? person.name : null)
  return [
    { unit: lead, role: 'lead', person: personOf(lead), reason },
    ...coUnits.map((unit): Guess => ({ unit, role: 'co', person: personOf(unit), reason })),
  ]
}

/** Where such orders of the smallest area that had enough of them went. */
export const byHistory: UnitGuesser = {
  guess({ area, history }, catalogue) {
    for (const code of catalogue.areas.chain(area)) {
      const here = history.filter(went => went.area === code)
      const of = here.reduce((sum, { orders }) => sum + orders, 0)
      if (of < ENOUGH_ORDERS) continue
      return here
        .filter(({ orders }) => orders >= of * LEAST_SHARE)
        .toSorted((a, b) => b.orders - a.orders)
        .map(({ unit, orders }) => ({
          unit,
          role: 'alternative',
          person: null,
          reason: { code: 'history', went: orders, of, area: catalogue.areas.fullName(code) },
        }))
    }
    return []
  },
}

/** The street, or else the district, of the place. */
export const byArea: UnitGuesser = {
  guess({ area }, catalogue) {
    const unit = catalogue.unit('{street}', area)
    if (unit === null || area === null) return []
    const reason: Reason = { code: 'area', area: catalogue.areas.fullName(area) }
    return [{ unit, role: 'alternative', person: null, reason }]
  },
}

const GUESSERS: readonly UnitGuesser[] = [byRules, byHistory, byArea]

/**
 * The units that an order is most likely for, three at most. Who guesses first says what a unit is to do; who names it
 * too adds a reason. One of them leads, if there are any.
 */
export function suggestUnits(
  evidence: Evidence,
  catalogue: DispatchCatalogue,
  guessers: readonly UnitGuesser[] = GUESSERS,
): readonly SuggestedUnit[] {
  const units = new Map<UnitId, SuggestedUnit>()
  for (const guesser of guessers) {
    for (const { unit, role, person, reason } of guesser.guess(evidence, catalogue)) {
      const known = units.get(unit)
      const name = catalogue.units.get(unit)?.name
      if (known !== undefined) known.reasons.push(reason)
      else if (name !== undefined) units.set(unit, { unit, name, role, person, reasons: [reason] })
    }
  }
  const [first, ...others] = units.values()
  if (first === undefined) return []
  return [{ ...first, role: 'lead' as const }, ...others].slice(0, MOST_UNITS)
}

/** By the words of each category that the text has, the longer the stronger; the likeliest first. */
export function suggestCategories(text: string, catalogue: DispatchCatalogue): readonly SuggestedCategory[] {
  const words = new Map<string, string[]>()
  for (const { word, values } of catalogue.categoryWords.find(text)) {
    for (const code of values) words.set(code, [...(words.get(code) ?? []), word])
  }
  const weight = ({ words: found }: SuggestedCategory) => found.reduce((sum, word) => sum + word.length, 0)
  return [...words]
    .map(([code, found]) => ({ code, name: catalogue.categories.get(code) ?? code, words: found }))
    .toSorted((a, b) => weight(b) - weight(a) || a.code.localeCompare(b.code))
    .slice(0, MOST_CATEGORIES)
}

/** The most urgent of what the words and the rule say; a suggestion, which the agent decides upon. */
export function suggestPriority(evidence: Question, catalogue: DispatchCatalogue): SuggestedPriority {
  const found = catalogue.priorityWords.find(evidence.text).flatMap(({ values }) => values)
  const rule = tryRules(evidence, catalogue).match?.rule ?? null
  for (const priority of ['P0', 'P1', 'P2', 'P3'] as const) {
    const telling = found.filter(word => word.priority === priority)
    if (telling.length > 0) {
      const emergency = telling[0]?.emergency ?? null
      return { priority, emergency, reason: { code: 'words', words: telling.map(({ word }) => word) } }
    }
    if (rule !== null && rule.priority === priority) {
      const { position, version } = rule
      return { priority, emergency: null, reason: { code: 'rule', position, version } }
    }
  }
  return { priority: 'P3', emergency: null, reason: { code: 'ordinary' } }
}
