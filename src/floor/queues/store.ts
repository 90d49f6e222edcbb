import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Database, QueuesTable } from '#database/types.ts'
import type { QueueId } from '#kernel/ids.ts'
import type { EscalationStep, QueueRules } from '../../contact-center/queue/queue-rules.ts'
import type { QueueForm } from './schema.ts'

export type QueueRow = Selectable<QueuesTable>

export function queueRows(db: Kysely<Database>): Promise<QueueRow[]> {
  return db.selectFrom('queues').selectAll().orderBy('id').execute()
}

/** The queues as the contact centre runs them. */
export async function queueRules(db: Kysely<Database>): Promise<readonly QueueRules[]> {
  return (await queueRows(db)).map(row => ({
    id: row.id,
    strategy: row.strategy,
    needs: row.needs,
    priority: row.priority,
    ageingPerMinute: row.ageing_per_minute,
    steps: row.steps,
    mostWaiting: row.most_waiting,
    announceEveryMs: row.announce_every_ms,
    callBack: row.call_back,
    whenUnstaffed: row.when_unstaffed,
  }))
}

/** @returns null when there is one by that id */
export async function insertQueue(
  db: Kysely<Database>,
  id: QueueId,
  form: QueueForm,
  steps: readonly EscalationStep[],
): Promise<QueueRow | null> {
  const row = await db
    .insertInto('queues')
    .values({ id, ...columns(form, steps) })
    .onConflict(conflict => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
  return row ?? null
}

/** @returns null when the queue is no longer at this version */
export async function updateQueue(
  db: Kysely<Database>,
  id: QueueId,
  version: number,
  form: QueueForm,
  steps: readonly EscalationStep[],
): Promise<QueueRow | null> {
  const row = await db
    .updateTable('queues')
    .set({ ...columns(form, steps), version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .returningAll()
    .executeTakeFirst()
  return row ?? null
}

/** The queue as it stands until this transaction ends; null: there is none by that id. */
export async function lockedQueue(trx: Transaction<Database>, id: QueueId): Promise<QueueRow | null> {
  const row = await trx.selectFrom('queues').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  return row ?? null
}

export async function updatePriority(trx: Transaction<Database>, old: QueueRow, priority: number) {
  return await trx
    .updateTable('queues')
    .set({ priority, version: old.version + 1 })
    .where('id', '=', old.id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

function columns(form: QueueForm, steps: readonly EscalationStep[]) {
  return {
    name_zh: form.nameZh,
    name_en: form.nameEn,
    strategy: form.strategy,
    needs: JSON.stringify(form.needs),
    priority: form.priority,
    ageing_per_minute: form.ageingPerMinute,
    steps: JSON.stringify(steps),
    most_waiting: form.mostWaiting,
    announce_every_ms: form.announceEveryMs,
    call_back: form.callBack === null ? null : JSON.stringify(form.callBack),
    when_unstaffed: form.whenUnstaffed,
  }
}
