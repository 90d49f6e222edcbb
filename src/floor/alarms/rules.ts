import type { AlarmKind, AlarmLevel } from '#database/types.ts'
import type { StaffId } from '#kernel/ids.ts'
import { badInput, type Outcome, ok } from '#kernel/outcome.ts'
import type { Instant } from '#kernel/time.ts'
import { KINDS, LEVELS } from './kinds.ts'
import { type About, type FloorNow, lastingConditions, type Measure, measuresOf } from './measures.ts'

/** Milliseconds, a count or percent, as the kind says. `queue` and `reason` narrow it; the narrower goes first. */
export interface Limit {
  readonly kind: AlarmKind
  readonly queue: string | null
  readonly reason: string | null
  readonly notice: number | null
  readonly warning: number | null
  readonly serious: number | null
  readonly leastCalls: number | null
  readonly active: boolean
}

export interface Acknowledgement {
  readonly by: StaffId
  readonly name: string
  readonly at: Instant
  readonly note: string
}

/** An alarm from its raising on. The id is made of what it is about and when it was raised. */
export interface Alarm {
  readonly id: string
  readonly key: string
  readonly kind: AlarmKind
  readonly about: About
  readonly since: Instant | null
  readonly raisedAt: Instant
  /** Now, and the highest it came to. */
  readonly level: AlarmLevel
  readonly worst: AlarmLevel
  /** The limit of the level it is at. */
  readonly threshold: number
  readonly value: number
  readonly peak: number
  /** Since when the value has been back on the good side; null: it is not. */
  readonly easingSince: Instant | null
  readonly acknowledged: Acknowledgement | null
}

/** What has to be remembered from one look at the floor to the next. */
export interface AlarmState {
  readonly active: ReadonlyMap<string, Alarm>
  readonly lasting: ReadonlyMap<string, Instant>
}

export const NO_ALARMS: AlarmState = { active: new Map(), lasting: new Map() }

/**
 * The alarms after one look at the floor. A level is taken at once; it is left only when the value has come back by
 * the kind's margin for the kind's time, so that a value that trembles about its limit is one alarm.
 */
export function nextAlarms(before: AlarmState, now: FloorNow, limits: readonly Limit[]): AlarmState {
  const byKind = Map.groupBy(limits, ({ kind }) => kind)
  const limitOf = (one: Pick<Measure, 'kind' | 'about'>) => limitFor(byKind.get(one.kind) ?? [], one)
  const lasting = new Map(
    lastingConditions(now).map(key => [key, before.lasting.get(key) ?? now.at] as const),
  )
  const measures = new Map(measuresOf(now, lasting).map(measure => [measure.key, measure]))
  const active = new Map<string, Alarm>()
  for (const alarm of before.active.values()) {
    const measure = measures.get(alarm.key)
    const next = goOn(alarm, measure, limitOf(measure ?? alarm), now.at)
    if (next !== null) active.set(alarm.key, next)
  }
  for (const measure of measures.values()) {
    const raised = before.active.has(measure.key) ? null : raise(measure, limitOf(measure), now.at)
    if (raised !== null) active.set(raised.key, raised)
  }
  return { active, lasting }
}

/**
 * The limit that holds for it: its own queue's or reason's, or else that of all; null: there is none that is active.
 * @param ofKind the limits of its kind
 */
function limitFor(ofKind: readonly Limit[], { kind, about }: Pick<Measure, 'kind' | 'about'>): Limit | null {
  const { narrowedBy } = KINDS[kind]
  const own =
    narrowedBy === null ? undefined : ofKind.find(limit => limit[narrowedBy] === (about[narrowedBy] ?? ''))
  const found = own ?? ofKind.find(limit => limit.queue === null && limit.reason === null)
  return found?.active === true ? found : null
}

function raise(measure: Measure, limit: Limit | null, at: Instant): Alarm | null {
  const level = levelOf(measure, limit, 0)
  if (level === null || limit === null) return null
  const { key, kind, about, since, value } = measure
  return {
    id: `${key}.${at}`,
    key,
    kind,
    about,
    since,
    raisedAt: at,
    level,
    worst: level,
    threshold: limit[level] ?? 0,
    value,
    peak: value,
    easingSince: null,
    acknowledged: null,
  }
}

