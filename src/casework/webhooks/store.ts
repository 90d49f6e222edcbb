import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '#database/types.ts'
import type { StaffId } from '#kernel/ids.ts'
import type { Delivery, Webhook, WebhookChange, WebhookForm } from './schema.ts'

const SHOWN = ['id', 'url', 'events', 'active', 'note', 'version'] as const
/** Jobs sent at once; the next look finds the rest. */
const DUE_AT_ONCE = 200
/** Deliveries and changes of a list: what a person looks through. */
const LISTED = 100

export async function readWebhooks(db: Kysely<Database>): Promise<Webhook[]> {
  return await db
    .selectFrom('webhooks')
    .select(SHOWN)
    .where('removed_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
}

export async function lockWebhook(trx: Transaction<Database>, id: string): Promise<Webhook | null> {
  const row = await trx
    .selectFrom('webhooks')
    .select(SHOWN)
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  return row ?? null
}

export async function insertWebhook(
  trx: Transaction<Database>,
  id: string,
  form: WebhookForm,
  secret: string,
): Promise<void> {
  await trx
    .insertInto('webhooks')
    .values({ ...form, id, secret, events: [...form.events] })
    .execute()
}

/** It is told no more, and what waits for it is given up at its next attempt. */
export const REMOVED = { active: false, secret: null, removed_at: sql<Date>`now()` } as const

export async function updateWebhook(
  trx: Transaction<Database>,
  { id, version }: Pick<Webhook, 'id' | 'version'>,
  change: WebhookForm | { readonly secret: string } | typeof REMOVED,
): Promise<void> {
  await trx
    .updateTable('webhooks')
    .set({ ...change, version: version + 1 })
    .where('id', '=', id)
    .execute()
}

interface ChangeToRecord {
  readonly id: string
  readonly by: StaffId
  /** As a screen shows it; null: there was none. */
  readonly before: Webhook | null
  readonly after: Webhook | null
}

export async function recordWebhookChange(
  trx: Transaction<Database>,
  { id, by, before, after }: ChangeToRecord,
): Promise<void> {
  await trx
    .insertInto('webhook_changes')
    .values({
      webhook_id: id,
      by_staff: by,
      before: before === null ? null : JSON.stringify(before),
      after: after === null ? null : JSON.stringify(after),
    })
    .execute()
}

export async function readWebhookChanges(db: Kysely<Database>, id: string): Promise<WebhookChange[]> {
  const rows = await db
    .selectFrom('webhook_changes as c')
    .innerJoin('staff', 'staff.id', 'c.by_staff')
    .select(['c.id', 'c.at', 'c.by_staff', 'staff.name', 'c.before', 'c.after'])
    .where('c.webhook_id', '=', id)
    .orderBy('c.id', 'desc')
    .limit(LISTED)
    .execute()
  return rows.map(({ at, by_staff: by, name: byName, ...row }) => ({
    ...row,
    at: at.toISOString(),
    by,
    byName,
  }))
}

/** The newest first. */
export async function readDeliveries(
  db: Kysely<Database>,
  webhook: string,
  state: Delivery['state'] | null,
): Promise<Delivery[]> {
  let query = db
    .selectFrom('webhook_deliveries as d')
    .innerJoin('webhook_events as e', 'e.id', 'd.event_id')
    .select(['d.event_id as event', 'e.type', 'd.state', 'd.attempts', 'd.at', 'd.status', 'd.problem'])
    .select(['e.at as queued_at', sql<string>`e.body::jsonb #>> '{data,number}'`.as('order')])
    .where('d.webhook_id', '=', webhook)
    .orderBy('d.at', 'desc')
    .limit(LISTED)
  if (state !== null) query = query.where('d.state', '=', state)
  return (await query.execute()).map(({ queued_at, at, ...row }) => ({
    ...row,
    queuedAt: queued_at.toISOString(),
    at: at.toISOString(),
  }))
}

/**
 * Takes a due delivery on: until `until` nobody else does.
 * @returns false when it is not due, or was settled or taken on meanwhile
 */
export async function takeOn(
  db: Kysely<Database>,
  { event, webhook }: { readonly event: string; readonly webhook: string },
  now: Date,
  until: Date,
): Promise<boolean> {
  const row = await db
    .updateTable('webhook_deliveries')
    .set({ at: until })
    .where('event_id', '=', event)
    .where('webhook_id', '=', webhook)
    .where('state', '=', 'waiting')
    .where('at', '<=', now)
    .returning('event_id')
    .executeTakeFirst()
  return row !== undefined
}

/** What one delivery needs, with the secret: for the deliverer alone. */
export async function readToDeliver(
  db: Kysely<Database>,
  { event, webhook }: { readonly event: string; readonly webhook: string },
) {
  const row = await db
    .selectFrom('webhook_deliveries as d')
    .innerJoin('webhook_events as e', 'e.id', 'd.event_id')
    .innerJoin('webhooks as w', 'w.id', 'd.webhook_id')
    .select(['e.body', 'w.url', 'w.secret', 'w.active', 'd.attempts'])
    .where('d.event_id', '=', event)
    .where('d.webhook_id', '=', webhook)
    .where('d.state', '=', 'waiting')
    .executeTakeFirst()
  return row ?? null
}

export interface DeliveryChange {
  readonly state: Delivery['state']
  readonly attempts: number
  readonly at: Date
  readonly status: number | null
  readonly problem: string | null
}

/** @returns false when there is no such delivery, or it is not in one of these states */
export async function moveDelivery(
  db: Kysely<Database>,
  { event, webhook }: { readonly event: string; readonly webhook: string },
  from: readonly Delivery['state'][],
  change: DeliveryChange,
): Promise<boolean> {
  const row = await db
    .updateTable('webhook_deliveries')
    .set(change)
    .where('event_id', '=', event)
    .where('webhook_id', '=', webhook)
    .where('state', 'in', from)
    .returning('event_id')
    .executeTakeFirst()
  return row !== undefined
}

/** Deliveries to be tried now. */
export async function dueDeliveries(db: Kysely<Database>, now: Date) {
  return await db
    .selectFrom('webhook_deliveries')
    .select(['event_id as event', 'webhook_id as webhook'])
    .where('state', '=', 'waiting')
    .where('at', '<=', now)
    .orderBy('at')
    .limit(DUE_AT_ONCE)
    .execute()
}

/** Old messages that wait for nobody go, their deliveries with them. */
export async function removeOldEvents(db: Kysely<Database>, before: Date): Promise<void> {
  await db
    .deleteFrom('webhook_events')
    .where('at', '<', before)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('webhook_deliveries')
            .select('event_id')
            .whereRef('event_id', '=', 'webhook_events.id')
            .where('state', '=', 'waiting'),
        ),
      ),
    )
    .execute()
}
