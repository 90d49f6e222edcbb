import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import type { AreaCode } from '#kernel/ids.ts'

/** Where this number's last order with a known area was. */
export async function lastAreaOf(db: Kysely<Database>, callerNumber: string): Promise<AreaCode | null> {
  const row = await db
    .selectFrom('work_orders')
    .select('area_code')
    .where('caller_number', '=', callerNumber)
    .where('area_code', 'is not', null)
    .orderBy('opened_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.area_code ?? null
}
