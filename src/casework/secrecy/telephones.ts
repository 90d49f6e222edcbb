import { maskPhoneNumber } from '#kernel/phone-number.ts'

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
const DIGIT_OF = new Map(DIGITS.flatMap((forms, digit) => [...forms].map(form => [form, String(digit)])))
const PLUS = '＋'

/** What they put between digits. Commas and colons stand between numbers, not in one. */
const GAP = String.raw`[\s\p{Pd}－_()（）\p{Cf}]{0,3}`
/** A mobile number is told by its beginning and length, so that it may have more between its groups. */
const WIDE_GAP = String.raw`[\s\p{P}\p{Cf}]{0,3}`

/** A day, with or without what separates its parts. */
const MONTH_AND_DAY = String.raw`(?:0?[1-9]|1[0-2])[-－/.年月](?:0?[1-9]|[12]\d|3[01])`
const PLAIN_DAY = String.raw`20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])`

/** Longer figures that are no telephone number: they stay. */
const OTHER_FIGURES = [
  // A key of ours, or a digest.
  String.raw`[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}`,
  String.raw`(?<![\da-f])[\da-f]{64}(?![\da-f])`,
  String.raw`(?<!\d)(?:19|20)\d\d[-－/.年]${MONTH_AND_DAY}(?!\d)`,
  // A day, alone or before an order's or a moment's digits (20261118000123).
  String.raw`(?<!\d)${PLAIN_DAY}(?:\d{6}|\d{10})?(?!\d)`,
  // Money: of as many digits as no mobile number has.
  String.raw`(?<=[¥￥]\s?)[1-9]\d{0,9}(?!\d)`,
  String.raw`(?<![\d.])[1-9]\d{0,9}(?:\.\d{1,2})?(?=\s?[万亿]?[元块])`,
  String.raw`(?<![\d.])[1-9]\d{0,9}\.\d{1,2}(?![\d.])`,
]

/** With what is dialled before it, which stays. */
const BEFORE = String.raw`(?<!\d)(?<before>(?:(?:\+|00)?86${GAP})?0?)`
const TELEPHONES = [
  String.raw`1${GAP}[3-9](?:${GAP}\d){9}(?!\d)`,
  String.raw`1[3-9]\d${WIDE_GAP}\d{4}${WIDE_GAP}\d{4}(?!\d)`,
]
const FIXED_LINES = [
  // From abroad.
  String.raw`(?<=\+)\d(?:${GAP}\d){6,14}(?!\d)`,
  String.raw`(?<!\d)0\d{2,3}(?:${GAP}\d){7,8}(?!\d)`,
  // In groups, in pairs, or digit by digit: other groups are houses and rooms (23-3-1201).
  String.raw`(?<!\d)[2-9]\d{2,3}${GAP}\d{4}(?!\d)`,
  String.raw`(?<!\d)[2-9]\d(?:${GAP}\d\d){3}(?!\d)`,
  String.raw`(?<!\d)[2-9](?:[\s\p{Pd}－]{1,3}\d){6,7}(?!\d)`,
  // Of any other length.
  String.raw`\d{7,}`,
]

const FIGURES = new RegExp(
  [
    `(?<other>${OTHER_FIGURES.join('|')})`,
    `${BEFORE}(?<mobile>${TELEPHONES.join('|')})`,
    `(?<fixed>${FIXED_LINES.join('|')})`,
  ].join('|'),
  'giu',
)

/**
 * The same words with every telephone number in them masked, however it is written: 139-0755 1234 as well. It looks at
 * the words alone and knows nobody's number, so that it answers no guess.
 */
export function maskTelephones(text: string): string {
  // Of the same length, so that what is no telephone number stays as it was written.
  const plain = text.replaceAll(/[^\x20-\x7e]/g, one => DIGIT_OF.get(one) ?? (one === PLUS ? '+' : one))
  let masked = ''
  let from = 0
  for (const { index, 0: figure, groups } of plain.matchAll(FIGURES)) {
    const number = groups?.mobile ?? groups?.fixed
    if (number === undefined) continue
    const begin = index + figure.length - number.length
    masked += text.slice(from, begin) + maskPhoneNumber(number.replaceAll(/\D/g, ''))
    from = index + figure.length
  }
  return masked + text.slice(from)
}
