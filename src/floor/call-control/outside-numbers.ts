import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import { isEmergencyNumber } from '../directory/index.ts'

/** What may be called over the trunk. */
export interface OutsideRules {
  /** Whether a carrier takes our calls. */
  readonly trunk: boolean
  /** Numbers that begin so cost money or leave the country; toll fraud is the oldest trick against a PBX. */
  readonly deniedPrefixes: readonly string[]
}

export interface OutsideNumber {
  readonly number: string
  readonly emergency: boolean
}

/** 010, 02x, 0xxx: a premium number is one behind an area code as well. */
const AREA_CODE = /^0(?:10|2[0-9]|[3-9][0-9]{2})/

/** @param isOurs whether a number is a line of this hotline, which the trunk would only bring back */
export function checkOutside(
  number: string,
  rules: OutsideRules,
  isOurs: (number: string) => boolean,
): Outcome<OutsideNumber> {
  if (!/^[0-9]{3,20}$/.test(number)) return refuse('number-invalid')
  const emergency = isEmergencyNumber(number)
  if (!emergency && isOurs(number)) return refuse('number-is-ours')
  if (!emergency && isDenied(number, rules.deniedPrefixes)) return refuse('number-not-allowed')
  return rules.trunk ? ok({ number, emergency }) : refuse('trunk-missing')
}

/** Whoever calls may show any number and ask to be called there: it is looked at as well as what an agent dials. */
export function isDenied(number: string, prefixes: readonly string[]): boolean {
  const dialled = number.replace(/^\+/, '00')
  const local = withoutArea(dialled)
  return prefixes.some(prefix => dialled.startsWith(prefix) || local.startsWith(prefix))
}

/** As it is dialled within its own city. */
export function withoutArea(number: string): string {
  return number.replace(AREA_CODE, '')
}
