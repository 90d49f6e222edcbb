import { createHash } from 'node:crypto'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '#database/types.ts'
import type { StaffId } from '#kernel/ids.ts'
import { type Outcome, Refused } from '#kernel/outcome.ts'

/**
 * Keeps an idempotency key with what was asked under it, in the transaction that does it.
 * @returns false when it was done already
 * @throws Refused when the key was used for something else
 */
export async function once(
  trx: Transaction<Database>,
  staff: StaffId,
  key: string,
  asked: unknown,
): Promise<boolean> {
  const digest = createHash('sha256').update(JSON.stringify(asked)).digest()
  const inserted = await trx
    .insertInto('idempotency_keys')
    .values({ staff_id: staff, key, digest })
    .onConflict(conflict => conflict.doNothing())
    .returning('key')
    .executeTakeFirst()
  if (inserted !== undefined) return true
  const { digest: before } = await trx
    .selectFrom('idempotency_keys')
    .select('digest')
    .where('staff_id', '=', staff)
    .where('key', '=', key)
    .executeTakeFirstOrThrow()
  if (!before.equals(digest)) {
    throw new Refused({ code: 'bad-input', fields: { 'idempotency-key': 'used-for-something-else' } })
  }
  return false
}

/** A transaction of which a refusal leaves nothing behind, no key either: the same may be possible a moment later. */
export async function undoing<T>(
  db: Kysely<Database>,
  work: (trx: Transaction<Database>) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  return await db
    .transaction()
    .execute(async trx => {
      const outcome = await work(trx)
      if (!outcome.ok) throw new Undone(outcome)
      return outcome
    })
    .catch(error => {
      if (error instanceof Undone) return error.outcome
      throw error
    })
}

class Undone extends Error {
  readonly outcome: Outcome<never>
  constructor(outcome: Outcome<never>) {
    super('undone')
    this.outcome = outcome
  }
}

/** A client that sends something again does so within minutes. */
export async function forgetKeys(db: Kysely<Database>): Promise<void> {
  await db.deleteFrom('idempotency_keys').where('at', '<', sql<Date>`now() - interval '3 days'`).execute()
}
