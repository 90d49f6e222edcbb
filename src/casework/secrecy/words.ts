import { maskTelephones } from './telephones.ts'

/** What is known of whoever is behind an order: every name that the service has for them. */
export interface KnownIdentity {
  readonly names: readonly string[]
}

/** What stands in the place of a hidden name. */
export const HIDDEN_NAME = '保密'

/** A name of one character is part of many words. */
const LEAST_CHARACTERS = 2
/** What people put between the characters of a name. */
const BETWEEN_CHARACTERS = String.raw`[\s·•・.\p{Cf}]{0,3}`

/**
 * These words as somebody reads them who is not led to the citizen. What comes back tells nothing to whoever wrote them
 * as a guess: every telephone number is masked, whoever's it is, and names only in words of somebody who could know them.
 * @param guessed the author could not have known the citizen's name
 */
export function veil({ names }: KnownIdentity, text: string, guessed = false): string {
  const withoutNumbers = maskTelephones(text)
  if (guessed) return withoutNumbers
  return longestFirst(names.map(name => name.trim()))
    .filter(name => [...name].length >= LEAST_CHARACTERS)
    .reduce((words, name) => words.replaceAll(namePattern(name), HIDDEN_NAME), withoutNumbers)
}

/** So that no shorter one spoils the place of a longer that contains it. */
function longestFirst(words: readonly string[]): readonly string[] {
  return [...new Set(words)].toSorted((a, b) => b.length - a.length)
}

/** A name in letters is a word of its own among letters: Li is not in lights, but it is in 找Li. */
const LETTER = String.raw`\p{Script=Latin}`
function namePattern(name: string): RegExp {
  const characters = [...name]
    .filter(one => one.trim() !== '')
    .map(one => one.replace(/[$()*+.?[\\\]^{|}]/, '\\$&'))
  const isLatin = /^[\p{Script=Latin}\s.'-]+$/u.test(name)
  const pattern = characters.join(BETWEEN_CHARACTERS)
  return new RegExp(isLatin ? `(?<!${LETTER})${pattern}(?!${LETTER})` : pattern, 'giu')
}

/** Every text in a value of JSON, however deep. */
function veilAll(words: (text: string) => string, value: unknown): unknown {
  if (typeof value === 'string') return words(value)
  if (Array.isArray(value)) return value.map(one => veilAll(words, one))
  return typeof value === 'object' && value !== null ? veilDetail(words, value) : value
}

export function veilDetail(words: (text: string) => string, detail: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(detail).map(([key, value]) => [key, veilAll(words, value)]))
}
