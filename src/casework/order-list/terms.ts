import { DAY_MS } from '#kernel/time.ts'

/*
 * What is looked for, as the index over `order_search` knows it (migration 2026-12-01): a tsquery over bigrams of the
 * text and tags such as `@sin-hand`, each behind the period in which the order was opened. Tags begin with @, which no
 * text keeps.
 */

/** A tsquery, of the orders of one period. */
export type Terms = (period: number) => string

/** What stands between words, once compatibility forms are folded; the migration's `search_text` has the same. */
const BETWEEN_WORDS =
  /[\s\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\xbf\u2000-\u206f\u3000-\u303f\ufe10-\ufe6f\ufeff\uff00-\uff65]+/g

/** The words of a question, in the form in which `order_search.body` holds the texts. */
export function wordsOf(text: string): readonly string[] {
  const folded = text.replaceAll('\0', ' ').normalize('NFKC').toLowerCase().replace(BETWEEN_WORDS, ' ').trim()
  return folded === '' ? [] : folded.split(' ')
}

/** A word is found by its pairs of neighbours; one character by the pairs that it begins, or itself at a word's end. */
export function wordTerms(word: string): Terms {
  const characters = [...word]
  if (characters.length === 1) return beginning(word)
  const pairs = characters.slice(1).map((character, i) => `${characters[i]}${character}`)
  return allOf([...new Set(pairs)].map(term))
}

export function term(text: string): Terms {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll("'", "''")
  return period => `'${period}.${escaped}'`
}

/** Every term that begins so. */
export function beginning(text: string): Terms {
  const terms = term(text)
  return period => `${terms(period)}:*`
}

export function allOf(terms: readonly Terms[]): Terms {
  return joined(terms, ' & ')
}

/** @param terms at least one */
export function anyOf(terms: readonly Terms[]): Terms {
  return joined(terms, ' | ')
}

function joined(terms: readonly Terms[], by: string): Terms {
  const [only, ...others] = terms
  if (only !== undefined && others.length === 0) return only
  return period => `(${terms.map(one => one(period)).join(by)})`
}

/** Short enough that all of its orders with some word can be looked at, long enough that a city's years are few. */
export const PERIOD_MS = 28 * DAY_MS

/** Counted from 1970, as the migration's `order_period` has it. */
export function periodOf(at: Date): number {
  return Math.floor(at.getTime() / PERIOD_MS)
}
