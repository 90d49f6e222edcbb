import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { AuditLogTable, AuditSubject, Database, OrderTrailTable } from '#database/types.ts'
import type { StaffId, WorkOrderId } from '#kernel/ids.ts'
import { CITY_ZONE, type Instant } from '#kernel/time.ts'
import type { OrderStatus } from '../../cases/life/order.ts'
import { canonicalJson, type Link, linkHash } from './link.ts'
import type { TrailEntry } from './schema.ts'

/** Who did it; an `Actor` of cases is one. */
export type TrailActor =
  | { readonly kind: 'staff'; readonly staff: StaffId; readonly name: string }
  | { readonly kind: 'service'; readonly job: string }

export interface EntryToAppend {
  readonly order: WorkOrderId
  readonly at: Instant
  readonly by: TrailActor
  readonly act: string
  readonly from: OrderStatus | null
  readonly to: OrderStatus | null
  readonly why: string
  /** Plain JSON. It can never be taken back: no name, no number of a citizen belongs here. */
  readonly detail: object
}

/**
 * Adds to the order's chain. The caller holds the lock of the order's row, so that two never add at once.
 * @param today the city's date; left out, that of the database's clock
 * @throws when two did all the same: the transaction fails
 */
export async function appendTrail(
  trx: Transaction<Database>,
  entry: EntryToAppend,
  today?: string,
): Promise<TrailEntry> {
  const { order, act, from, to, why } = entry
  const place = await nextPlace(trx, { table: 'order_trail', column: 'order_id', chain: order, today })
  const row = {
    order_id: order,
    seq: place.seq,
    at: new Date(entry.at),
    day: place.day,
    ...actorColumns(entry.by),
    act,
    from_status: from,
    to_status: to,
    why,
    detail: plain(entry.detail),
    prev_hash: place.prev,
  }
  const hash = linkHash(orderLink(row, microseconds(row.at)))
  await trx
    .insertInto('order_trail')
    .values({ ...row, detail: JSON.stringify(row.detail), hash })
    .execute()
  return present({ ...row, hash })
}

export interface AuditToAppend {
  readonly subject: AuditSubject
  /** Whom or what it was done to: a login, a role's code, an order's number. */
  readonly key: string
  readonly by: TrailActor
  readonly act: string
  readonly why: string
  /** Plain JSON; it can never be taken back. */
  readonly detail: object
}

/**
 * Adds to the subject's chain, which is kept for this transaction until it ends: best done last.
 * @param today the city's date; left out, that of the database's clock
 */
export async function appendAudit(
  trx: Transaction<Database>,
  entry: AuditToAppend,
  today?: string,
): Promise<void> {
  const { subject, key, act, why } = entry
  await sql`select pg_advisory_xact_lock(hashtext('audit-log'), hashtext(${subject}))`.execute(trx)
  const place = await nextPlace(trx, { table: 'audit_log', column: 'subject', chain: subject, today })
  const row = {
    subject,
    seq: place.seq,
    at: place.now,
    day: place.day,
    ...actorColumns(entry.by),
    act,
    key,
    why,
    detail: plain(entry.detail),
    prev_hash: place.prev,
  }
  const hash = linkHash(auditLink(row, microseconds(row.at)))
  await trx
    .insertInto('audit_log')
    .values({ ...row, detail: JSON.stringify(row.detail), hash })
    .execute()
}

/** All that was done to the order, the oldest first. */
export async function readTrail(db: Kysely<Database>, order: WorkOrderId): Promise<TrailEntry[]> {
  const rows = await db
    .selectFrom('order_trail')
    .selectAll()
    .where('order_id', '=', order)
    .orderBy('seq')
    .execute()
  return rows.map(present)
}

interface Chain {
  readonly table: 'order_trail' | 'audit_log'
  readonly column: 'order_id' | 'subject'
  readonly chain: string
  readonly today: string | undefined
}

interface Place {
  readonly seq: number
  readonly day: string
  readonly prev: Buffer | null
  readonly now: Date
}

/**
 * An entry's day is never one that has its anchor already: the lock, shared by all who add, is waited for by whoever
 * closes a day, and a database's clock that was set back does not lead into a closed one.
 */
async function nextPlace(trx: Transaction<Database>, { table, column, chain, today }: Chain): Promise<Place> {
  await sql`select pg_advisory_xact_lock_shared(hashtext('trail-day'))`.execute(trx)
  const { rows } = await sql<{ seq: number | null; prev: Buffer | null; day: string; now: Date }>`
    select last.seq, last.hash as prev, date_trunc('milliseconds', clock_timestamp()) as now,
           greatest(coalesce(${today ?? null}, to_char(clock_timestamp() at time zone ${CITY_ZONE}, 'YYYY-MM-DD')), last.day,
                    (select to_char(max(day)::date + 1, 'YYYY-MM-DD') from trail_anchors)) as day
    from (select) one
    left join lateral (
      select seq, day, hash from ${sql.table(table)} where ${sql.ref(column)} = ${chain} order by seq desc limit 1
    ) last on true
  `.execute(trx)
  const [found] = rows
  if (found === undefined) throw new Error('PostgreSQL gave no row for the place in the chain')
  return { seq: (found.seq ?? 0) + 1, prev: found.prev, day: found.day, now: found.now }
}

/** Waits for those who are adding now; whoever adds from here on does so on the day that the clock shows. */
export async function waitForAppends(db: Kysely<Database>): Promise<void> {
  await db.transaction().execute(trx => sql`select pg_advisory_xact_lock(hashtext('trail-day'))`.execute(trx))
}

export type OrderTrailRow = Selectable<OrderTrailTable>
export type AuditLogRow = Selectable<AuditLogTable>

/** @param at microseconds since 1970: more than a Date holds */
export function orderLink(row: Omit<OrderTrailRow, 'hash'>, at: string): Link {
  return {
    tag: 'order-trail/1',
    chain: row.order_id,
    seq: row.seq,
    at,
    day: row.day,
    content: [
      ...[row.actor_kind, row.staff_id, row.actor_name, row.act, row.from_status, row.to_status, row.why],
      canonicalJson(row.detail),
    ],
    prev: row.prev_hash,
  }
}

export function auditLink(row: Omit<AuditLogRow, 'hash'>, at: string): Link {
  return {
    tag: 'audit-log/1',
    chain: row.subject,
    seq: row.seq,
    at,
    day: row.day,
    content: [
      ...[row.actor_kind, row.staff_id, row.actor_name, row.act, row.key, row.why],
      canonicalJson(row.detail),
    ],
    prev: row.prev_hash,
  }
}

function actorColumns(by: TrailActor): Pick<OrderTrailRow, 'actor_kind' | 'staff_id' | 'actor_name'> {
  if (by.kind === 'staff') return { actor_kind: 'staff', staff_id: by.staff, actor_name: by.name }
  return { actor_kind: 'service', staff_id: null, actor_name: by.job }
}

/** As it comes back from a jsonb column: without what JSON does not have. */
function plain(detail: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(detail))
}

function microseconds(at: Date): string {
  return String(at.getTime() * 1_000)
}

function present(row: OrderTrailRow): TrailEntry {
  return {
    seq: row.seq,
    at: row.at.toISOString(),
    actorKind: row.actor_kind,
    staffId: row.staff_id,
    actorName: row.actor_name,
    act: row.act,
    from: row.from_status,
    to: row.to_status,
    why: row.why,
    detail: row.detail,
    hash: row.hash.toString('hex'),
  }
}
