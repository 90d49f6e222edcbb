import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '#database/types.ts'
import { CITY_ZONE, daysAfter } from '#kernel/time.ts'
import { type Anchor, anchorDigest, type Head, HeadsDigest } from './link.ts'
import { waitForAppends } from './store.ts'

/** Heads that one statement takes over. */
const PAGE = 2_000

/**
 * Anchors every day that is over and has no anchor yet, oldest first: the heads of all chains that grew on it are
 * noted and digested. So a chain whose end was cut off, or that is gone altogether, is missed. May be late, doubled,
 * or run by two at once.
 * @param before days before this one; left out, those before today
 * @returns how many days were anchored
 */
export async function anchorTrail(db: Kysely<Database>, before?: string): Promise<number> {
  const end = before ?? (await cityToday(db))
  await waitForAppends(db)
  let anchored = 0
  while (await db.transaction().execute(trx => anchorNextDay(trx, end))) anchored += 1
  return anchored
}

async function anchorNextDay(trx: Transaction<Database>, before: string): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtext('trail-anchors'))`.execute(trx)
  const last = await trx
    .selectFrom('trail_anchors')
    .select(['day', 'digest'])
    .orderBy('day', 'desc')
    .limit(1)
    .executeTakeFirst()
  const day = last === undefined ? await firstDay(trx) : daysAfter(last.day, 1)
  if (day === null || day >= before) return false
  const heads = new HeadsDigest()
  for (const head of await noteAuditHeads(trx, day)) heads.add(head)
  let order: string | null = null
  do {
    const page: readonly Head[] = await noteOrderHeads(trx, day, order)
    for (const head of page) heads.add(head)
    order = page.length === PAGE ? (page.at(-1)?.chain ?? null) : null
  } while (order !== null)
  await insertAnchor(trx, day, heads, last?.digest ?? null)
  return true
}

async function insertAnchor(
  trx: Transaction<Database>,
  day: string,
  heads: HeadsDigest,
  prev: Buffer | null,
): Promise<void> {
  const at = new Date()
  const anchor: Anchor = { day, at: String(at.getTime() * 1_000), heads: heads.count, prev }
  await trx
    .insertInto('trail_anchors')
    .values({ day, heads: heads.count, at, prev_digest: prev, digest: anchorDigest(anchor, heads.digest()) })
    .execute()
}

async function noteAuditHeads(trx: Transaction<Database>, day: string): Promise<readonly Head[]> {
  const { rows } = await sql<Head>`
    insert into trail_heads (day, book, chain, seq, hash)
    select distinct on (subject) ${day}, 'audit', subject, seq, hash
    from audit_log where day = ${day} order by subject, seq desc
    returning *
  `.execute(trx)
  return inOrder(rows)
}

async function noteOrderHeads(
  trx: Transaction<Database>,
  day: string,
  after: string | null,
): Promise<readonly Head[]> {
  const { rows } = await sql<Head>`
    insert into trail_heads (day, book, chain, seq, hash)
    select distinct on (order_id) ${day}, 'orders', order_id::text, seq, hash
    from order_trail where day = ${day} and (${after}::uuid is null or order_id > ${after}::uuid)
    order by order_id, seq desc limit ${PAGE}
    returning *
  `.execute(trx)
  return inOrder(rows)
}

/** PostgreSQL promises no order of what it returns. */
function inOrder(heads: readonly Head[]): readonly Head[] {
  return heads.toSorted((a, b) => (a.chain < b.chain ? -1 : 1))
}

async function firstDay(trx: Transaction<Database>): Promise<string | null> {
  const { rows } = await sql<{ day: string | null }>`
    select least((select min(day) from order_trail), (select min(day) from audit_log)) as day
  `.execute(trx)
  return rows[0]?.day ?? null
}

/** By the database's clock, as the entries have it. */
async function cityToday(db: Kysely<Database>): Promise<string> {
  const { rows } = await sql<{ day: string }>`
    select to_char(clock_timestamp() at time zone ${CITY_ZONE}, 'YYYY-MM-DD') as day
  `.execute(db)
  if (rows[0] === undefined) throw new Error('PostgreSQL gave no day')
  return rows[0].day
}