/** @returns null when it is cleared */
function goOn(alarm: Alarm, measure: Measure | undefined, limit: Limit | null, at: Instant): Alarm | null {
  const now = measure === undefined ? alarm : moved(alarm, measure)
  const reached = measure === undefined ? null : levelOf(measure, limit, 0)
  if (limit !== null && reached !== null && rank(reached) >= rank(alarm.level)) {
    const higher = rank(reached) > rank(alarm.level)
    const worst = rank(reached) > rank(alarm.worst) ? reached : alarm.worst
    // Whoever acknowledged the lower level has not seen this one.
    const acknowledged = higher ? null : alarm.acknowledged
    const threshold = limit[reached] ?? alarm.threshold
    return { ...now, level: reached, worst, threshold, easingSince: null, acknowledged }
  }
  const held = measure === undefined ? null : levelOf(measure, limit, 1)
  if (held !== null && rank(held) >= rank(alarm.level)) return { ...now, easingSince: null }
  const easingSince = alarm.easingSince ?? at
  if (at - easingSince < KINDS[alarm.kind].easeMs) return { ...now, easingSince }
  if (held === null || limit === null) return null
  return { ...now, level: held, threshold: limit[held] ?? alarm.threshold, easingSince: null }
}

function moved(alarm: Alarm, { value, since, about }: Measure): Alarm {
  const worse = KINDS[alarm.kind].limit === 'least' ? Math.max : Math.min
  return { ...alarm, value, since, about, peak: worse(alarm.peak, value) }
}

/** The highest level whose limit is reached, with that much of the margin allowed; null: none. */
function levelOf({ kind, value, calls }: Measure, limit: Limit | null, margins: 0 | 1): AlarmLevel | null {
  if (limit === null || (calls !== undefined && calls < (limit.leastCalls ?? 0))) return null
  const rules = KINDS[kind]
  const reached = LEVELS.filter(level => {
    const threshold = limit[level]
    if (threshold === null) return false
    const margin = margins * rules.margin.by * (rules.margin.of === 'limit' ? threshold : 1)
    // Never beyond what is possible, or it could not clear.
    return rules.limit === 'least' ? value >= threshold - margin : value < Math.min(100, threshold + margin)
  })
  return reached.at(-1) ?? null
}

function rank(level: AlarmLevel): number {
  return LEVELS.indexOf(level)
}

/** The most serious first, among them those not acknowledged, then the longest standing. */
export function inOrder(alarms: Iterable<Alarm>): readonly Alarm[] {
  return [...alarms].sort(
    (a, b) =>
      rank(b.level) - rank(a.level) ||
      Number(a.acknowledged !== null) - Number(b.acknowledged !== null) ||
      a.raisedAt - b.raisedAt,
  )
}

export interface KnownNames {
  readonly queues: ReadonlySet<string>
  readonly reasons: ReadonlySet<string>
}

/** Names every wrong field as `0.warning`. */
export function checkLimits(limits: readonly Limit[], known: KnownNames): Outcome<readonly Limit[]> {
  const problems: Record<string, string> = {}
  const seen = new Set<string>()
  limits.forEach((limit, index) => {
    const { kind, queue, reason } = limit
    const { narrowedBy, limit: side, unit } = KINDS[kind]
    const problem = (field: string, what: string) => {
      problems[`${index}.${field}`] = what
    }
    if (queue !== null && narrowedBy !== 'queue') problem('queue', 'not-a-field')
    else if (queue !== null && !known.queues.has(queue)) problem('queue', 'unknown')
    if (reason !== null && narrowedBy !== 'reason') problem('reason', 'not-a-field')
    else if (reason !== null && !known.reasons.has(reason)) problem('reason', 'unknown')
    if (limit.leastCalls !== null && unit !== 'percent') problem('leastCalls', 'not-a-field')
    const subject = [kind, queue, reason].join('/')
    if (seen.has(subject)) problem('kind', 'twice')
    seen.add(subject)
    const given = LEVELS.filter(level => limit[level] !== null)
    if (limit.active && given.length === 0) problem('warning', 'required')
    for (const level of given) {
      const value = limit[level] ?? 0
      if (unit === 'percent' && value > 100) problem(level, 'above-100')
      const lower = given.filter(other => rank(other) < rank(level)).map(other => limit[other] ?? 0)
      if (lower.some(other => (side === 'least' ? other >= value : other <= value)))
        problem(level, 'not-worse')
    }
  })
  return Object.keys(problems).length > 0 ? badInput(problems) : ok(limits)
}
