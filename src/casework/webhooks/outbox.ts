import { randomUUID } from 'node:crypto'
import { sql, type Transaction } from 'kysely'
import type { JobQueue } from '#database/jobs.ts'
import type { Database } from '#database/types.ts'
import type { WorkOrderId } from '#kernel/ids.ts'
import { isProtected } from '../../cases/secrecy.ts'
import type { WebhookEventType } from './schema.ts'

export interface DeliveryJob {
  readonly event: string
  readonly webhook: string
}

/** One job an attempt; its own retries are for a PostgreSQL that is away. What is due is found in the table, again and again. */
export const WEBHOOK_QUEUE: JobQueue<DeliveryJob> = {
  name: 'webhook',
  retries: 5,
  expireInSeconds: 120,
  keyOf: ({ event, webhook }) => `${event}/${webhook}`,
}

export interface OrderEvent {
  readonly type: WebhookEventType
  readonly order: WorkOrderId
}

/**
 * Tells whoever asked to be told, in the caller's transaction: the change and its message are there together or not at
 * all. Call it after the order was written: the message is the order as the transaction sees it.
 */
export async function queueEvent(trx: Transaction<Database>, { type, order }: OrderEvent): Promise<void> {
  const subscribers = await trx
    .selectFrom('webhooks')
    .select('id')
    .where('active', '=', true)
    .where(({ or, eb }) =>
      or([eb('events', '=', sql<string[]>`'{}'`), eb(sql`${type}`, '=', sql`any(events)`)]),
    )
    .execute()
  if (subscribers.length === 0) return
  const event = randomUUID()
  const body = JSON.stringify(await messageOf(trx, type, order))
  await trx.insertInto('webhook_events').values({ id: event, type, body }).execute()
  const deliveries = subscribers.map(({ id: webhook }) => ({ event_id: event, webhook_id: webhook }))
  await trx.insertInto('webhook_deliveries').values(deliveries).execute()
}

/**
 * How the order stands. Nobody's name or number is in it, whatever the order; of a protected one nothing that a citizen
 * wrote or where it is, since either may tell who they are.
 */
async function messageOf(trx: Transaction<Database>, type: WebhookEventType, order: WorkOrderId) {
  const row = await trx
    .selectFrom('work_orders')
    .select(['id', 'number', 'status', 'type_code', 'category_code', 'title', 'place', 'secret', 'priority'])
    .select([
      'origin',
      'area_code',
      'lead_unit',
      'supervision',
      'closing',
      'opened_at',
      'closed_at',
      'due_at',
    ])
    .select(['version', 'merged_into'])
    .where('id', '=', order)
    .executeTakeFirstOrThrow()
  const hidden = isProtected({ secret: row.secret, type: row.type_code })
  return {
    type,
    timestamp: new Date().toISOString(),
    data: {
      id: row.id,
      number: row.number,
      version: row.version,
      status: row.status,
      orderType: row.type_code,
      category: row.category_code,
      priority: row.priority,
      origin: row.origin,
      leadUnit: row.lead_unit,
      supervision: row.supervision,
      closing: row.closing,
      mergedInto: row.merged_into,
      openedAt: row.opened_at.toISOString(),
      closedAt: row.closed_at?.toISOString() ?? null,
      dueAt: row.due_at?.toISOString() ?? null,
      protected: hidden,
      title: hidden ? null : row.title,
      place: hidden ? null : row.place,
      area: hidden ? null : row.area_code,
    },
  }
}
