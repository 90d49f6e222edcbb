import { randomUUID } from 'node:crypto'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { Database, LinesTable } from '#database/types.ts'
import { asId, type LineNumber, type QueueId, type StaffId } from '#kernel/ids.ts'
import type { StaffMember } from '../../people/staff/index.ts'
import { plainNumber } from './rules.ts'
import type { BlockedNumber, BlockForm, LineForm } from './schema.ts'

export type LineRow = Selectable<LinesTable>

export function lineRows(db: Kysely<Database>): Promise<LineRow[]> {
  return db.selectFrom('lines').selectAll().orderBy('number').execute()
}

/** The lines, held so until the transaction ends. */
export function lockLines(trx: Transaction<Database>): Promise<LineRow[]> {
  return trx.selectFrom('lines').selectAll().forUpdate().execute()
}

export function queueNames(db: Kysely<Database>): Promise<{ id: QueueId; nameZh: string }[]> {
  return db.selectFrom('queues').select(['id', 'name_zh as nameZh']).execute()
}

export async function readLine(db: Kysely<Database>, number: LineNumber): Promise<LineRow | null> {
  return (await db.selectFrom('lines').selectAll().where('number', '=', number).executeTakeFirst()) ?? null
}

/** @returns null when the number is a line already */
export async function insertLine(
  db: Kysely<Database>,
  number: LineNumber,
  form: LineForm,
): Promise<LineRow | null> {
  const row = await db
    .insertInto('lines')
    .values({ number, ...columns(form) })
    .onConflict(conflict => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
  return row ?? null
}

/** @returns null when the line is no longer at this version */
export async function updateLine(
  db: Kysely<Database>,
  number: LineNumber,
  version: number,
  form: LineForm,
): Promise<LineRow | null> {
  const row = await db
    .updateTable('lines')
    .set({ ...columns(form), version: version + 1 })
    .where('number', '=', number)
    .where('version', '=', version)
    .returningAll()
    .executeTakeFirst()
  return row ?? null
}

function columns(form: LineForm) {
  return {
    name: form.name,
    merge_mode: form.mergeMode,
    queue_id: asId<QueueId>(form.queue),
    greets: form.greets,
    hours: form.hours === null ? null : JSON.stringify(form.hours),
    active: form.active,
  }
}

export async function isQueue(db: Kysely<Database>, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('queues')
    .select('id')
    .where('id', '=', asId<QueueId>(id))
    .executeTakeFirst()
  return row !== undefined
}

/** The blocks that still count. */
export function activeBlocks(db: Kysely<Database>): Promise<{ number: string; expires_at: Date }[]> {
  return db
    .selectFrom('blocked_numbers')
    .select(['number', 'expires_at'])
    .where('expires_at', '>', sql<Date>`now()`)
    .execute()
}

/** All blocks, the newest first; those that ran out stay until they are lifted or made anew. */
export async function listBlocks(db: Kysely<Database>): Promise<BlockedNumber[]> {
  const rows = await db
    .selectFrom('blocked_numbers as b')
    .innerJoin('staff as asker', 'asker.id', 'b.created_by')
    .innerJoin('staff as approver', 'approver.id', 'b.approved_by')
    .selectAll('b')
    .select([
      'asker.name as asker',
      'approver.name as approver',
      sql<boolean>`b.expires_at <= now()`.as('expired'),
    ])
    .orderBy('b.created_at', 'desc')
    .execute()
  return rows.map(row => ({
    id: row.id,
    number: row.number,
    reason: row.reason,
    createdBy: row.created_by,
    createdByName: row.asker,
    approvedBy: row.approved_by,
    approvedByName: row.approver,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    expired: row.expired,
  }))
}

/** A block that ran out gives way to the new one. @returns its id; null when the number is blocked already */
export async function insertBlock(
  db: Kysely<Database>,
  asker: StaffId,
  form: BlockForm,
): Promise<string | null> {
  const block = {
    id: randomUUID(),
    reason: form.reason,
    created_by: asker,
    approved_by: asId<StaffId>(form.approvedBy),
    created_at: sql<Date>`now()`,
    expires_at: new Date(form.expiresAt),
  }
  const row = await db
    .insertInto('blocked_numbers')
    .values({ ...block, number: plainNumber(form.number) })
    .onConflict(conflict =>
      conflict
        .column('number')
        .doUpdateSet(block)
        .where('blocked_numbers.expires_at', '<=', sql<Date>`now()`),
    )
    .returning('id')
    .executeTakeFirst()
  return row?.id ?? null
}

/** @returns the number that was blocked; null when there is no such block */
export async function deleteBlock(db: Kysely<Database>, id: string): Promise<string | null> {
  const row = await db
    .deleteFrom('blocked_numbers')
    .where('id', '=', id)
    .returning('number')
    .executeTakeFirst()
  return row?.number ?? null
}

/** Somebody who may still sign in. */
export async function activeStaff(
  db: Kysely<Database>,
  id: string,
): Promise<Pick<StaffMember, 'id' | 'role'> | null> {
  const row = await db
    .selectFrom('staff')
    .select(['id', 'role'])
    .where('id', '=', asId<StaffId>(id))
    .where('active', '=', true)
    .executeTakeFirst()
  return row ?? null
}
