import type { UnitId } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'
import type { Clock, ClockKind, Limit } from './clock.ts'

/** What a clock is known by among those of one order that run: one of a kind and unit at most. */
export interface ClockName {
  readonly kind: ClockKind
  /** null: the order's own. */
  readonly unit: UnitId | null
}

export function isRunning({ stoppedAt }: Clock): boolean {
  return stoppedAt === null
}

/** It runs no further for as long as this pause stands. */
export function isPaused(clock: Clock): boolean {
  return clock.pauses.some(({ to }) => to === null)
}

/** Nothing changes when one of that kind and unit runs already. */
export function startClock(
  clocks: readonly Clock[],
  name: ClockName,
  limit: Limit,
  at: Instant,
): readonly Clock[] {
  if (clocks.some(clock => isRunning(clock) && named(clock, name))) return clocks
  const { kind, unit } = name
  // One that was stopped in the instant of its start never ran, and would be taken for the new one.
  const others = clocks.filter(clock => !named(clock, name) || clock.startedAt !== at)
  return [...others, { kind, unit, startedAt: at, limit, extensions: [], pauses: [], stoppedAt: null }]
}

/** What it waited for has happened. A pause that stands ends with it. One that was stopped stays as it is. */
export function stopClock(clocks: readonly Clock[], name: ClockName, at: Instant): readonly Clock[] {
  return clocks.map(clock => (named(clock, name) ? stopped(clock, at) : clock))
}

/** Whatever runs, when the order comes to its end; or all of one unit's, when it has nothing more to do with it. */
export function stopClocks(clocks: readonly Clock[], at: Instant, unit?: UnitId): readonly Clock[] {
  return clocks.map(clock => (unit === undefined || clock.unit === unit ? stopped(clock, at) : clock))
}

/** @param kinds which of those that run; a clock that is paused already stays so from when it was */
export function pauseClocks(
  clocks: readonly Clock[],
  at: Instant,
  kinds: readonly ClockKind[],
): readonly Clock[] {
  return clocks.map(clock =>
    isRunning(clock) && !isPaused(clock) && kinds.includes(clock.kind)
      ? { ...clock, pauses: [...clock.pauses, { from: Math.max(at, clock.startedAt), to: null }] }
      : clock,
  )
}

/** Ends every pause that stands. */
export function resumeClocks(clocks: readonly Clock[], at: Instant): readonly Clock[] {
  return clocks.map(clock => (isRunning(clock) ? resumed(clock, at) : clock))
}

/**
 * Another type or priority: the clocks that run get their new limits and keep everything that happened.
 * @param limitOf null: no clock of this kind would be started now; one that runs keeps its limit
 */
export function relimit(clocks: readonly Clock[], limitOf: (clock: Clock) => Limit | null): readonly Clock[] {
  return clocks.map(clock => {
    const limit = isRunning(clock) ? limitOf(clock) : null
    return limit === null ? clock : { ...clock, limit }
  })
}

/** Gives the clock of that name, if it runs, more time. */
export function extend(clocks: readonly Clock[], name: ClockName, by: Limit): readonly Clock[] {
  return clocks.map(clock =>
    isRunning(clock) && named(clock, name) ? { ...clock, extensions: [...clock.extensions, by] } : clock,
  )
}

function named(clock: Clock, { kind, unit }: ClockName): boolean {
  return clock.kind === kind && clock.unit === unit
}

function stopped(clock: Clock, at: Instant): Clock {
  return isRunning(clock) ? { ...resumed(clock, at), stoppedAt: Math.max(at, clock.startedAt) } : clock
}

/** A pause of no length leaves no trace. */
function resumed(clock: Clock, at: Instant): Clock {
  if (!isPaused(clock)) return clock
  const pauses = clock.pauses
    .map(({ from, to }) => ({ from, to: to ?? Math.max(at, from) }))
    .filter(({ from, to }) => from < to)
  return { ...clock, pauses }
}
