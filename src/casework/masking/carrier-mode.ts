import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '#database/types.ts'
import type { Instant } from '#kernel/time.ts'
import { poolState, wellAbove } from '../../cases/masking/lease.ts'
import { tellPool } from './pools.ts'

/**
 * Writes down by whose numbers the city masks, for whoever acts within a transaction: at each start.
 * @param carrier null: this PBX alone
 */
export async function keepCarrier(
  db: Kysely<Database>,
  carrier: { readonly provider: string; readonly lowAt: number } | null,
): Promise<void> {
  await db.transaction().execute(async trx => {
    await trx.updateTable('mask_carriers').set({ active: false }).where('active', '=', true).execute()
    if (carrier === null) return
    const standing = { active: true, low_at: carrier.lowAt }
    await trx
      .insertInto('mask_carriers')
      .values({ provider: carrier.provider, ...standing })
      .onConflict(conflict => conflict.column('provider').doUpdateSet(standing))
      .execute()
  })
}

/** By whose numbers the city masks beside its own; null: by nobody's. */
export async function activeCarrier(db: Kysely<Database>): Promise<string | null> {
  const row = await db
    .selectFrom('mask_carriers')
    .select('provider')
    .where('active', '=', true)
    .executeTakeFirst()
  return row?.provider ?? null
}

/** Who stands there in notices, where a pool has its name. */
const NAME = '运营商隐私号'

/** Says once that the carrier's numbers have come to be low or dry, as of a pool of our own. */
export async function watchCarrier(db: Kysely<Database>, at: Instant): Promise<void> {
  await db.transaction().execute(async trx => {
    const carrier = await trx
      .selectFrom('mask_carriers')
      .selectAll()
      .where('active', '=', true)
      .forUpdate()
      .executeTakeFirst()
    if (carrier === undefined) return
    const { provider, low_at, told_state } = carrier
    const free = await countFree(trx, provider, at, wellAbove(low_at) + 1)
    const state = poolState(free, low_at, told_state)
    if (state === told_state) return
    await trx
      .updateTable('mask_carriers')
      .set({ told_state: state })
      .where('provider', '=', provider)
      .execute()
    await tellPool(trx, state, { pool: provider, name: NAME, free })
  })
}

/** @returns at most `most` */
async function countFree(
  trx: Transaction<Database>,
  provider: string,
  at: Instant,
  most: number,
): Promise<number> {
  const { rows } = await sql<{ free: number }>`
    select count(*)::int as free from (
      select from carrier_numbers
      where provider = ${provider} and active and held_by is null and free_from <= ${new Date(at)}
      limit ${most}) found
  `.execute(trx)
  return rows[0]?.free ?? 0
}
