import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '#database/types.ts'
import type { StaffId, WorkOrderId } from '#kernel/ids.ts'
import { isProtected } from '../../cases/secrecy.ts'
import type { Held } from './rules.ts'
import type { Attachment } from './schema.ts'

/** For the rest of the transaction nobody else does anything to the order: limits hold, and its trail has one writer. */
export async function lockOrder(trx: Transaction<Database>, order: WorkOrderId): Promise<void> {
  await trx.selectFrom('work_orders').select('id').where('id', '=', order).forUpdate().execute()
}

export async function heldBy(db: Kysely<Database>, order: WorkOrderId): Promise<Held> {
  const row = await db
    .selectFrom('attachments')
    .select(({ fn }) => [
      fn.countAll<number>().as('count'),
      fn.coalesce(fn.sum<number>('bytes'), sql<number>`0`).as('bytes'),
    ])
    .where('order_id', '=', order)
    .executeTakeFirstOrThrow()
  return { count: Number(row.count), bytes: Number(row.bytes) }
}

export interface NewAttachment {
  readonly id: string
  readonly order: WorkOrderId
  readonly sha256: string
  readonly placelessSha256: string
  readonly bytes: number
  readonly type: string
  readonly name: string
  readonly by: StaffId
}

export async function insertAttachment(trx: Transaction<Database>, one: NewAttachment): Promise<void> {
  await trx
    .insertInto('attachments')
    .values({
      id: one.id,
      order_id: one.order,
      sha256: one.sha256,
      placeless_sha256: one.placelessSha256,
      bytes: one.bytes,
      type: one.type,
      name: one.name,
      added_by: one.by,
    })
    .execute()
}

/** The same content, which the order has already and nobody withdrew. */
export async function sameContent(
  db: Kysely<Database>,
  order: WorkOrderId,
  sha256: string,
): Promise<Attachment | null> {
  const row = await selectAttachments(db, order)
    .where('a.sha256', '=', sha256)
    .where('a.withdrawn_at', 'is', null)
    .executeTakeFirst()
  return row === undefined ? null : present(row)
}

/** The oldest first. */
export async function readAttachments(db: Kysely<Database>, order: WorkOrderId): Promise<Attachment[]> {
  const rows = await selectAttachments(db, order).orderBy('a.added_at').orderBy('a.id').execute()
  return rows.map(present)
}

export async function readAttachment(
  db: Kysely<Database>,
  order: WorkOrderId,
  id: string,
): Promise<Attachment | null> {
  const row = await selectAttachments(db, order).where('a.id', '=', id).executeTakeFirst()
  return row === undefined ? null : present(row)
}

/** The digest of what is served: without its place when the order is protected. */
export async function servedDigest(
  db: Kysely<Database>,
  order: WorkOrderId,
  id: string,
): Promise<string | null> {
  const row = await db
    .selectFrom('attachments as a')
    .innerJoin('work_orders as wo', 'wo.id', 'a.order_id')
    .select(['a.sha256', 'a.placeless_sha256', 'wo.secret', 'wo.type_code'])
    .where('a.id', '=', id)
    .where('a.order_id', '=', order)
    .where('a.withdrawn_at', 'is', null)
    .executeTakeFirst()
  if (row === undefined) return null
  return isProtected({ secret: row.secret, type: row.type_code }) ? row.placeless_sha256 : row.sha256
}

/** @returns false when it is not there, or was withdrawn already */
export async function markWithdrawn(
  trx: Transaction<Database>,
  order: WorkOrderId,
  id: string,
  by: StaffId,
  reason: string,
): Promise<boolean> {
  const row = await trx
    .updateTable('attachments')
    .set({ withdrawn_at: new Date(), withdrawn_by: by, withdrawn_reason: reason })
    .where('id', '=', id)
    .where('order_id', '=', order)
    .where('withdrawn_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

function selectAttachments(db: Kysely<Database>, order: WorkOrderId) {
  return db
    .selectFrom('attachments as a')
    .innerJoin('staff as adder', 'adder.id', 'a.added_by')
    .leftJoin('staff as withdrawer', 'withdrawer.id', 'a.withdrawn_by')
    .selectAll('a')
    .select(['adder.name as added_by_name', 'withdrawer.name as withdrawn_by_name'])
    .where('a.order_id', '=', order)
}

type Selected = Awaited<ReturnType<ReturnType<typeof selectAttachments>['execute']>>[number]

function present(row: Selected): Attachment {
  const { withdrawn_at: at, withdrawn_by_name: byName, withdrawn_reason: reason } = row
  const withdrawn =
    at === null || byName === null || reason === null ? null : { at: at.toISOString(), byName, reason }
  return {
    id: row.id,
    // A name may be what it was withdrawn for.
    name: withdrawn === null ? row.name : null,
    type: row.type,
    bytes: row.bytes,
    sha256: row.sha256,
    addedBy: row.added_by,
    addedByName: row.added_by_name,
    addedAt: row.added_at.toISOString(),
    withdrawn,
  }
}
