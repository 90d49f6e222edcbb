import { HOUR_MS, type Instant, MINUTE_MS, SECOND_MS } from '#kernel/time.ts'

/** What stands in `carrier_bindings`, as far as the next step depends on it. */
export interface CarrierStanding {
  readonly state: CarrierState
  readonly subsId: string | null
  /** The carrier may know more than we do: something was asked and its answer never came, or surprised us. */
  readonly unsure: boolean
  readonly wantedUntil: Instant
  readonly wantedUnit: string
  /** What the carrier was told last; null: nothing. */
  readonly toldUntil: Instant | null
  readonly toldUnit: string | null
}

/**
 *   binding ──bound──► bound ──end──► ending ──unbound, or over──► gone
 *      │ refused, or too late            ▲
 *      ▼                                 │ end
 *    failed              binding ────────┘
 */
export const CARRIER_STATES = ['binding', 'bound', 'ending', 'gone', 'failed'] as const
export type CarrierState = (typeof CARRIER_STATES)[number]

export type CarrierStep = 'none' | 'find' | 'bind' | 'extend' | 'move' | 'unbind' | 'close'

/** A carrier takes no expiry that is nearer than a minute; ours may be some seconds off theirs. */
const LEAST_AHEAD_MS = 90 * SECOND_MS

/** What is to be asked of the carrier now. What is unsure is looked up before anything else is asked. */
export function nextStep(now: CarrierStanding, at: Instant): CarrierStep {
  if (now.state === 'gone' || now.state === 'failed') return 'none'
  if (at >= overAt(now)) return 'close'
  if (now.unsure) return 'find'
  const soonOver = now.wantedUntil - at < LEAST_AHEAD_MS
  if (now.subsId === null) return now.state === 'ending' || soonOver ? 'close' : 'bind'
  if (now.state === 'ending') return 'unbind'
  if (now.toldUntil !== now.wantedUntil && !soonOver) return 'extend'
  return now.toldUnit === now.wantedUnit ? 'none' : 'move'
}

/** From then on the carrier knows nothing of it any more, whatever became of the last words. */
export function overAt({ wantedUntil, toldUntil }: CarrierStanding): Instant {
  return Math.max(wantedUntil, toldUntil ?? wantedUntil)
}

/** Quickly over a hiccup, patiently over a night: a carrier that is down is not called more often for it. */
const WAITS_MS: readonly number[] = [
  2 * SECOND_MS,
  10 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  30 * MINUTE_MS,
]
/** After these, and where a person has to see to it first. */
const PATIENT_MS = HOUR_MS

/** How long to wait after so many attempts in a row that came to nothing. It goes on as long as the binding lasts. */
export function waitAfter(attempts: number): number {
  return WAITS_MS[attempts - 1] ?? PATIENT_MS
}

/** A key that was withdrawn is not right again within seconds. */
export const ACCOUNT_WAIT_MS = 5 * MINUTE_MS
