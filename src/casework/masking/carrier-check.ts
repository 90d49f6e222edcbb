import type { Transaction } from 'kysely'
import type { Database } from '#database/types.ts'
import { HOUR_MS, type Instant } from '#kernel/time.ts'
import { nextStep } from './carrier-rules.ts'
import {
  changeRow,
  lockLive,
  markChecked,
  numberStanding,
  numbersToCheck,
  subsKnown,
} from './carrier-store.ts'
import type { CarrierDeps } from './carrier-work.ts'
import type { SubscriptionState } from './provider.ts'
import { date } from './store.ts'

/** Each number is compared this often … */
const CHECK_EVERY_MS = HOUR_MS
/** … so many at a time: some requests each, to a carrier that has others to serve. */
const CHECKED_AT_ONCE = 100

/**
 * Compares what the carrier has on our numbers with what it should have. What it forgot is bound anew, what it has
 * otherwise is changed, and what nobody here knows of, which would let somebody reach somebody, is unbound.
 */
export async function compareWithCarrier(deps: CarrierDeps): Promise<void> {
  const { db, provider, clock, log } = deps
  const before = new Date(clock.now() - CHECK_EVERY_MS)
  for (const number of await numbersToCheck(db, provider.name, before, CHECKED_AT_ONCE)) {
    const standing = await numberStanding(db, number)
    const held = await provider.held(number)
    if (held.kind !== 'done') {
      log.warn({ problem: held.code }, 'the carrier was not compared with')
      return
    }
    const at = clock.now()
    const strays = await db
      .transaction()
      .execute(trx => compare(trx, deps, number, standing?.subsId ?? null, held.value, at))
    for (const stray of strays) {
      const answer = await provider.unbind(stray)
      const outcome = answer.kind === 'done' ? 'unbound' : answer.code
      log.warn({ subsId: stray.subsId, outcome }, 'the carrier had a binding that is not ours')
    }
    await markChecked(db, number, new Date(at))
  }
}

/**
 * @param subsId what we took for bound before the carrier was asked: its answer may be older than a change since
 * @returns what the carrier has on the number and nobody here knows of
 */
async function compare(
  trx: Transaction<Database>,
  { provider, log }: CarrierDeps,
  number: string,
  subsId: string | null,
  held: readonly SubscriptionState[],
  at: Instant,
): Promise<readonly SubscriptionState[]> {
  const heldBy = (await numberStanding(trx, number))?.heldBy ?? null
  const row = heldBy === null ? null : await lockLive(trx, heldBy)
  // Somebody asks the carrier about it just now, or is about to.
  if (row !== null && (row.unsure || (row.takenUntil ?? at) > at)) return []
  if (row !== null && subsId !== null && row.subsId === subsId) {
    const found = held.find(one => one.subsId === subsId)
    if (found === undefined) {
      log.warn({ key: row.key }, 'the carrier has forgotten a binding')
      await changeRow(trx, row.key, {
        ...{ subs_id: null, told_until: null, told_unit: null, problem: 'forgotten', next_at: new Date(at) },
        state: row.state === 'ending' ? 'ending' : 'binding',
      })
    } else {
      const told = { toldUntil: found.expiresAt, toldUnit: found.unit }
      const due = nextStep({ ...row, ...told }, at) === 'none' ? {} : { next_at: new Date(at) }
      await changeRow(trx, row.key, { told_until: date(found.expiresAt), told_unit: found.unit, ...due })
    }
  }
  const known = await subsKnown(
    trx,
    provider.name,
    held.map(one => one.subsId),
  )
  return held.filter(one => !known.has(one.subsId))
}
