import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import type { Instant } from '#kernel/time.ts'
import { daysToPrepare } from './rules.ts'
import { listOrders, lockLeaderDay, unprepared } from './store.ts'

/**
 * Prepares the lists of the leaders who come tomorrow, from eight in the evening on, and of those of today whose list is
 * not there yet. Each once, in a transaction of its own: late, doubled or stopped in the middle, it does what is left.
 */
export async function prepareLeaderDays(db: Kysely<Database>, now: Instant): Promise<void> {
  for (const id of await unprepared(db, daysToPrepare(now))) {
    await db.transaction().execute(async trx => {
      const day = await lockLeaderDay(trx, id)
      if (day !== null && day.prepared_at === null) await listOrders(trx, day, now)
    })
  }
}
