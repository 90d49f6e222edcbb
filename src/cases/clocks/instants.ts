import { cityDate, DAY_MS, type Instant } from '#kernel/time.ts'
import type { Clock, Limit } from './clock.ts'
import {
  afterWorkingMs,
  endOfBusiness,
  type Span,
  startOfBusiness,
  type WorkTime,
  workingDayAfter,
  workingDayMs,
  workingMs,
} from './working-time.ts'

/**
 * What a clock comes to: 已过一半, 已过八成, 黄牌 (one working day before it is due), 到期, 红牌 (the first working day
 * after), and how long after its start nobody's signature is passed on upwards, 第一次上报 and 第二次上报.
 */
export const CLOCK_STAGES = ['half', 'most', 'yellow', 'due', 'red', 'escalate-1', 'escalate-2'] as const
export type ClockStage = (typeof CLOCK_STAGES)[number]

export interface ClockInstants {
  /** When it is due by its limit alone: no pause, no extension. */
  readonly planned: Instant
  /** 50 % and 80 % of the time allowed have run. */
  readonly half: Instant | null
  readonly most: Instant | null
  /** One working day of its time is left; null on the wall, and when it began with no more than that. */
  readonly yellow: Instant | null
  readonly due: Instant | null
  /** The first working day after it was due begins; on the wall, with the due. */
  readonly red: Instant | null
}

/** How a clock counts: on the wall, or in working time alone. */
interface Measure {
  between(from: Instant, to: Instant): number
  after(from: Instant, ms: number): Instant
}

const WALL: Measure = { between: (from, to) => Math.max(0, to - from), after: (from, ms) => from + ms }

function measureOf(limit: Limit, time: WorkTime): Measure {
  if (limit.unit === 'wall') return WALL
  return {
    between: (from, to) => workingMs(from, to, time),
    after: (from, ms) => afterWorkingMs(from, ms, time),
  }
}

/**
 * Worked out from what happened alone: start, limit, extensions, pauses. A pause takes time away only where the clock
 * would have run, so one outside working time or after the due changes nothing.
 * @param now ends a pause that stands, for "if it went on now"; without it, what lies behind that pause is null
 */
export function instantsOf(clock: Clock, time: WorkTime, now?: Instant): ClockInstants {
  const { limit, startedAt } = clock
  const allowed = allowedMs(clock, time)
  const at = (used: number) => whenUsed(clock, used, time, now)
  const due = at(allowed)
  const beforeYellow = allowed - workingDayMs(time)
  return {
    planned: measureOf(limit, time).after(startedAt, allowedMs({ ...clock, extensions: [] }, time)),
    half: at(Math.round(allowed * 0.5)),
    most: at(Math.round(allowed * 0.8)),
    yellow: limit.unit === 'wall' || beforeYellow <= 0 ? null : at(beforeYellow),
    due,
    red: due === null || limit.unit === 'wall' ? due : nextOpening(due, time),
  }
}

/** What has run of the time allowed, up to an instant; `left` is negative once it is overdue. Milliseconds of its own time. */
export interface ClockBalance {
  readonly allowed: number
  readonly used: number
  readonly left: number
}

export function balanceOf(clock: Clock, time: WorkTime, at: Instant): ClockBalance {
  const allowed = allowedMs(clock, time)
  const measure = measureOf(clock.limit, time)
  const until = Math.min(at, clock.stoppedAt ?? at)
  const used = runsOf(clock).reduce((sum, run) => sum + measure.between(run.from, Math.min(run.to, until)), 0)
  return { allowed, used, left: allowed - used }
}

/** When the first of those that run is due; null while none runs, or all are paused. */
export function earliestDue(clocks: readonly Clock[], time: WorkTime): Instant | null {
  const dues = clocks
    .filter(({ stoppedAt }) => stoppedAt === null)
    .map(clock => instantsOf(clock, time).due)
    .filter(due => due !== null)
  return dues.length === 0 ? null : Math.min(...dues)
}

/** A stage with its instant. */
export interface StageAt {
  readonly stage: ClockStage
  readonly at: Instant
}

/**
 * All stages whose instants are known, in the order in which they come. One that would only have come after the clock
 * was stopped does not.
 * @param escalateAfterMs first and second, counted from the start as the clock counts; none for clocks that nobody signs
 */
export function stagesOf(clock: Clock, time: WorkTime, escalateAfterMs: readonly number[]): StageAt[] {
  const { planned: _, ...instants } = instantsOf(clock, time)
  const [first, second] = escalateAfterMs.map(ms => whenUsed(clock, ms, time))
  const known = { ...instants, 'escalate-1': first, 'escalate-2': second }
  const ends = clock.stoppedAt ?? Number.POSITIVE_INFINITY
  return CLOCK_STAGES.flatMap(stage => {
    const at = known[stage] ?? null
    return at === null || at >= ends ? [] : [{ stage, at }]
  }).sort((a, b) => a.at - b.at)
}

/**
 * The time allowed from the start on, in the clock's own measure: for working days, all working time up to close of
 * business of the last of them, the rest of the first day included. An extension granted in the other unit counts day
 * for day: 24 hours for a working day, a working day for each 24 hours begun.
 */
function allowedMs({ limit, extensions, startedAt }: Clock, time: WorkTime): number {
  if (limit.unit === 'wall') return extensions.reduce((sum, by) => sum + wallMs(by), limit.ms)
  const onWall = extensions.reduce((sum, by) => sum + (by.unit === 'wall' ? by.ms : 0), 0)
  const inDays = extensions.reduce((sum, by) => sum + (by.unit === 'wall' ? 0 : by.days), 0)
  const days = limit.days + inDays + Math.ceil(onWall / DAY_MS)
  const lastDay = workingDayAfter(cityDate(startedAt), days, time.calendar)
  return workingMs(startedAt, endOfBusiness(lastDay, time), time)
}

function wallMs(limit: Limit): number {
  return limit.unit === 'wall' ? limit.ms : limit.days * DAY_MS
}

/** The first instant by which so much has run; null: a pause stands before it. */
function whenUsed(clock: Clock, used: number, time: WorkTime, now?: Instant): Instant | null {
  const measure = measureOf(clock.limit, time)
  let left = used
  for (const { from, to } of runsOf(clock, now)) {
    const runs = to === Number.POSITIVE_INFINITY ? left : measure.between(from, to)
    if (runs >= left) return measure.after(from, left)
    left -= runs
  }
  return null
}

/** When it ran: from its start on, all but the pauses, which may touch or overlap each other. */
function runsOf({ startedAt, pauses }: Clock, now?: Instant): Span[] {
  const stops = pauses
    .map(({ from, to }) => ({ from, to: to ?? Math.max(now ?? Number.POSITIVE_INFINITY, from) }))
    .sort((a, b) => a.from - b.from)
  const runs: Span[] = []
  let from = startedAt
  for (const stop of stops) {
    if (stop.from > from) runs.push({ from, to: stop.from })
    from = Math.max(from, stop.to)
  }
  return from === Number.POSITIVE_INFINITY ? runs : [...runs, { from, to: Number.POSITIVE_INFINITY }]
}

function nextOpening(at: Instant, time: WorkTime): Instant {
  return startOfBusiness(workingDayAfter(cityDate(at), 1, time.calendar), time)
}
