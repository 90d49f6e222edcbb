import { DAY_MS, MINUTE_MS } from '#kernel/time.ts'
import { CLOCK_KINDS, type ClockKind, type Limit } from './clock.ts'
import { type ByPriority, type ClockLimits, type ExtensionAllowance, OTHER_TYPES } from './limits.ts'
import type { WorkingHours } from './working-time.ts'

/** What is wrong with a cell. */
export type LimitProblem =
  /** Every type needs a limit of its own or a row `*`. */
  | 'missing'
  | 'unknown-type'
  /** Less than a minute or more than 90 days; no whole number of days. */
  | 'out-of-range'
  /** P1, dispatch and signing run day and night. */
  | 'wall-only'
  /** Longer than a dispatch may ever take. */
  | 'over-cap'
  /** An extension for a clock without a limit. */
  | 'no-limit'
  /** Not in the unit of the limit that it lengthens. */
  | 'other-unit'
  /** Not after the one before. */
  | 'wrong-order'
  | 'wrong-form'

/** By the cell's path: `limits.handle.P3.HELP`, `hours.1`. */
export type LimitProblems = Readonly<Record<string, LimitProblem>>

const LONGEST_DAYS = 90
const MOST_EXTENSIONS = 5
/** These are kept day and night, by whoever is on duty. */
const ROUND_THE_CLOCK: readonly ClockKind[] = ['dispatch', 'sign']

/** @param types the codes of all order types; empty when nothing is wrong */
export function checkLimits(table: ClockLimits, types: readonly string[]): LimitProblems {
  const found = [
    ...checkHours(table.hours),
    ...CLOCK_KINDS.flatMap(kind => checkKind(table, kind, types)),
    ...CLOCK_KINDS.flatMap(kind => checkExtensions(table, kind, types)),
    ...checkDispatch(table),
    ...table.escalateSignAfterMs.flatMap((ms, index, all) =>
      problem(
        `escalateSignAfterMs.${index}`,
        rangeOf(ms) ?? (index > 0 && ms <= (all[index - 1] ?? 0) ? 'wrong-order' : null),
      ),
    ),
  ]
  return Object.fromEntries(found)
}

type Found = readonly [string, LimitProblem]

function problem(path: string, wrong: LimitProblem | null): Found[] {
  return wrong === null ? [] : [[path, wrong]]
}

function checkHours(hours: readonly WorkingHours[]): Found[] {
  if (hours.length === 0) return [['hours', 'missing']]
  return hours.flatMap(({ from, to }, index) => {
    if (!isTime(from) || !isTime(to)) return problem(`hours.${index}`, 'wrong-form')
    const before = hours[index - 1]?.to ?? ''
    return problem(`hours.${index}`, from < to && before <= from ? null : 'wrong-order')
  })
}

function isTime(text: string): boolean {
  return /^([01][0-9]|2[0-3]):[0-5][0-9]$/.test(text)
}

function checkKind(table: ClockLimits, kind: ClockKind, types: readonly string[]): Found[] {
  const cells = table.limits[kind]
  const path = `limits.${kind}`
  const found = cellsOf(cells, path).flatMap(([at, limit]) =>
    limit === null
      ? []
      : problem(at, limitProblem(limit, at.endsWith('.P1') || ROUND_THE_CLOCK.includes(kind))),
  )
  return [...found, ...checkTypes(cells, path, types)]
}

/** Who needs no clock of a kind says so by null; what is left out was forgotten. */
function checkTypes(cells: ByPriority<unknown>, path: string, types: readonly string[]): Found[] {
  const named = Object.keys(cells.P3)
  const unknown = named.filter(type => type !== OTHER_TYPES && !types.includes(type))
  const missing = named.includes(OTHER_TYPES) ? [] : types.filter(type => !named.includes(type))
  return [
    ...unknown.flatMap(type => problem(`${path}.P3.${type}`, 'unknown-type')),
    ...missing.flatMap(type => problem(`${path}.P3.${type}`, 'missing')),
  ]
}

function cellsOf<Cell>(cells: ByPriority<Cell>, path: string): [string, Cell | null][] {
  return [
    [`${path}.P1`, cells.P1],
    [`${path}.P2`, cells.P2],
    ...Object.entries(cells.P3).map(([type, cell]): [string, Cell | null] => [`${path}.P3.${type}`, cell]),
  ]
}

function limitProblem(limit: Limit, wallOnly: boolean): LimitProblem | null {
  if (limit.unit === 'wall') return rangeOf(limit.ms)
  if (wallOnly) return 'wall-only'
  return Number.isInteger(limit.days) && limit.days >= 1 && limit.days <= LONGEST_DAYS ? null : 'out-of-range'
}

function rangeOf(ms: number): LimitProblem | null {
  return Number.isInteger(ms) && ms >= MINUTE_MS && ms <= LONGEST_DAYS * DAY_MS ? null : 'out-of-range'
}

function checkExtensions(table: ClockLimits, kind: ClockKind, types: readonly string[]): Found[] {
  const cells = table.extensions[kind]
  if (cells === undefined) return []
  const limits = table.limits[kind]
  const limitAt = new Map(cellsOf(limits, `extensions.${kind}`))
  const others = limits.P3[OTHER_TYPES] ?? null
  const found = cellsOf(cells, `extensions.${kind}`).flatMap(([path, allowance]) => {
    if (allowance === null) return []
    const own = limitAt.get(path)
    return problem(path, allowanceProblem(allowance, own === undefined ? others : own))
  })
  return [...found, ...checkTypes(cells, `extensions.${kind}`, types)]
}

function allowanceProblem(
  { times, most, leaderFrom }: ExtensionAllowance,
  limit: Limit | null,
): LimitProblem | null {
  if (limit === null) return 'no-limit'
  if (limit.unit !== most.unit) return 'other-unit'
  const whole = (value: number) => Number.isInteger(value) && value >= 1 && value <= MOST_EXTENSIONS
  if (!whole(times) || (leaderFrom !== null && !whole(leaderFrom))) return 'out-of-range'
  return limitProblem(most, false)
}

function checkDispatch({ dispatch, limits }: ClockLimits): Found[] {
  const { capMs, floorMs } = dispatch
  return [
    ...problem('dispatch.capMs', rangeOf(capMs)),
    ...problem('dispatch.floorMs', rangeOf(floorMs) ?? (floorMs > capMs ? 'over-cap' : null)),
    ...cellsOf(limits.dispatch, 'limits.dispatch').flatMap(([path, limit]) =>
      problem(path, limit?.unit === 'wall' && limit.ms > capMs ? 'over-cap' : null),
    ),
  ]
}
