import type { Transaction } from 'kysely'
import type { Database } from '#database/types.ts'
import type { UnitId } from '#kernel/ids.ts'
import { cityDate, type Instant } from '#kernel/time.ts'
import { instantsOf } from '../../cases/clocks/instants.ts'
import { extensionFor, limitFor } from '../../cases/clocks/limits.ts'
import { endOfBusiness, workingDayAfter } from '../../cases/clocks/working-time.ts'
import type { Act } from '../../cases/life/acts.ts'
import type { Context } from '../../cases/life/context.ts'
import type { Order } from '../../cases/life/order.ts'
import { currentLimits, limitsOfVersion, type Reckoning } from '../clocks/index.ts'
import { statusOf, type Versions } from './store.ts'
import { currentTable, tableOfVersion } from './tables.ts'

/** What an order that begins now goes by. */
export async function currentVersions(trx: Transaction<Database>): Promise<Versions> {
  const [table, limits] = [await currentTable(trx), await currentLimits(trx)]
  return { life: table.version, limits: limits.version }
}

/** What a decision about this order must know: the versions that it began with, and the city's calendar of today. */
export async function contextOf(
  trx: Transaction<Database>,
  order: Order,
  act: Act,
  at: Instant,
  tookPart: boolean,
  reckoning: Reckoning,
): Promise<Context> {
  const limits = await limitsOfVersion(trx, order.limitsVersion)
  if (limits === null) throw new Error(`no version ${order.limitsVersion} of the limits`)
  const above = act.do === 'pass-down' ? await unitsAbove(trx, act.to) : []
  return {
    at,
    tookPart,
    table: await tableOfVersion(trx, order.lifeVersion),
    mergeTarget: act.do === 'merge' ? await statusOf(trx, act.into) : null,
    isBelow: (unit, upper) => unit !== upper && above.includes(upper),
    limitOf: (kind, type, priority, startedAt) => limitFor(limits, kind, type, priority, startedAt),
    extensionOf: (type, priority) =>
      extensionFor(limits, order.reworks > 0 ? 'rework' : 'handle', type, priority),
    dueOf: clock => instantsOf(clock, reckoning).due,
    afterWorkingDays: (from, days) =>
      endOfBusiness(workingDayAfter(cityDate(from), days, reckoning.calendar), reckoning),
  }
}

async function unitsAbove(trx: Transaction<Database>, unit: UnitId): Promise<readonly UnitId[]> {
  const row = await trx.selectFrom('units').select('path').where('id', '=', unit).executeTakeFirst()
  return row?.path ?? []
}
