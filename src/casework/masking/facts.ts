import { sql, type Transaction } from 'kysely'
import type { Database } from '#database/types.ts'
import type { CallId } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'
import type { CallNote, Fact } from '../../contact-center/events.ts'
import { countContact } from './contact.ts'

const CONTACTED = '经虚拟短号与市民通话'

type NoteOf<Kind extends CallNote['kind']> = Extract<CallNote, { readonly kind: Kind }>

/**
 * Keeps the calls that go by bindings, as the facts come; the call's own row must be there. A fact told again changes
 * nothing.
 */
export async function maskingFacts(trx: Transaction<Database>, fact: Fact): Promise<void> {
  if (fact.fact === 'call-closed') {
    const { call, endedAt, talkMs } = fact.call
    await trx
      .updateTable('binding_calls')
      .set({
        ended_at: new Date(endedAt),
        result: sql`case when result = 'running' then 'gave-up' else result end`,
        talk_ms: sql`case when result = 'talked' then ${talkMs === null ? null : Math.round(talkMs)}::int end`,
      })
      .where('call_id', '=', call)
      .execute()
    return
  }
  if (fact.fact !== 'call-noted') return
  const { call, at, note } = fact
  switch (note.kind) {
    case 'mask-routed':
      return await keepRouted(trx, call, at, note)
    case 'mask-refused':
      return await keepRefused(trx, call, at, note)
    case 'mask-not-reached':
      return await keepResult(trx, call, { result: 'not-reached', reason: `${note.side}-not-reached` })
    case 'mask-connected':
      await keepResult(trx, call, { result: 'talked', connected_at: new Date(at) })
      return await countTalk(trx, call, at)
  }
}

async function keepRouted(
  trx: Transaction<Database>,
  call: CallId,
  at: Instant,
  { binding, order, from, staff }: NoteOf<'mask-routed'>,
): Promise<void> {
  await trx
    .insertInto('binding_calls')
    .values({
      ...{ call_id: call, binding_id: binding, order_id: order, from_side: from, staff_id: staff },
      ...{ at: new Date(at), result: 'running' },
    })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

/** One whose binding ended before the second telephone rang was on its way; one that has ended keeps what became of it. */
async function keepRefused(
  trx: Transaction<Database>,
  call: CallId,
  at: Instant,
  { binding, order, why }: NoteOf<'mask-refused'>,
): Promise<void> {
  if (binding === null || order === null) return
  await trx
    .insertInto('binding_calls')
    .values({
      ...{ call_id: call, binding_id: binding, order_id: order, from_side: null, staff_id: null },
      ...{ at: new Date(at), result: 'refused', reason: why },
    })
    .onConflict(conflict =>
      conflict
        .column('call_id')
        .doUpdateSet({ result: 'refused', reason: why })
        .where('binding_calls.result', '=', 'running'),
    )
    .execute()
}

async function keepResult(
  trx: Transaction<Database>,
  call: CallId,
  result: {
    readonly result: 'not-reached' | 'talked'
    readonly reason?: string
    readonly connected_at?: Date
  },
): Promise<void> {
  await trx
    .updateTable('binding_calls')
    .set(result)
    .where('call_id', '=', call)
    .where('result', '=', 'running')
    .execute()
}

async function countTalk(trx: Transaction<Database>, call: CallId, at: Instant): Promise<void> {
  const row = await trx
    .selectFrom('binding_calls')
    .select('binding_id')
    .where('call_id', '=', call)
    .executeTakeFirst()
  if (row !== undefined) await countContact(trx, row.binding_id, CONTACTED, at)
}
