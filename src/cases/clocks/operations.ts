import type { UnitId } from '#kernel/ids.ts'
import { DAY_MS, type Instant } from '#kernel/time.ts'
import type { Clock, ClockKind, Limit } from './clock.ts'

export function startClock(kind: ClockKind, unit: UnitId | null, at: Instant, limit: Limit): Clock {
  return { kind, unit, startedAt: at, limit, extensions: [], pauses: [], stoppedAt: null }
}

/** A clock that has stopped stays as it stopped. */
export function stopClock(clock: Clock, at: Instant): Clock {
  if (clock.stoppedAt !== null) return clock
  return { ...resumeClock(clock, at), stoppedAt: at }
}

export function pauseClock(clock: Clock, at: Instant): Clock {
  if (clock.stoppedAt !== null || isPaused(clock)) return clock
  return { ...clock, pauses: [...clock.pauses, { from: at, to: null }] }
}

export function resumeClock(clock: Clock, at: Instant): Clock {
  if (!isPaused(clock)) return clock
  return { ...clock, pauses: clock.pauses.map(pause => (pause.to === null ? { ...pause, to: at } : pause)) }
}

/** Another limit, from the same beginning: what has passed has passed. */
export function relimit(clock: Clock, limit: Limit): Clock {
  return clock.stoppedAt === null ? { ...clock, limit } : clock
}

/** So many days more: working days where the limit counts them, else days on the wall. */
export function extendClock(clock: Clock, days: number): Clock {
  if (clock.stoppedAt !== null) return clock
  const more: Limit =
    clock.limit.unit === 'wall' ? { unit: 'wall', ms: days * DAY_MS } : { unit: 'working-days', days }
  return { ...clock, extensions: [...clock.extensions, more] }
}

function isPaused({ pauses }: Clock): boolean {
  return pauses.at(-1)?.to === null
}
