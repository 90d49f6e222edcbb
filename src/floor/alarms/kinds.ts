import type { AlarmKind, AlarmLevel } from '#database/types.ts'
import { HOUR_MS, SECOND_MS } from '#kernel/time.ts'

/** From the least to the most. */
export const LEVELS: readonly AlarmLevel[] = ['notice', 'warning', 'serious']

/** How a kind of alarm is measured, and what keeps it from flapping. */
interface KindRules {
  readonly unit: 'ms' | 'count' | 'percent'
  /** What its limits may be narrowed to. */
  readonly narrowedBy: 'queue' | 'reason' | null
  /** `least`: raised when the value comes up to the limit; `most`: when it falls below. */
  readonly limit: 'least' | 'most'
  /** How far the value must come back beyond the limit, in the unit or as a share of the limit. */
  readonly margin: { readonly of: 'unit' | 'limit'; readonly by: number }
  /** How long it must have come back. */
  readonly easeMs: number
}

/** One person's one state: when it is over, it is over. */
const OWN_TIME = { unit: 'ms', limit: 'least', margin: { of: 'unit', by: 0 }, easeMs: 0 } as const
const OF_QUEUE = { narrowedBy: 'queue', limit: 'least' } as const
/** Rolling windows tremble by a call or two. */
const SHARE = {
  unit: 'percent',
  narrowedBy: null,
  limit: 'most',
  margin: { of: 'unit', by: 1 },
  easeMs: 30 * SECOND_MS,
} as const

export const KINDS: Readonly<Record<AlarmKind, KindRules>> = {
  'caller-waits': { ...OWN_TIME, narrowedBy: 'queue' },
  'longest-wait': { ...OF_QUEUE, unit: 'ms', margin: { of: 'limit', by: 0.2 }, easeMs: 15 * SECOND_MS },
  'callers-waiting': { ...OF_QUEUE, unit: 'count', margin: { of: 'limit', by: 0.1 }, easeMs: 15 * SECOND_MS },
  'nobody-ready': { ...OF_QUEUE, unit: 'ms', margin: { of: 'unit', by: 0 }, easeMs: 5 * SECOND_MS },
  'service-level-15-min': SHARE,
  'service-level-30-min': SHARE,
  'service-level-today': SHARE,
  'answer-rate-24-h': SHARE,
  'long-talk': { ...OWN_TIME, narrowedBy: null },
  'long-hold': { ...OWN_TIME, narrowedBy: null },
  'long-wrap-up': { ...OWN_TIME, narrowedBy: null },
  'long-not-ready': { ...OWN_TIME, narrowedBy: 'reason' },
  'no-answers': {
    unit: 'count',
    narrowedBy: null,
    limit: 'least',
    margin: { of: 'unit', by: 0 },
    easeMs: 0,
  },
  // A phone that registers anew is away for a moment again and again.
  'not-offered': { ...OWN_TIME, narrowedBy: null, easeMs: 5 * SECOND_MS },
}

/** `no-answers` counts the calls that a seat let ring out in this time. */
export const NO_ANSWERS_WITHIN_MS = HOUR_MS
