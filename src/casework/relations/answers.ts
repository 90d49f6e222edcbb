import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '#database/types.ts'
import { asId, type CitizenId, type WorkOrderId } from '#kernel/ids.ts'
import { type Outcome, ok, orThrow, refuse } from '#kernel/outcome.ts'
import type { Instant } from '#kernel/time.ts'
import { hasRight } from '../../cases/actor.ts'
import type { Closing } from '../../cases/life/order.ts'
import { actorOf, type StaffActor } from '../../people/roles/index.ts'
import type { StaffMember } from '../../people/staff/index.ts'
import { mayBeTied, presentCitizens, veilFor } from '../citizens/index.ts'
import { ordersReadBy, perform } from '../life/index.ts'
import { appendTrail } from '../trail/index.ts'
import type { AnswerOwed, OwedQuery } from './schema.ts'

const PAGE = 50

interface Ended {
  readonly id: WorkOrderId
  readonly number: string
  readonly closing: Closing
  readonly closedAt: Date
}

/**
 * Belongs in the transaction that closes an order, after the act: every citizen whose order was merged into it, or into
 * one that was, is owed its answer, and the merged order's trail says so. Does nothing for an order that is not closed,
 * and nothing a second time; closed again after it was reopened, the newer answer is owed.
 */
export async function answerMerged(
  trx: Transaction<Database>,
  order: WorkOrderId,
  at: Instant,
): Promise<void> {
  const row = await trx
    .selectFrom('work_orders')
    .select(['id', 'number', 'status', 'closing', 'closed_at'])
    .where('id', '=', order)
    .executeTakeFirst()
  if (row?.status !== 'closed' || row.closing === null || row.closed_at === null) return
  const ended = { id: row.id, number: row.number, closing: row.closing, closedAt: row.closed_at }
  for (const merged of await lockMerged(trx, order)) {
    if (!(await owe(trx, merged, ended))) continue
    await appendTrail(trx, {
      order: merged.id,
      at,
      by: { kind: 'service', job: 'answers-owed' },
      act: 'answered-with',
      from: 'merged',
      to: 'merged',
      why: '',
      detail: { into: ended.id, number: ended.number, closing: ended.closing },
    })
  }
}

interface Merged {
  readonly id: WorkOrderId
  readonly citizen_id: CitizenId | null
}

/** All that ended up in this order, by whatever way; a withheld number without a record is nobody to tell. */
async function lockMerged(trx: Transaction<Database>, order: WorkOrderId): Promise<readonly Merged[]> {
  const { rows } = await sql<Merged>`
    with recursive merged as (
      select id from work_orders where merged_into = ${order}
      union
      select work_orders.id from work_orders join merged on work_orders.merged_into = merged.id
    )
    select id, citizen_id from work_orders
    where id in (select id from merged) and status = 'merged' and (caller_number <> '' or citizen_id is not null)
    order by id for update`.execute(trx)
  return rows
}

