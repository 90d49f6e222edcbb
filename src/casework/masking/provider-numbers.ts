/**
 * What numbers look like is the regulator's to change (in 2025: 700 and twelve digits more), so it is data: a form is
 * what a number begins with and how many digits follow, written `1+10` or `700+12`.
 */
export interface NumberForm {
  readonly prefix: string
  readonly more: number
}

/** E.164 knows 15 digits; nobody dials more than 20. */
const MOST_DIGITS = 20
/** More in one range is a slip of the pen. */
const MOST_IN_RANGE = 100_000

/** @returns null when the text is no form */
export function parseForm(text: string): NumberForm | null {
  const [, prefix = '', more = ''] = /^(\d{1,10})\+(\d{1,2})$/.exec(text) ?? []
  if (prefix === '' || prefix.length + Number(more) > MOST_DIGITS) return null
  return { prefix, more: Number(more) }
}

export function fitsForm(number: string, forms: readonly NumberForm[]): boolean {
  return (
    /^\d+$/.test(number) &&
    forms.some(({ prefix, more }) => number.startsWith(prefix) && number.length === prefix.length + more)
  )
}

/**
 * The numbers of `17000000001` or `700100000000001-700100000000050`, both ends included.
 * @returns null when the text is neither, or has a number of another form
 */
export function parseNumbers(text: string, forms: readonly NumberForm[]): readonly string[] | null {
  const [first = '', last = first, ...more] = text.split('-')
  if (more.length > 0 || !fitsForm(first, forms) || !fitsForm(last, forms)) return null
  if (first.length !== last.length || first > last) return null
  const [from, to] = [BigInt(first), BigInt(last)]
  if (to - from >= BigInt(MOST_IN_RANGE)) return null
  return Array.from({ length: Number(to - from) + 1 }, (_, i) =>
    String(from + BigInt(i)).padStart(first.length, '0'),
  )
}
