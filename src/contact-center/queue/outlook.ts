import type { QueueId } from '#kernel/ids.ts'
import { MINUTE_MS } from '#kernel/time.ts'
import type { Prompt } from '../events.ts'

/** What a caller can be told of the wait. */
export interface QueueOutlook {
  /** Callers who will be offered before. */
  readonly ahead: number
  /** Null while nobody who could serve is signed in. */
  readonly expectedMs: number | null
}

/** How long a seat is busy with a call of this queue, from the answer to the end of its wrap-up. */
export interface QueuePace {
  readonly handleMs: number
  readonly calls: number
}
export type QueuePaces = ReadonlyMap<QueueId, QueuePace>

/** Before a queue has seen a call: the city's planning value. */
const FIRST_GUESS_MS = 2.5 * MINUTE_MS
/** The weight of a new call once there were many: about the last twenty count. */
const LEAST_WEIGHT = 0.05

export function paceAfter(pace: QueuePace | undefined, handleMs: number): QueuePace {
  if (pace === undefined) return { handleMs, calls: 1 }
  const calls = pace.calls + 1
  const weight = Math.max(1 / calls, LEAST_WEIGHT)
  return { handleMs: pace.handleMs + weight * (handleMs - pace.handleMs), calls }
}

/**
 * A caller is served once all ahead are and one more seat comes free; `seats` seats come free every
 * `handleMs / seats` on average while all are busy. `npm run simulate` prints how far off this is.
 */
export function expectedWaitMs(ahead: number, seats: number, pace: QueuePace | undefined): number | null {
  return seats === 0 ? null : ((ahead + 1) * (pace?.handleMs ?? FIRST_GUESS_MS)) / seats
}

/** Longer than this is not told: it is a guess upon guesses. */
const LONGEST_TOLD_MS = 60 * MINUTE_MS

/** “您前面还有 3 位来电人，预计等待 2 分钟” */
export function spokenOutlook({ ahead, expectedMs }: QueueOutlook): Prompt[] {
  const place: Prompt[] = ahead === 0 ? ['you-are-next'] : ['before-you', ...spokenNumber(ahead), 'callers']
  if (expectedMs === null || expectedMs > LONGEST_TOLD_MS) return place
  if (expectedMs < MINUTE_MS) return [...place, 'wait-under-a-minute']
  return [...place, 'wait-about', ...spokenNumber(Math.round(expectedMs / MINUTE_MS)), 'minutes']
}

/** A whole number below 1,000 as Mandarin says it: 二十三, 一百零五; beyond that, 九百九十九. */
export function spokenNumber(number: number): Prompt[] {
  const whole = Math.min(999, number)
  const hundreds = Math.floor(whole / 100)
  const tens = Math.floor((whole % 100) / 10)
  const ones = whole % 10
  const said: Prompt[] = []
  if (hundreds > 0) said.push(`digit-${hundreds}`, 'number-100')
  if (tens > 0) {
    // 十二, but 一百一十二.
    if (tens > 1 || hundreds > 0) said.push(`digit-${tens}`)
    said.push('number-10')
  } else if (hundreds > 0 && ones > 0) said.push('digit-0')
  if (ones > 0 || whole === 0) said.push(`digit-${ones}`)
  return said
}
