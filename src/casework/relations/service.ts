import type { Kysely, Transaction } from 'kysely'
import type { Database } from '#database/types.ts'
import { asId, type WorkOrderId } from '#kernel/ids.ts'
import { type Outcome, ok, orThrow, refuse } from '#kernel/outcome.ts'
import { DAY_MS, type Instant } from '#kernel/time.ts'
import { hasRight } from '../../cases/actor.ts'
import type { OrderStatus } from '../../cases/life/order.ts'
import { tookPart } from '../../floor/call-records/index.ts'
import { actorOf, type StaffActor } from '../../people/roles/index.ts'
import type { StaffMember } from '../../people/staff/index.ts'
import { similarOrders } from '../dispatch/index.ts'
import { ordersReadBy } from '../life/index.ts'
import { appendTrail } from '../trail/index.ts'
import { insertPart, register, type WorkOrder, type WorkOrderForm } from '../work-orders/index.ts'
import { checkPair, checkPart, type LinkKind } from './rules.ts'
import type { Related, RelatedOrder } from './schema.ts'
import {
  areasWithin,
  insertLink,
  type LinkRow,
  linksOf,
  lockBoth,
  type OrderRow,
  ordersOfCitizen,
  partsOf,
  presentRelated,
  readOrder,
  relatedOrders,
  removeLink,
} from './store.ts'

/** A matter that comes up again comes within a month. */
const ALIKE_WITHIN_MS = 30 * DAY_MS

/** What stands beside an order: the citizen's others, those near and alike, those tied to it and those merged. */
export async function related(
  db: Kysely<Database>,
  member: StaffMember,
  id: string,
  now: Instant,
): Promise<Outcome<Related>> {
  const actor = await actorOf(db, member)
  const readable = ordersReadBy(actor)
  const order = await readOrder(db, asId<WorkOrderId>(id), readable)
  if (order === null) return refuse('not-found')
  if (!order.readable) return refuse('not-allowed')
  const [links, alike, citizen, merged] = await Promise.all([
    linksOf(db, order.id),
    alikeTo(db, order, now),
    ordersOfCitizen(db, order, actor.staff, readable),
    relatedOrders(db).where('merged_into', '=', order.id).where(readable).orderBy('opened_at').execute(),
  ])
  const known = await readableOnes(db, actor, [
    ...links.map(({ other }) => other),
    ...alike.map(one => asId<WorkOrderId>(one.id)),
    ...(order.merged_into === null ? [] : [order.merged_into]),
  ])
  return ok({
    citizen,
    similar: alike.flatMap(one => paired(known.get(one.id), { similarity: one.similarity })),
    linked: links.flatMap(({ other, link }) => paired(known.get(other), { link })),
    merged: await presentRelated(db, actor.staff, merged),
    mergedInto: known.get(order.merged_into ?? '') ?? null,
    possible: [
      ...(mayTie(actor) ? (['tie'] as const) : []),
      ...((await canHavePart(db, actor, order, links)) ? (['open-part'] as const) : []),
    ],
  })
}

/** Whether it is worth trying; `openPart` looks again. */
async function canHavePart(
  db: Kysely<Database>,
  actor: StaffActor,
  order: OrderRow,
  links: readonly LinkRow[],
): Promise<boolean> {
  if (DONE.has(order.status) || links.some(({ link }) => link === 'parent')) return false
  return hasRight(actor, 'order.register') && (await mayOpenPart(db, actor, order))
}

function paired<More extends object>(order: RelatedOrder | undefined, more: More) {
  return order === undefined ? [] : [{ ...order, ...more }]
}

async function readableOnes(
  db: Kysely<Database>,
  actor: StaffActor,
  ids: readonly WorkOrderId[],
): Promise<ReadonlyMap<string, RelatedOrder>> {
  if (ids.length === 0) return new Map()
  const rows = await relatedOrders(db).where('work_orders.id', 'in', ids).where(ordersReadBy(actor)).execute()
  const orders = await presentRelated(db, actor.staff, rows)
  return new Map(orders.map(order => [order.id, order]))
}

async function alikeTo(db: Kysely<Database>, order: OrderRow, now: Instant) {
  const { longitude, latitude } = order
  return await similarOrders(db, {
    text: `${order.title}${order.text}`,
    areas: await areasWithin(db, order.area_code),
    point: longitude === null || latitude === null ? null : { longitude, latitude },
    since: now - ALIKE_WITHIN_MS,
    except: order.id,
  })
}

