import { type Kysely, sql } from 'kysely'
import type { Database } from '#database/types.ts'
import type { WorkOrderId } from '#kernel/ids.ts'
import { type Head, linkHash } from './link.ts'
import { headsOfBook } from './pages.ts'
import { orderLink } from './store.ts'

export async function orderByNumber(db: Kysely<Database>, number: string): Promise<WorkOrderId | null> {
  const row = await db.selectFrom('work_orders').select('id').where('number', '=', number).executeTakeFirst()
  return row?.id ?? null
}

/**
 * An order's chain for an evidence pack: every field that is hashed, as it is hashed (link.ts says how), so that
 * whoever receives it can verify it alone; and the anchors of its days, to hold against those that were noted
 * elsewhere. Hashes are hexadecimal; `fits` says whether the entry has the hash that it should have.
 */
export async function exportChain(db: Kysely<Database>, order: WorkOrderId): Promise<object> {
  const { number } = await db
    .selectFrom('work_orders')
    .select('number')
    .where('id', '=', order)
    .executeTakeFirstOrThrow()
  const heads: Head[] = []
  for await (const head of headsOfBook(db, 'orders', order, LAST_DAY)) heads.push(head)
  return {
    format: 'order-trail/1',
    number,
    orderId: order,
    entries: await entriesOf(db, order),
    heads: heads.map(({ day, seq, hash }) => ({ day, seq, hash: hash.toString('hex') })),
    anchors: await anchorsOf(
      db,
      heads.map(({ day }) => day),
    ),
  }
}

/** After every day there is. */
const LAST_DAY = '9999-12-31'

async function entriesOf(db: Kysely<Database>, order: WorkOrderId): Promise<object[]> {
  const rows = await db
    .selectFrom('order_trail')
    .selectAll()
    .select(sql<number>`(extract(epoch from at) * 1000000)::bigint`.as('at_us'))
    .where('order_id', '=', order)
    .orderBy('seq')
    .execute()
  return rows.map(row => ({
    seq: row.seq,
    at: row.at.toISOString(),
    atMicroseconds: String(row.at_us),
    day: row.day,
    actorKind: row.actor_kind,
    staffId: row.staff_id,
    actorName: row.actor_name,
    act: row.act,
    from: row.from_status,
    to: row.to_status,
    why: row.why,
    detail: row.detail,
    prevHash: row.prev_hash?.toString('hex') ?? null,
    hash: row.hash.toString('hex'),
    fits: linkHash(orderLink(row, String(row.at_us))).equals(row.hash),
  }))
}

async function anchorsOf(db: Kysely<Database>, days: readonly string[]): Promise<object[]> {
  if (days.length === 0) return []
  const rows = await db
    .selectFrom('trail_anchors')
    .selectAll()
    .where('day', 'in', days)
    .orderBy('day')
    .execute()
  return rows.map(({ day, heads, digest, prev_digest: prev }) => ({
    day,
    heads,
    digest: digest.toString('hex'),
    prevDigest: prev?.toString('hex') ?? null,
  }))
}
