/** Of fewer digits are fixed lines without their area and other local numbers. */
const MOBILE_DIGITS = 11

/**
 * A phone number fit for a log line, or for whoever must not know it: the last two digits stay, and of one as long as a
 * mobile's the first three, so that two entries can be told apart and nobody can be called. The beginning of a local
 * number would leave too few to try. Short numbers (12345, 1001) are public and stay whole.
 */
export function maskPhoneNumber(number: string): string {
  if (number.length <= 5) return number
  const shown = number.replaceAll(/\D/g, '').length < MOBILE_DIGITS ? 0 : 3
  return `${number.slice(0, shown)}${'*'.repeat(number.length - shown - 2)}${number.slice(-2)}`
}