export interface LinkRequest {
  readonly id: string
  readonly other: string
  /** null: they are no longer tied. */
  readonly kind: LinkKind | null
  readonly reason: string
  readonly at: Instant
}

/** Ties two orders, or unties them; on record with both. A link that is there already is replaced. */
export async function link(
  db: Kysely<Database>,
  member: StaffMember,
  { id, other, kind, reason, at }: LinkRequest,
): Promise<Outcome<void>> {
  const actor = await actorOf(db, member)
  if (!mayTie(actor)) return refuse('not-allowed')
  const pair = checkPair(id, other)
  if (!pair.ok) return pair
  const [one, two] = [asId<WorkOrderId>(id), asId<WorkOrderId>(other)]
  if ((await readableOnes(db, actor, [one, two])).size < 2) return refuse('not-found')
  return await db.transaction().execute(async trx => {
    const rows = await lockBoth(trx, [one, two])
    if (kind === 'part') {
      const fits = checkPart(one, await partsOf(trx, one), await partsOf(trx, two))
      if (!fits.ok) return fits
    }
    const had = await removeLink(trx, one, two)
    if (kind === null && !had) return refuse('not-found')
    if (kind !== null) await insertLink(trx, one, two, kind, actor.staff)
    for (const row of rows) {
      const detail = { other: row.id === one ? two : one, kind, of: one }
      const act = kind === null ? 'unlink' : 'link'
      await record(trx, { by: actor, row, act, why: reason.trim(), detail, at })
    }
    return ok(undefined)
  })
}

function mayTie(actor: StaffActor): boolean {
  return hasRight(actor, 'order.lead') || hasRight(actor, 'order.dispatch')
}

interface Tied {
  readonly by: StaffActor
  readonly row: { readonly id: WorkOrderId; readonly status: OrderStatus }
  readonly act: 'link' | 'unlink'
  readonly why: string
  readonly detail: object
  readonly at: Instant
}

async function record(trx: Transaction<Database>, { row, ...rest }: Tied): Promise<void> {
  await appendTrail(trx, { ...rest, order: row.id, from: row.status, to: row.status })
}

/** Over, or not its own any more: nothing new comes out of it. */
const DONE: ReadonlySet<OrderStatus> = new Set(['archived', 'void', 'merged'])

/**
 * Another matter of the same call as an order of its own (子单): with its own number, dispatched and answered by
 * itself; of the same citizen, and as secret as its parent.
 * @throws Refused when its form cannot be registered: nothing is left of it then
 */
export async function openPart(
  db: Kysely<Database>,
  member: StaffMember,
  id: string,
  form: WorkOrderForm,
  at: Instant,
): Promise<Outcome<WorkOrder>> {
  const actor = await actorOf(db, member)
  const parent = await readOrder(db, asId<WorkOrderId>(id), ordersReadBy(actor))
  if (parent === null) return refuse('not-found')
  if (!parent.readable) return refuse('not-allowed')
  if (!(await mayOpenPart(db, actor, parent))) return refuse('not-allowed')
  return await db.transaction().execute(async trx => {
    const [row] = await lockBoth(trx, [parent.id])
    if (row === undefined) return refuse('not-found')
    if (DONE.has(row.status)) return refuse('act-not-now', `a part of an order that is ${row.status}`)
    if ((await partsOf(trx, parent.id)).parent !== null) return refuse('parts-too-deep')
    const part = await insertPart(trx, parent.id, actor.staff, at)
    const secret = form.secret || parent.secret
    const request = { id: part, actor, version: null, form: { ...form, secret }, at }
    const registered = orThrow(await register(trx, request))
    await insertLink(trx, parent.id, part, 'part', actor.staff)
    const child = { id: part, status: registered.status }
    const tied = { by: actor, act: 'link', why: '', at } as const
    const detail = { kind: 'part', of: parent.id }
    await record(trx, { ...tied, row, detail: { ...detail, other: part } })
    await record(trx, { ...tied, row: child, detail: { ...detail, other: parent.id } })
    return ok(registered)
  })
}

async function mayOpenPart(db: Kysely<Database>, actor: StaffActor, order: OrderRow): Promise<boolean> {
  return mayTie(actor) || (await knows(db, order, actor))
}

/** Whoever took the call knows what else the citizen said. */
async function knows(db: Kysely<Database>, order: OrderRow, { staff }: StaffActor): Promise<boolean> {
  if (order.opened_by === staff) return true
  return order.call_id !== null && (await tookPart(db, order.call_id, staff))
}
