import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import { DAY_MS, type Instant } from '#kernel/time.ts'
import { perform } from './perform.ts'
import { currentTable } from './tables.ts'

const BATCH = 500

/**
 * Archives (归档) what was closed long enough ago, each order in a transaction of its own: stopped in the middle, run
 * twice or a night late, it does what is left.
 */
export async function archiveOld(db: Kysely<Database>, now: Instant): Promise<void> {
  const { archiveDays } = (await currentTable(db)).table.numbers
  for (;;) {
    const rows = await db
      .selectFrom('work_orders')
      .select('id')
      .where('status', 'in', ['closed', 'emergency', 'void'])
      .where('closed_at', '<', new Date(now - archiveDays * DAY_MS))
      .orderBy('closed_at')
      .limit(BATCH)
      .execute()
    let archived = 0
    for (const { id } of rows) {
      const outcome = await db.transaction().execute(trx =>
        perform(trx, {
          id,
          act: { do: 'archive' },
          actor: { kind: 'service', job: 'archive' },
          at: now,
          version: null,
        }),
      )
      if (outcome.ok) archived += 1
    }
    // An order that keeps an older table with a longer time stays; it must not be asked for ever.
    if (rows.length < BATCH || archived === 0) return
  }
}