/** @returns false when this end is owed, or was told, already */
async function owe(trx: Transaction<Database>, merged: Merged, ended: Ended): Promise<boolean> {
  const answer = { into_id: ended.id, closing: ended.closing, closed_at: ended.closedAt }
  const renewed = await trx
    .updateTable('answers_owed')
    .set(answer)
    .where('order_id', '=', merged.id)
    .where('told_at', 'is', null)
    .where(({ eb, or }) => or([eb('closed_at', '<>', ended.closedAt), eb('into_id', '<>', ended.id)]))
    .returning('id')
    .executeTakeFirst()
  if (renewed !== undefined) return true
  const added = await trx
    .insertInto('answers_owed')
    .values({ order_id: merged.id, citizen_id: merged.citizen_id, ...answer })
    .onConflict(conflict => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return added !== undefined
}

/** Who waits to be told: still merged, and the order that they were merged into has not been opened again. */
export async function answersOwed(
  db: Kysely<Database>,
  member: StaffMember,
  { citizen, after }: OwedQuery,
): Promise<Outcome<AnswerOwed[]>> {
  const actor = await actorOf(db, member)
  if (!hasRight(actor, 'order.call-back')) return refuse('not-allowed')
  const rows = owedRows(db, actor).limit(PAGE)
  if (citizen === undefined) {
    const waiting = rows
      .where('told_at', 'is', null)
      .where('work_orders.status', '=', 'merged')
      .where('into.status', 'in', ['closed', 'archived'])
      .orderBy('owed.closed_at')
      .orderBy('owed.id')
    const page =
      after === undefined
        ? waiting
        : waiting.where(
            sql<boolean>`(owed.closed_at, owed.id) > (select closed_at, id from answers_owed where id = ${after}::bigint)`,
          )
    return ok(await presentOwed(db, actor, await page.execute()))
  }
  const newestFirst = rows
    .where(
      sql<boolean>`owed.citizen_id in (
        select one.id from citizens one, citizens asked where asked.id = ${citizen}
          and coalesce(one.merged_into, one.id) = coalesce(asked.merged_into, asked.id))`,
    )
    // Even that there is a protected order would tell who is behind it.
    .where(mayBeTied(actor.staff, 'work_orders'))
    .orderBy('owed.closed_at', 'desc')
    .orderBy('owed.id', 'desc')
  const page =
    after === undefined
      ? newestFirst
      : newestFirst.where(
          sql<boolean>`(owed.closed_at, owed.id) < (select closed_at, id from answers_owed where id = ${after}::bigint)`,
        )
  return ok(await presentOwed(db, actor, await page.execute()))
}

/** The citizen was told how it ended; on record with the merged order. */
export async function told(
  db: Kysely<Database>,
  member: StaffMember,
  id: number,
  note: string,
  at: Instant,
): Promise<Outcome<AnswerOwed>> {
  const actor = await actorOf(db, member)
  if (!hasRight(actor, 'order.call-back')) return refuse('not-allowed')
  const [owed] = await owedRows(db, actor).where('owed.id', '=', id).execute()
  if (owed === undefined) return refuse('not-found')
  const done = await db.transaction().execute(async (trx): Promise<Outcome<void>> => {
    const row = await trx
      .updateTable('answers_owed')
      .set({ told_at: new Date(at), told_by: actor.staff, note: note.trim() })
      .where('id', '=', id)
      .where('told_at', 'is', null)
      .returning('order_id')
      .executeTakeFirst()
    if (row === undefined) return refuse('already-decided')
    const text = `已将 ${owed.into_number} 的办理结果告知市民：${note.trim()}`
    orThrow(await perform(trx, { id: row.order_id, act: { do: 'note', text }, actor, at, version: null }))
    return ok(undefined)
  })
  if (!done.ok) return done
  const [view] = await presentOwed(db, actor, await owedRows(db, actor).where('owed.id', '=', id).execute())
  return view === undefined ? refuse('not-found') : ok(view)
}

function owedRows(db: Kysely<Database>, actor: StaffActor) {
  return db
    .selectFrom('answers_owed as owed')
    .innerJoin('work_orders', 'work_orders.id', 'owed.order_id')
    .innerJoin('work_orders as into', 'into.id', 'owed.into_id')
    .leftJoin('staff', 'staff.id', 'owed.told_by')
    .select(['owed.id as owed_id', 'owed.closing', 'owed.closed_at', 'owed.told_at', 'owed.note'])
    .select(['work_orders.id', 'work_orders.number', 'work_orders.title', 'work_orders.secret'])
    .select(['work_orders.type_code', 'work_orders.caller_number', 'work_orders.citizen_id'])
    .select(['work_orders.subject_kind', 'work_orders.lead_unit'])
    .select(['into.id as into_id', 'into.number as into_number', 'staff.name as told_by'])
    .leftJoinLateral(
      sql<{ text: string; by: string | null }>`(
        select order_texts.text, order_trail.staff_id as by from order_trail
        join order_texts on order_texts.order_id = order_trail.order_id and order_texts.seq = order_trail.seq
        where order_trail.order_id = owed.into_id
          and order_trail.act in ('answer', 'answer-directly', 'tell-legal-route')
        order by order_trail.seq desc limit 1)`.as('answered'),
      join => join.onTrue(),
    )
    .select(['answered.text as answer', 'answered.by as answered_by', 'owed.told_by as told_by_id'])
    .where(ordersReadBy(actor))
}

type OwedRow = Awaited<ReturnType<ReturnType<typeof owedRows>['execute']>>[number]

async function presentOwed(
  db: Kysely<Database>,
  actor: StaffActor,
  rows: readonly OwedRow[],
): Promise<AnswerOwed[]> {
  const citizens = await presentCitizens(db, rows, actor)
  const orders = rows.flatMap(({ id, into_id }) => [id, into_id])
  const words = await veilFor(db, actor.staff, orders)
  return rows.flatMap(row => {
    const citizen = citizens.get(asId<WorkOrderId>(row.id))
    if (citizen === undefined) return []
    return [
      {
        id: row.owed_id,
        orderId: row.id,
        number: row.number,
        title: words(row.id, row.title),
        citizen,
        intoId: row.into_id,
        intoNumber: row.into_number,
        closing: row.closing,
        closedAt: row.closed_at.toISOString(),
        // Given to one citizen, told to another.
        answer:
          row.answer === null
            ? null
            : words(row.id, words(row.into_id, row.answer, row.answered_by), row.answered_by),
        toldAt: row.told_at?.toISOString() ?? null,
        toldBy: row.told_by,
        note: row.note === null ? null : words(row.id, row.note, row.told_by_id),
      },
    ]
  })
}
