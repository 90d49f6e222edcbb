import { createHash } from 'node:crypto'
import type { Instant } from '#kernel/time.ts'
import type { Clock } from '../../cases/clocks/clock.ts'
import { type StageAt, stagesOf } from '../../cases/clocks/instants.ts'
import { type ClockLimits, escalationsFor } from '../../cases/clocks/limits.ts'
import type { WorkTime } from '../../cases/clocks/working-time.ts'

/** What instants are worked out with, for orders of every version of the limits: the city's as of now. */
export type Reckoning = WorkTime & Pick<ClockLimits, 'escalateSignAfterMs'>

/** Two reckonings with one digest come to the same instants. */
export function digestOf({ calendar, hours, escalateSignAfterMs }: Reckoning): string {
  const days = [...calendar].map(([day, { works }]) => `${day} ${works}`).sort()
  return createHash('sha256')
    .update(JSON.stringify([days, hours.map(({ from, to }) => [from, to]), escalateSignAfterMs]))
    .digest('hex')
}

/**
 * The stages of a clock that have not been marked, in their order. One that was marked comes again only when it has
 * moved later, as by an extension; moved earlier, it has been told already.
 */
export function stagesToCome(clock: Clock, reckoning: Reckoning, marks: readonly StageAt[]): StageAt[] {
  const latest = new Map<StageAt['stage'], Instant>()
  for (const { stage, at } of marks) latest.set(stage, Math.max(at, latest.get(stage) ?? at))
  return stagesOf(clock, reckoning, escalationsFor(reckoning, clock.kind)).filter(
    ({ stage, at }) => at > (latest.get(stage) ?? Number.NEGATIVE_INFINITY),
  )
}
