import { type Outcome, ok } from '#kernel/outcome.ts'
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '#kernel/time.ts'
import type { SeatStateName } from '../../contact-center/events.ts'
import type { AgentFigures, AnsweredFigures, Mean, QueueFigures, RollingRate, Share, Step } from './schema.ts'

export const STATISTICS = {
  /** GB/T 33358-2016: answered within 15 s. */
  answerWithinS: 15,
  /** GB/T 33358-2016: of calls, over any continuous 24 h. */
  answerRateTarget: 0.95,
  answerRateMs: DAY_MS,
  /** Who leaves sooner dialled by mistake or thought better of it; no queue could have answered. */
  shortAbandonS: 5,
  longestPeriodMs: 31 * DAY_MS,
  /** From the queue to the end of the talk; what seats do for a call is looked for so long. */
  longestCallMs: DAY_MS,
  /** Some 15 MB of JSON; a month of quarter hours by 83 lines would be ten times that. */
  mostRows: 20_000,
} as const

/** Waiting times are counted up to each of these, in seconds. */
export const BANDS_S = [3, 5, 10, 15, 20, 30, 60] as const

export const STEP_MS: Readonly<Record<Step, number>> = {
  '15m': 15 * MINUTE_MS,
  '1h': HOUR_MS,
  '1d': DAY_MS,
}

/** From the first instant up to, and without, the second. */
export interface Period {
  readonly from: Date
  readonly to: Date
}

/** Steps are counted from a midnight of the city, which every other midnight is whole days from. */
export const STEP_ORIGIN = new Date('2020-01-01T00:00:00+08:00')

/** Whole steps, from earlier to later, no longer than can be counted at once. */
export function readPeriod(from: string, to: string, step: Step): Outcome<Period> {
  const period = { from: new Date(from), to: new Date(to) }
  const lengthMs = period.to.getTime() - period.from.getTime()
  const fields: Record<string, string> = {}
  if (!beginsStep(period.from.getTime(), step)) fields.from = 'not-on-step'
  if (!beginsStep(period.to.getTime(), step)) fields.to = 'not-on-step'
  if (lengthMs <= 0) fields.to = 'not-after-from'
  if (lengthMs > STATISTICS.longestPeriodMs) fields.to = 'too-long'
  return Object.keys(fields).length === 0 ? ok(period) : { ok: false, refusal: { code: 'bad-input', fields } }
}

function beginsStep(at: Instant, step: Step): boolean {
  return (at - STEP_ORIGIN.getTime()) % STEP_MS[step] === 0
}

type Band = (typeof BANDS_S)[number]

/** Of the calls of a group. Milliseconds are sums over calls; `handled` are answered calls that are over. */
type AnsweredCount =
  | 'offered'
  | 'answered'
  | `answered_${Band}`
  | 'wait_ms'
  | 'handled'
  | 'announcement_ms'
  | 'talk_ms'
  | 'hold_ms'
  | 'wrap_up_ms'

/** offered = answered + abandoned + failed + waiting; bands, short abandons and all other counts are among them. */
export type QueueCount =
  | AnsweredCount
  | 'abandoned'
  | `abandoned_${Band}`
  | 'short_abandoned'
  | 'overflowed'
  | 'timed_out'
  | 'turned_away'
  | 'failed'
  | 'waiting'

/** And what seats did in the interval, whichever call it was for. */
export type AgentCount = AnsweredCount | 'available_ms' | 'talking_ms' | 'finishing_ms' | 'not_ready_ms'

export type Counts<Name extends string> = Readonly<Record<Name, number>>

/** A quotient with both its numbers; null when there is nothing to divide by. */
export function share(part: number, whole: number): Share {
  return { part, whole, value: whole === 0 ? null : part / whole }
}

function mean(totalMs: number, calls: number): Mean {
  return { totalMs, calls, meanMs: calls === 0 ? null : Math.round(totalMs / calls) }
}

