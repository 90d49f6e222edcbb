/** A number in groups, to be read out and compared: `138 0013 8000`, `010 6512 3456`. Others stay as they are. */
export function spaced(number: string): string {
  if (/^1\d{10}$/.test(number)) return number.replace(/^(\d{3})(\d{4})(\d{4})$/, '$1 $2 $3')
  // Area codes of two digits after the zero: Beijing and the 02x cities; all others have three.
  if (/^0(10|2\d)\d{8}$/.test(number)) return number.replace(/^(\d{3})(\d{4})(\d{4})$/, '$1 $2 $3')
  if (/^0\d{10,11}$/.test(number)) return number.replace(/^(\d{4})(\d{3,4})(\d{4})$/, '$1 $2 $3')
  return number
}

/** As in the logs: enough to tell two numbers apart, not enough to call. Names and short numbers stay whole. */
export function masked(number: string): string {
  if (!/^\+?\d{6,}$/.test(number)) return number
  return `${number.slice(0, 3)}${'*'.repeat(number.length - 5)}${number.slice(-2)}`
}
