import {
  type Expression,
  type ExpressionBuilder,
  type Kysely,
  type SqlBool,
  sql,
  type Transaction,
} from 'kysely'
import type { Database } from '#database/types.ts'
import type { StaffId, UnitId, WorkOrderId } from '#kernel/ids.ts'
import type { NoticeKind } from '../../cases/notice-kinds.ts'
import { type Veil, veilFor } from '../citizens/index.ts'
import { MOST_COUNTED, type Notice } from './schema.ts'

export const NOTICE_LIMITS = {
  /** A page of the list. */
  page: 50,
  /** What a page that reconnects is told of what it missed; the list has the rest. */
  replayed: 200,
  /** They call for attention and are no record: the trail is. */
  keptDays: 30,
} as const

export interface NoticeToSend {
  readonly order: WorkOrderId | null
  /** One person, or whoever handles orders for the unit or for one above it. */
  readonly to: { readonly staff: StaffId } | { readonly unit: UnitId }
  readonly kind: NoticeKind
  /** What the words need: a level, a date, a unit. Nothing of a citizen. */
  readonly detail?: object
}

/** Belongs in the transaction of the act: told when that stands, and not when it falls. */
export async function notify(trx: Transaction<Database>, notices: readonly NoticeToSend[]): Promise<void> {
  if (notices.length === 0) return
  await trx
    .insertInto('notices')
    .values(
      notices.map(({ order, to, kind, detail = {} }) => ({
        order_id: order,
        to_staff: 'staff' in to ? to.staff : null,
        to_unit: 'unit' in to ? to.unit : null,
        kind,
        detail: JSON.stringify(detail),
      })),
    )
    .execute()
}

/** The units whose notices this person gets: those for which they handle orders, with all below. */
async function unitsOf(db: Kysely<Database>, staff: StaffId): Promise<readonly UnitId[]> {
  const { rows } = await sql<{ id: UnitId }>`
    select distinct units.id
    from role_grants
    join roles on roles.code = role_grants.role_code and 'unit.handle' = any(roles.rights)
    join units on units.path @> array[role_grants.unit_id]
    where role_grants.staff_id = ${staff}
  `.execute(db)
  return rows.map(({ id }) => id)
}

export interface NoticesWanted {
  readonly unreadOnly: boolean
  /** Only those before this one. */
  readonly before: number | null
  /** Only those after this one. */
  readonly after: number | null
  readonly most: number
}

/** The newest first. */
export async function noticesOf(
  db: Kysely<Database>,
  staff: StaffId,
  { unreadOnly, before, after, most }: NoticesWanted,
): Promise<Notice[]> {
  const units = await unitsOf(db, staff)
  let query = views(db)
    .leftJoin('notice_reads as r', join =>
      join.onRef('r.notice_id', '=', 'n.id').on('r.staff_id', '=', staff),
    )
    .select('r.at as read_at')
    .where(concerns(staff, units))
    .orderBy('n.id', 'desc')
    .limit(most)
  if (unreadOnly) query = query.where('r.at', 'is', null)
  if (before !== null) query = query.where('n.id', '<', before)
  if (after !== null) query = query.where('n.id', '>', after)
  const rows = await query.execute()
  return await presentNotices(db, staff, rows)
}

/** @returns at most MOST_COUNTED */
export async function countUnread(db: Kysely<Database>, staff: StaffId): Promise<number> {
  const found = await db
    .selectFrom('notices as n')
    .select('n.id')
    .where(concerns(staff, await unitsOf(db, staff)))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('notice_reads as r')
            .whereRef('r.notice_id', '=', 'n.id')
            .where('r.staff_id', '=', staff),
        ),
      ),
    )
    .limit(MOST_COUNTED)
    .execute()
  return found.length
}

/** The first reading stays. @returns false when this person has no such notice */
export async function markRead(db: Kysely<Database>, staff: StaffId, id: number): Promise<boolean> {
  const mine = await db
    .selectFrom('notices as n')
    .select('n.id')
    .where('n.id', '=', id)
    .where(concerns(staff, await unitsOf(db, staff)))
    .executeTakeFirst()
  if (mine === undefined) return false
  await db
    .insertInto('notice_reads')
    .values({ staff_id: staff, notice_id: id })
    .onConflict(conflict => conflict.doNothing())
    .execute()
  return true
}

/** All up to this one. */
export async function markAllRead(db: Kysely<Database>, staff: StaffId, upTo: number): Promise<void> {
  const units = await unitsOf(db, staff)
  await db
    .insertInto('notice_reads')
    .columns(['staff_id', 'notice_id'])
    .expression(
      db
        .selectFrom('notices as n')
        .select([sql<StaffId>`${staff}::uuid`.as('staff_id'), 'n.id'])
        .where('n.id', '<=', upTo)
        .where(concerns(staff, units)),
    )
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

/** Those that are old have done what they were for. */
export async function sweepNotices(db: Kysely<Database>): Promise<void> {
  await db
    .deleteFrom('notices')
    .where('at', '<', sql<Date>`now() - make_interval(days => ${NOTICE_LIMITS.keptDays})`)
    .execute()
}

type Notices = Database & { n: Database['notices'] }

function concerns(staff: StaffId, units: readonly UnitId[]) {
  return ({ eb, or }: ExpressionBuilder<Notices, 'n'>): Expression<SqlBool> =>
    or([eb('n.to_staff', '=', staff), sql<boolean>`n.to_unit = any(${units})`])
}

export function views(db: Kysely<Database>) {
  return db
    .selectFrom('notices as n')
    .leftJoin('work_orders as o', 'o.id', 'n.order_id')
    .leftJoin('units as u', 'u.id', 'n.to_unit')
    .select(['n.id', 'n.at', 'n.kind', 'n.order_id', 'n.to_unit', 'n.detail'])
    .select(['o.number', 'o.title', 'u.name_zh as unit_name'])
}

type View = Awaited<ReturnType<ReturnType<typeof views>['execute']>>[number]

type Told = View & { readonly read_at: Date | null }

/** As this person may read them. */
export async function presentNotices(
  db: Kysely<Database>,
  reader: StaffId,
  rows: readonly Told[],
): Promise<Notice[]> {
  const words = await veilFor(
    db,
    reader,
    rows.flatMap(row => row.order_id ?? []),
  )
  return rows.map(row => present(row, words))
}

function present(row: Told, words: Veil): Notice {
  return {
    id: row.id,
    at: row.at.toISOString(),
    kind: row.kind,
    orderId: row.order_id,
    orderNumber: row.number,
    orderTitle: row.order_id === null || row.title === null ? null : words(row.order_id, row.title),
    unit: row.to_unit,
    unitName: row.unit_name,
    detail: row.detail,
    readAt: row.read_at?.toISOString() ?? null,
  }
}
