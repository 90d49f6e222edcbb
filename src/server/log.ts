import { type DestinationStream, type Logger, pino } from 'pino'
import { maskPhoneNumber } from '#kernel/phone-number.ts'

const SECRETS = ['password', 'token', 'cookie', 'authorization', 'passwordHash', 'password_hash']
const NUMBERS = ['caller', 'callerNumber', 'caller_number']

/** At the top of a line and up to two objects deep. */
const anywhere = (names: readonly string[]) => names.flatMap(name => [name, `*.${name}`, `*.*.${name}`])

/**
 * One JSON object a line, ISO times. Lines about a call carry its id: `log.child({ call })`. Passwords and
 * tokens never come through; phone numbers only masked, also where one slipped into a sentence or a URL.
 * @param out standard output when left out
 */
export function createLog(level: string, out?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: [...anywhere(SECRETS), ...anywhere(NUMBERS)],
      censor: (value: unknown, path: string[]) =>
        NUMBERS.includes(path.at(-1) ?? '') && typeof value === 'string'
          ? maskPhoneNumber(value)
          : '[hidden]',
    },
    hooks: { streamWrite: maskNumbersIn },
  }
  return out === undefined ? pino(options) : pino(options, out)
}

/**
 * Mobile (11 digits from 13 to 19) and long-distance numbers (from 0), with or without +86. Boundaries keep
 * ids, order numbers and measured values whole.
 */
const PHONE_NUMBER = /(?<![\w.-])(?:\+|00)?(?:86)?(?:1[3-9]\d{9}|0\d{9,11})(?![\w-])/g

function maskNumbersIn(line: string): string {
  return line.replace(PHONE_NUMBER, maskPhoneNumber)
}
