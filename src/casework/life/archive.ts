import { type Kysely, sql } from 'kysely'
import type { Database } from '#database/types.ts'
import { DAY_MS, type Instant } from '#kernel/time.ts'
import type { Actor } from '../../cases/actor.ts'
import { perform } from './perform.ts'
import { currentTable } from './tables.ts'

const BATCH = 500
const JOB: Actor = { kind: 'service', job: 'archive' }

/**
 * Archives (归档) what was closed long enough ago, each order in a transaction of its own: stopped in the middle, run
 * twice or a night late, it does what is left.
 */
export async function archiveOld(db: Kysely<Database>, now: Instant): Promise<void> {
  const { archiveDays } = (await currentTable(db)).table.numbers
  // An order that keeps an older table with a longer time stays, and must not hold up those behind it.
  let after: { readonly at: Date; readonly id: string } | null = null
  for (;;) {
    const rows = await closedBefore(db, new Date(now - archiveDays * DAY_MS), after)
    for (const { id } of rows) {
      const act = { do: 'archive' } as const
      await db.transaction().execute(trx => perform(trx, { id, act, actor: JOB, at: now, version: null }))
    }
    const last = rows.at(-1)
    if (last === undefined || last.closed_at === null || rows.length < BATCH) return
    after = { at: last.closed_at, id: last.id }
  }
}

function closedBefore(
  db: Kysely<Database>,
  until: Date,
  after: { readonly at: Date; readonly id: string } | null,
) {
  let query = db
    .selectFrom('work_orders')
    .select(['id', 'closed_at'])
    .where('status', 'in', ['closed', 'emergency', 'void'])
    .where('closed_at', '<', until)
    .orderBy('closed_at')
    .orderBy('id')
    .limit(BATCH)
  if (after !== null) query = query.where(sql<boolean>`(closed_at, id) > (${after.at}, ${after.id}::uuid)`)
  return query.execute()
}
