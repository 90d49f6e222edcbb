import type { Transaction } from 'kysely'
import type { Database } from '#database/types.ts'
import type { BindingId } from '#kernel/ids.ts'
import { countContact } from './contact.ts'
import type { CarrierEvent } from './provider.ts'

const CONTACTED = '经运营商隐私号与市民通话'

/**
 * The first talk of unit and citizen through a carrier's number is the order's first contact, as one through a short
 * number is: its clock stops at the instant at which somebody answered.
 */
export async function countCarrierContact(
  trx: Transaction<Database>,
  { answeredAt }: Pick<CarrierEvent, 'answeredAt'>,
  binding: BindingId,
): Promise<void> {
  if (answeredAt !== null) await countContact(trx, binding, CONTACTED, answeredAt)
}
