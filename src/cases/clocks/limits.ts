import { cityClock, HOUR_MS, type Instant, MINUTE_MS } from '#kernel/time.ts'
import type { Priority } from '../life/order.ts'
import type { ClockKind, Limit } from './clock.ts'
import type { WorkingHours } from './working-time.ts'

/** The row for types that have none of their own. */
export const OTHER_TYPES = '*'

/** One value for P1, one for P2, and for P3 one by order type; null: there is none. */
export interface ByPriority<Cell> {
  readonly P1: Cell | null
  readonly P2: Cell | null
  /** By type code; `*` for all others. */
  readonly P3: Readonly<Record<string, Cell | null>>
}

/** 延期: how often, and for how long at most each time. */
export interface ExtensionAllowance {
  readonly times: number
  readonly most: Limit
  /** From which time on a leader must grant it; null: never. */
  readonly leaderFrom: number | null
}

/** 上不过午、下不过夜: what was registered in the morning is dispatched by noon, the rest before midnight. */
export interface DispatchRule {
  /** No cell, nor anything else, lets a dispatch take longer (M3). */
  readonly capMs: number
  /** What was registered just before noon or midnight still gets this much, or its limit if that is less. */
  readonly floorMs: number
}

/** One version of the table of time limits (时限). */
export interface ClockLimits {
  readonly hours: readonly WorkingHours[]
  readonly limits: Readonly<Record<ClockKind, ByPriority<Limit>>>
  readonly extensions: Readonly<Partial<Record<ClockKind, ByPriority<ExtensionAllowance>>>>
  readonly dispatch: DispatchRule
  /** How long after its start a signature that is missing is passed on upwards: first, second. */
  readonly escalateSignAfterMs: readonly number[]
}

/**
 * The limit of a clock that starts then; null when there is no such clock. P0 has none: it is handed over at once.
 * @param startedAt dispatch alone looks at it, for noon and midnight
 */
export function limitFor(
  limits: ClockLimits,
  kind: ClockKind,
  type: string | null,
  priority: Priority,
  startedAt: Instant,
): Limit | null {
  const limit = cellOf(limits.limits[kind], type, priority)
  if (kind !== 'dispatch' || limit?.unit !== 'wall') return limit
  const { capMs, floorMs } = limits.dispatch
  return { unit: 'wall', ms: Math.min(limit.ms, capMs, Math.max(floorMs, untilNoonOrMidnight(startedAt))) }
}

export function extensionFor(
  limits: ClockLimits,
  kind: ClockKind,
  type: string | null,
  priority: Priority,
): ExtensionAllowance | null {
  const cells = limits.extensions[kind]
  return cells === undefined ? null : cellOf(cells, type, priority)
}

/** The delays that `stagesOf` wants for a clock of this kind. */
export function escalationsFor(
  limits: Pick<ClockLimits, 'escalateSignAfterMs'>,
  kind: ClockKind,
): readonly number[] {
  return kind === 'sign' ? limits.escalateSignAfterMs : []
}

function cellOf<Cell>(cells: ByPriority<Cell>, type: string | null, priority: Priority): Cell | null {
  if (priority === 'P0') return null
  if (priority !== 'P3') return cells[priority]
  const own = type === null ? undefined : cells.P3[type]
  return own === undefined ? (cells.P3[OTHER_TYPES] ?? null) : own
}

function untilNoonOrMidnight(at: Instant): number {
  const { minute } = cityClock(at)
  const boundary = minute < 12 * 60 ? 12 * 60 : 24 * 60
  return (boundary - minute) * MINUTE_MS - (at % MINUTE_MS)
}

const minutes = (count: number): Limit => ({ unit: 'wall', ms: count * MINUTE_MS })
const hours = (count: number): Limit => ({ unit: 'wall', ms: count * HOUR_MS })
const days = (count: number): Limit => ({ unit: 'working-days', days: count })
const once = (most: Limit): ExtensionAllowance => ({ times: 1, most, leaderFrom: null })
const twice = (most: Limit): ExtensionAllowance => ({ times: 2, most, leaderFrom: 2 })

/** Help is the measure of all types that have no row; complaints and reports (投诉、举报) are alike. */
function p3<Cell>(consult: Cell, help: Cell, complaint: Cell, suggest: Cell): Record<string, Cell> {
  return { CONSULT: consult, COMPLAINT: complaint, REPORT: complaint, SUGGEST: suggest, [OTHER_TYPES]: help }
}

/** What a city begins with; it publishes its own. */
export const DEFAULT_LIMITS: ClockLimits = {
  hours: [
    { from: '08:30', to: '12:00' },
    { from: '14:30', to: '17:30' },
  ],
  limits: {
    dispatch: {
      P1: minutes(2),
      P2: minutes(5),
      P3: p3(minutes(10), minutes(10), minutes(10), minutes(30)),
    },
    sign: { P1: minutes(15), P2: minutes(30), P3: { [OTHER_TYPES]: minutes(30) } },
    contact: { P1: minutes(30), P2: hours(4), P3: p3(days(1), days(1), days(2), days(3)) },
    handle: { P1: hours(24), P2: days(3), P3: p3(days(1), days(5), days(10), days(10)) },
    'call-back': { P1: hours(24), P2: days(1), P3: p3(days(1), days(2), days(2), days(3)) },
    rework: { P1: hours(12), P2: days(1), P3: p3<Limit | null>(days(1), days(3), days(5), null) },
  },
  extensions: {
    handle: {
      P1: once(hours(24)),
      P2: once(days(3)),
      P3: p3(once(days(2)), once(days(5)), twice(days(7)), once(days(10))),
    },
  },
  dispatch: { capMs: 30 * MINUTE_MS, floorMs: 5 * MINUTE_MS },
  escalateSignAfterMs: [30 * MINUTE_MS, 60 * MINUTE_MS],
}
