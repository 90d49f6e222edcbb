import { maskPhoneNumber } from '#kernel/phone-number.ts'

/** What is known of whoever is behind an order: every name and number that the service has for them. */
export interface KnownIdentity {
  readonly names: readonly string[]
  readonly numbers: readonly string[]
}

/** What stands in the place of a hidden name. */
export const HIDDEN_NAME = '保密'

/** Shorter numbers are public (12345, 110), and a name of one character is part of many words. */
const LEAST_DIGITS = 7
const LEAST_CHARACTERS = 2

/** How people write each digit; wide and circled forms too. */
const DIGITS = [
  '0０零〇',
  '1１①一壹幺',
  '2２②二贰两',
  '3３③三叁',
  '4４④四肆',
  '5５⑤五伍',
  '6６⑥六陆',
  '7７⑦七柒',
  '8８⑧八捌',
  '9９⑨九玖',
]
/** What they put between digits, or the characters of a name. */
const BETWEEN_DIGITS = String.raw`[\s\p{P}\p{Cf}]{0,3}`
const BETWEEN_CHARACTERS = String.raw`[\s·•・.\p{Cf}]{0,3}`

/** 010 and 021 to 029 have three digits, others four. */
const AREA_CODE = /^0(?:10|2\d|[3-9]\d{2})/
const COUNTRY = /^(?:\+|00)?86(?=\d{9,11}$)/

/** The same words with each literal mention of them masked, however the number is written: 139-0755 1234 as well. */
export function veil({ names, numbers }: KnownIdentity, text: string): string {
  const withoutNumbers = shortestLast(numbers.flatMap(spellings)).reduce(
    (words, number) => words.replaceAll(patternOf(number), maskPhoneNumber(number)),
    text,
  )
  return shortestLast(names.map(name => name.trim()))
    .filter(name => [...name].length >= LEAST_CHARACTERS)
    .reduce((words, name) => words.replaceAll(namePattern(name), HIDDEN_NAME), withoutNumbers)
}

/** As it is dialled from here, and a fixed line without its area code. */
function spellings(number: string): readonly string[] {
  const digits = number
    .replaceAll(/[^\d+]/g, '')
    .replace(COUNTRY, '')
    .replaceAll('+', '')
  const mobile = /^0?(1[3-9]\d{9})$/.exec(digits)?.[1]
  const forms = mobile === undefined ? [digits, digits.replace(AREA_CODE, '')] : [mobile]
  return forms.filter(form => form.length >= LEAST_DIGITS)
}

/** So that no shorter one spoils the place of a longer that contains it. */
function shortestLast(words: readonly string[]): readonly string[] {
  return [...new Set(words)].toSorted((a, b) => b.length - a.length)
}

function patternOf(number: string): RegExp {
  const digits = [...number].map(digit => `[${DIGITS[Number(digit)] ?? digit}]`)
  return new RegExp(digits.join(BETWEEN_DIGITS), 'gu')
}

/** A name in letters is a word of its own: Li is not in lights. */
function namePattern(name: string): RegExp {
  const characters = [...name]
    .filter(one => one.trim() !== '')
    .map(one => one.replace(/[$()*+.?[\\\]^{|}]/, '\\$&'))
  const isLatin = /^[\p{Script=Latin}\s.'-]+$/u.test(name)
  const pattern = characters.join(BETWEEN_CHARACTERS)
  return new RegExp(isLatin ? String.raw`(?<!\p{L})${pattern}(?!\p{L})` : pattern, 'giu')
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
