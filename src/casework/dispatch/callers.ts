import { type Kysely, type SqlBool, sql } from 'kysely'
import type { Database } from '#database/types.ts'
import type { AreaCode } from '#kernel/ids.ts'
import { isProtectedRow } from '../secrecy/index.ts'

/** Where this number's last order with a known area was; a protected one tells nobody where its citizen is. */
export async function lastAreaOf(db: Kysely<Database>, callerNumber: string): Promise<AreaCode | null> {
  const row = await db
    .selectFrom('work_orders')
    .select('area_code')
    .where('caller_number', '=', callerNumber)
    .where('area_code', 'is not', null)
    .where(sql<SqlBool>`not ${isProtectedRow()}`)
    .orderBy('opened_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.area_code ?? null
}
