import type { Transaction } from 'kysely'
import type { Database } from '#database/types.ts'
import { makePool } from '../casework/masking/index.ts'

/** Short numbers (虚拟短号) of 海棠市: no city of ours has these. */
const POOLS = [
  { name: '保密工单', use: 'secret', first: '95000', last: '95999', restHours: 72, lowAt: 100, active: true },
  { name: '人工绑定', use: 'by-hand', first: '96000', last: '96199', restHours: 72, lowAt: 20, active: true },
] as const

export async function seedNumberPools(trx: Transaction<Database>): Promise<void> {
  for (const pool of POOLS) await makePool(trx, pool)
}
