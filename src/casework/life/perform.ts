import type { Kysely, Transaction } from 'kysely'
import type { Database } from '#database/types.ts'
import type { UnitId, WorkOrderId } from '#kernel/ids.ts'
import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import type { Instant } from '#kernel/time.ts'
import type { Actor } from '../../cases/actor.ts'
import type { Act } from '../../cases/life/acts.ts'
import { decide } from '../../cases/life/decide.ts'
import type { Order } from '../../cases/life/order.ts'
import { tookPart } from '../../floor/call-records/index.ts'
import { reckoning, writeClocks } from '../clocks/index.ts'
import { countDispatch } from '../dispatch/index.ts'
import { notify } from '../notices/index.ts'
import { answerMerged } from '../relations/index.ts'
import { appendTrail } from '../trail/index.ts'
import { queueEvent } from '../webhooks/index.ts'
import { eventOf } from './events.ts'
import { noticesOf } from './notices.ts'
import { contextOf, currentVersions } from './rules-of.ts'
import { allTakeOrders, lockOrder, type OrderRow, orderOf, writeOrder, writeTexts } from './store.ts'
import { split } from './texts.ts'

export interface Request {
  readonly id: WorkOrderId
  readonly act: Act
  readonly actor: Actor
  readonly at: Instant
  /** The version that the actor looked at; null: whatever it is by now. */
  readonly version: number | null
}

export interface Performed {
  readonly before: Order
  readonly order: Order
  readonly version: number
}

/**
 * The one door behind all doors: decides, and writes the order, its clocks, its trail, what people wrote and the
 * notices in one transaction, so that none of them is ever without the others.
 */
export async function perform(
  trx: Transaction<Database>,
  { id, act, actor, at, version }: Request,
): Promise<Outcome<Performed>> {
  const row = await lockOrder(trx, id)
  if (row === null) return refuse('not-found')
  if (version !== null && version !== row.version) return refuse('changed-meanwhile', `is at ${row.version}`)
  if (!(await allTakeOrders(trx, unitsGivenIt(act)))) return refuse('unit-takes-none')
  const before = row.life ?? orderOf(row, await currentVersions(trx))
  const now = await reckoning(trx)
  const context = await contextOf(trx, before, act, at, await hasPart(trx, row, actor), now)
  const decided = decide(before, act, actor, context)
  if (!decided.ok) return decided
  const order = decided.value
  await writeOrder(trx, row.version, order, await writeClocks(trx, id, order.clocks, now))
  const { detail, why, texts } = split(act)
  const { seq } = await appendTrail(trx, {
    order: id,
    at,
    by: actor,
    act: act.do,
    from: before.status,
    to: order.status,
    why,
    detail,
  })
  await writeTexts(trx, id, seq, texts)
  // Whoever was merged into it has asked as well: they are owed the answer.
  if (order.status === 'closed' && before.status !== 'closed') await answerMerged(trx, id, at)
  // Into one that has ended already: what it came to is theirs at once.
  if (act.do === 'merge') await answerMerged(trx, act.into, at)
  await learn(trx, row, act, at)
  await notify(trx, noticesOf(before, act, order))
  const event = eventOf(act, before, order)
  if (event !== null) await queueEvent(trx, { type: event, order: id })
  return ok({ before, order, version: row.version + 1 })
}

/** The units that an act would give the order to. */
function unitsGivenIt(act: Act): readonly UnitId[] {
  switch (act.do) {
    case 'dispatch':
    case 'meet':
      return act.to.map(({ unit }) => unit)
    case 'pass-down':
      return [act.to]
    case 'add-unit':
      return [act.unit]
    default:
      return []
  }
}

/** Whether somebody took part in the call that an order came from, or opened it. */
export async function hasPart(db: Kysely<Database>, row: OrderRow, actor: Actor): Promise<boolean> {
  if (actor.kind !== 'staff') return false
  if (row.opened_by === actor.staff) return true
  return row.call_id !== null && (await tookPart(db, row.call_id, actor.staff))
}

/** What was sent where is what the next suggestion goes by. */
async function learn(trx: Transaction<Database>, row: OrderRow, act: Act, at: Instant): Promise<void> {
  if (act.do !== 'dispatch') return
  const lead = act.to.find(({ role }) => role === 'lead')
  if (lead === undefined) return
  await countDispatch(trx, { categoryCode: row.category_code, area: row.area_code, lead: lead.unit, at })
}
