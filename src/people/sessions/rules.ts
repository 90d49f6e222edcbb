import { HOUR_MS, type Instant, MINUTE_MS, SECOND_MS } from '#kernel/time.ts'

export const SESSION_LIMITS = {
  /** A session unused for this long ends: one shift. Each use moves the end on. */
  idleMs: 12 * HOUR_MS,
  /** The end is moved in steps, so that a busy page does not write on every request. */
  renewEveryMs: 5 * MINUTE_MS,
} as const

export const SIGN_IN_LIMITS = {
  /** Failures of one login from one address that cost nothing: people mistype. */
  freeFailures: 5,
  /** … and from all addresses together: a guesser with many still waits, one with a few keeps no owner out. */
  freeFailuresAnywhere: 200,
  firstWaitMs: 10 * SECOND_MS,
  /** Not longer: whoever sits behind the same address could otherwise lock an owner out for a shift. */
  longestWaitMs: 5 * MINUTE_MS,
  /** Failures older than this are forgotten. */
  memoryMs: HOUR_MS,
  /** Attempts from one address. A whole floor may sit behind one address at the change of shift. */
  perAddress: 300,
  perAddressWindowMs: 5 * MINUTE_MS,
} as const

/**
 * How long a login must still wait: nothing while failures are free, then 10 s, 20 s, 40 s … up to five minutes,
 * counted from the last failure.
 * @param free failures that cost nothing
 */
export function signInWaitMs(
  failures: number,
  lastFailureAt: Instant,
  now: Instant,
  free: number = SIGN_IN_LIMITS.freeFailures,
): number {
  if (failures < free) return 0
  const doublings = Math.min(failures - free, 16)
  const wait = Math.min(SIGN_IN_LIMITS.firstWaitMs * 2 ** doublings, SIGN_IN_LIMITS.longestWaitMs)
  return Math.max(0, lastFailureAt + wait - now)
}