/** The figures of formulas.ts. */
export function queueFigures(counts: Counts<QueueCount>): QueueFigures {
  const { offered, answered, abandoned, short_abandoned: shortAbandoned, failed, waiting } = counts
  return {
    ...answeredFigures(counts),
    abandoned,
    abandonedWithin: BANDS_S.map(band => counts[`abandoned_${band}`]),
    shortAbandoned,
    overflowed: counts.overflowed,
    timedOut: counts.timed_out,
    turnedAway: counts.turned_away,
    failed,
    waiting,
    serviceLevel: share(
      counts[`answered_${STATISTICS.answerWithinS}`],
      answered + abandoned - shortAbandoned,
    ),
    answerRate: share(answered, offered),
    answerRateWithoutShort: share(answered, offered - shortAbandoned),
  }
}

export function agentFigures(counts: Counts<AgentCount>): AgentFigures {
  const { available_ms: availableMs, talking_ms: talkingMs, finishing_ms: wrapUpMs } = counts
  return {
    ...answeredFigures(counts),
    time: { availableMs, talkingMs, wrapUpMs, notReadyMs: counts.not_ready_ms },
    occupancy: share(talkingMs + wrapUpMs, availableMs + talkingMs + wrapUpMs),
  }
}

/** What a seat's time counts as, for each of its states; a state that is new must be given a kind here. */
export type SeatTime = 'available' | 'talking' | 'wrap-up' | 'not-ready' | 'away'
export const SEAT_TIME: Readonly<Record<SeatStateName, SeatTime>> = {
  ready: 'available',
  reserved: 'available',
  ringing: 'available',
  releasing: 'available',
  dialling: 'talking',
  talking: 'talking',
  holding: 'talking',
  consulting: 'talking',
  'wrap-up': 'wrap-up',
  'not-ready': 'not-ready',
  'signed-out': 'away',
}

/**
 * The answer rate of the 24 hours before each quarter hour from the first to the last, both included.
 * @param counted quarters from 24 hours before the period on; one without calls may be missing
 */
export function rollingRates(counted: readonly QuarterCount[], { from, to }: Period): RollingRate[] {
  const stepMs = STEP_MS['15m']
  const byStart = new Map(counted.map(quarter => [quarter.start.getTime(), quarter]))
  const countOf = (start: Instant) => byStart.get(start) ?? { offered: 0, answered: 0 }
  const sum = { offered: 0, answered: 0 }
  const rates: RollingRate[] = []
  for (let at = from.getTime() - STATISTICS.answerRateMs; at <= to.getTime(); at += stepMs) {
    // Here the sum is of the quarters that ended by `at` and began no more than 24 hours before it.
    if (at >= from.getTime()) {
      rates.push({ at: new Date(at).toISOString(), answerRate: share(sum.answered, sum.offered) })
      const gone = countOf(at - STATISTICS.answerRateMs)
      sum.offered -= gone.offered
      sum.answered -= gone.answered
    }
    const come = countOf(at)
    sum.offered += come.offered
    sum.answered += come.answered
  }
  return rates
}

interface QuarterCount {
  readonly start: Date
  readonly offered: number
  readonly answered: number
}

function answeredFigures(counts: Counts<AnsweredCount>): AnsweredFigures {
  const { offered, answered, handled } = counts
  const { announcement_ms: announcementMs, talk_ms: talkMs, hold_ms: holdMs, wrap_up_ms: wrapUpMs } = counts
  return {
    offered,
    answered,
    answeredWithin: BANDS_S.map(band => counts[`answered_${band}`]),
    speedOfAnswer: mean(counts.wait_ms, answered),
    handling: {
      announcement: mean(announcementMs, handled),
      talk: mean(talkMs, handled),
      hold: mean(holdMs, handled),
      wrapUp: mean(wrapUpMs, handled),
      whole: mean(announcementMs + talkMs + holdMs + wrapUpMs, handled),
    },
  }
}
