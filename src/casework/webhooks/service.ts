import { randomUUID } from 'node:crypto'
import type { BlockList } from 'node:net'
import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import { DAY_MS } from '#kernel/time.ts'
import { holds } from '../../people/roles/index.ts'
import type { StaffMember } from '../../people/staff/index.ts'
import { readHealth } from './health.ts'
import { checkWebhook, drawSecret } from './rules.ts'
import type {
  Delivery,
  Webhook,
  WebhookChange,
  WebhookForm,
  WebhookRow,
  WebhookWithSecret,
} from './schema.ts'
import {
  insertWebhook,
  lockWebhook,
  moveDelivery,
  REMOVED,
  readDeliveries,
  readWebhookChanges,
  readWebhooks,
  recordWebhookChange,
  updateWebhook,
} from './store.ts'

export interface WebhookDeps {
  readonly db: Kysely<Database>
  /** Private networks that webhooks may be sent to. */
  readonly named: BlockList
}

export async function listWebhooks(
  { db }: WebhookDeps,
  member: StaffMember,
): Promise<Outcome<readonly WebhookRow[]>> {
  if (!(await mayConnect(db, member))) return refuse('not-allowed')
  const health = await readHealth(db, new Date(Date.now() - DAY_MS))
  return ok(
    (await readWebhooks(db)).flatMap(webhook => {
      const how = health.get(webhook.id)
      return how === undefined ? [] : [{ ...webhook, health: how }]
    }),
  )
}

export async function createWebhook(
  { db, named }: WebhookDeps,
  member: StaffMember,
  form: WebhookForm,
): Promise<Outcome<WebhookWithSecret>> {
  if (!(await mayConnect(db, member))) return refuse('not-allowed')
  const checked = checkWebhook(form, named)
  if (!checked.ok) return checked
  const webhook: Webhook = { ...checked.value, id: randomUUID(), version: 1 }
  const secret = drawSecret()
  await db.transaction().execute(async trx => {
    await insertWebhook(trx, webhook.id, checked.value, secret)
    await recordWebhookChange(trx, { id: webhook.id, by: member.id, before: null, after: webhook })
  })
  return ok({ webhook, secret })
}

/** Saves the form over the version that was edited. */
export async function saveWebhook(
  { db, named }: WebhookDeps,
  member: StaffMember,
  id: string,
  version: number,
  form: WebhookForm,
): Promise<Outcome<Webhook>> {
  if (!(await mayConnect(db, member))) return refuse('not-allowed')
  const checked = checkWebhook(form, named)
  if (!checked.ok) return checked
  return await db.transaction().execute(async trx => {
    const before = await lockWebhook(trx, id)
    if (before === null) return refuse('not-found')
    if (before.version !== version) return refuse('changed-meanwhile', `is at version ${before.version}`)
    await updateWebhook(trx, before, checked.value)
    const after: Webhook = { ...checked.value, id, version: version + 1 }
    await recordWebhookChange(trx, { id, by: member.id, before, after })
    return ok(after)
  })
}

/** Removes it at the version that was read. What it was told, and who changed it, stays on record. */
export async function removeWebhook(
  { db }: WebhookDeps,
  member: StaffMember,
  id: string,
  version: number,
): Promise<Outcome<void>> {
  if (!(await mayConnect(db, member))) return refuse('not-allowed')
  return await db.transaction().execute(async trx => {
    const before = await lockWebhook(trx, id)
    if (before === null) return refuse('not-found')
    if (before.version !== version) return refuse('changed-meanwhile', `is at version ${before.version}`)
    await updateWebhook(trx, before, REMOVED)
    await recordWebhookChange(trx, { id, by: member.id, before, after: null })
    return ok(undefined)
  })
}

/** A new secret at once; what fails until the other side knows it is tried again for a day. */
export async function renewSecret(
  { db }: WebhookDeps,
  member: StaffMember,
  id: string,
): Promise<Outcome<WebhookWithSecret>> {
  if (!(await mayConnect(db, member))) return refuse('not-allowed')
  return await db.transaction().execute(async trx => {
    const before = await lockWebhook(trx, id)
    if (before === null) return refuse('not-found')
    const secret = drawSecret()
    await updateWebhook(trx, before, { secret })
    const webhook: Webhook = { ...before, version: before.version + 1 }
    await recordWebhookChange(trx, { id, by: member.id, before, after: webhook })
    return ok({ webhook, secret })
  })
}

export async function listDeliveries(
  { db }: WebhookDeps,
  member: StaffMember,
  id: string,
  state: Delivery['state'] | null,
): Promise<Outcome<readonly Delivery[]>> {
  return (await mayConnect(db, member)) ? ok(await readDeliveries(db, id, state)) : refuse('not-allowed')
}

export async function listChanges(
  { db }: WebhookDeps,
  member: StaffMember,
  id: string,
): Promise<Outcome<readonly WebhookChange[]>> {
  return (await mayConnect(db, member)) ? ok(await readWebhookChanges(db, id)) : refuse('not-allowed')
}

/** Sends a settled message once more, as it was, with as many attempts as a new one. */
export async function replayDelivery(
  { db }: WebhookDeps,
  member: StaffMember,
  webhook: string,
  event: string,
): Promise<Outcome<void>> {
  if (!(await mayConnect(db, member))) return refuse('not-allowed')
  const anew = { state: 'waiting', attempts: 0, at: new Date(), status: null, problem: null } as const
  const moved = await moveDelivery(db, { event, webhook }, ['delivered', 'given-up'], anew)
  return moved ? ok(undefined) : refuse('not-found')
}

/** Whoever connects other systems: what they are told leaves the house. */
function mayConnect(db: Kysely<Database>, member: StaffMember): Promise<boolean> {
  return holds(db, member, 'integration.edit')
}
