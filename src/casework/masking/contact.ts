import type { Transaction } from 'kysely'
import type { Database } from '#database/types.ts'
import type { BindingId } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'
import type { Actor } from '../../cases/actor.ts'
import { assignmentOf } from '../../cases/life/assignments.ts'
import { lockOrder, perform } from '../life/index.ts'

const JOB: Actor = { kind: 'service', job: 'masking' }

/**
 * The unit's first talk with the citizen stops the clock of first contact, whoever's number it went by; an order that
 * will not have it goes on.
 * @param text what the trail says of it
 */
export async function countContact(
  trx: Transaction<Database>,
  binding: BindingId,
  text: string,
  at: Instant,
): Promise<void> {
  const row = await trx
    .selectFrom('bindings')
    .select(['order_id', 'unit_id'])
    .where('id', '=', binding)
    .executeTakeFirst()
  if (row === undefined) return
  const { order_id: id, unit_id: unit } = row
  const order = (await lockOrder(trx, id))?.life ?? null
  if (order === null || assignmentOf(order, unit)?.contactedAt !== null) return
  const act = { do: 'contact', unit, channel: 'phone', text } as const
  await perform(trx, { id, act, actor: JOB, at, version: null })
}
