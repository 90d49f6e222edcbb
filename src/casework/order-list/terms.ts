/*
 * What is looked for, as the index over `order_search` knows it (migration 2026-11-28): a tsquery over bigrams of the
 * text and tags such as `@sin-hand`. Tags begin with @, which no text keeps.
 */

/** What stands between words, once compatibility forms are folded; the migration's `search_text` has the same. */
const BETWEEN_WORDS =
  /[\s\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\xbf\u2000-\u206f\u3000-\u303f\ufe10-\ufe6f\ufeff\uff00-\uff65]+/g

/** The words of a question, in the form in which `order_search.body` holds the texts. */
export function wordsOf(text: string): readonly string[] {
  const folded = text.replaceAll('\0', ' ').normalize('NFKC').toLowerCase().replace(BETWEEN_WORDS, ' ').trim()
  return folded === '' ? [] : folded.split(' ')
}

/** A word is found by its pairs of neighbours; one character by the pairs that it begins, or itself at a word's end. */
export function wordTerms(word: string): string {
  const characters = [...word]
  if (characters.length === 1) return beginning(word)
  const pairs = characters.slice(1).map((character, i) => `${characters[i]}${character}`)
  return allOf([...new Set(pairs)].map(term))
}

export function term(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}

/** Every term that begins so. */
export function beginning(text: string): string {
  return `${term(text)}:*`
}

export function allOf(terms: readonly string[]): string {
  return terms.length === 1 ? terms.join() : `(${terms.join(' & ')})`
}

/** @param terms at least one */
export function anyOf(terms: readonly string[]): string {
  return terms.length === 1 ? terms.join() : `(${terms.join(' | ')})`
}

export const WEEK_MS = 7 * 86_400_000

/** The week of an instant, counted from 1970, as the tags `@w` have it. */
export function weekOf(at: Date): number {
  return Math.floor(at.getTime() / WEEK_MS)
}
