import type { Transaction } from 'kysely'
import type { Database } from '#database/types.ts'
import type { BindingId } from '#kernel/ids.ts'
import type { Actor } from '../../cases/actor.ts'
import { assignmentOf } from '../../cases/life/assignments.ts'
import { lockOrder, perform } from '../life/index.ts'
import type { CarrierEvent } from './provider.ts'

const JOB: Actor = { kind: 'service', job: 'masking' }
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
  if (answeredAt === null) return
  const row = await trx
    .selectFrom('bindings')
    .select(['order_id', 'unit_id'])
    .where('id', '=', binding)
    .executeTakeFirst()
  if (row === undefined) return
  const { order_id: id, unit_id: unit } = row
  const order = (await lockOrder(trx, id))?.life ?? null
  if (order === null || assignmentOf(order, unit)?.contactedAt !== null) return
  const act = { do: 'contact', unit, channel: 'phone', text: CONTACTED } as const
  await perform(trx, { id, act, actor: JOB, at: answeredAt, version: null })
}
