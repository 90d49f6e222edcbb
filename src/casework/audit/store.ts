import { type Kysely, type SqlBool, sql } from 'kysely'
import type { Database } from '#database/types.ts'
import { CITY_ZONE, daysAfter } from '#kernel/time.ts'
import type { Position } from './cursor.ts'
import type { AuditFilter, AuditRow, ChainState, Looker, LookersQuery } from './schema.ts'

/** Anchors that a screen shows: two weeks. */
const ANCHORS = 14

/** @param after only those before this one; null: from the newest on */
export async function readAudit(
  db: Kysely<Database>,
  filter: AuditFilter,
  after: Position | null,
  most: number,
): Promise<AuditRow[]> {
  let query = filtered(db, filter)
    .leftJoin('work_orders as o', join =>
      join.onRef('o.number', '=', 'log.key').on('log.subject', '=', 'identity'),
    )
    .select(['log.subject', 'log.seq', 'log.at', 'log.staff_id', 'staff.login', 'log.actor_name'])
    .select(['log.act', 'log.key', 'o.id as order_id', 'log.why', 'log.detail', 'log.hash'])
    .orderBy('log.at', 'desc')
    .orderBy('log.subject', 'desc')
    .orderBy('log.seq', 'desc')
    .limit(most)
  if (after !== null) {
    const { at, subject, seq } = after
    query = query.where(sql<SqlBool>`(log.at, log.subject, log.seq) < (${at}, ${subject}, ${seq})`)
  }
  return (await query.execute()).map(
    ({ at, staff_id: staffId, actor_name: actorName, order_id: orderId, hash, ...row }) => ({
      ...row,
      at: at.toISOString(),
      staffId,
      actorName,
      orderId,
      hash: hash.toString('hex'),
    }),
  )
}

/** @param most counting stops there */
export async function countAudit(db: Kysely<Database>, filter: AuditFilter, most: number): Promise<number> {
  const { count } = await db
    .selectFrom(filtered(db, filter).select('log.seq').limit(most).as('found'))
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

function filtered(db: Kysely<Database>, { subject, who, key, from, to }: AuditFilter) {
  let query = db.selectFrom('audit_log as log').leftJoin('staff', 'staff.id', 'log.staff_id')
  if (subject !== undefined) query = query.where('log.subject', '=', subject)
  if (from !== undefined) query = query.where('log.at', '>=', new Date(from))
  if (to !== undefined) query = query.where('log.at', '<', new Date(to))
  if (key !== undefined) query = query.where(has('log.key', key))
  if (who !== undefined) {
    query = query.where(({ or, eb }) => or([has('log.actor_name', who), eb('staff.login', '=', who)]))
  }
  return query
}

/** Capitals or not; no sign of it means anything. */
function has(column: string, part: string) {
  return sql<SqlBool>`position(lower(${part}) in lower(${sql.ref(column)})) > 0`
}

/** Who looked at whoever is behind orders, the most often first. */
export async function readLookers(db: Kysely<Database>, { from, to }: LookersQuery): Promise<Looker[]> {
  const rows = await db
    .selectFrom('identity_looks as look')
    .innerJoin('staff', 'staff.id', 'look.staff_id')
    .select(({ fn }) => [
      'staff.login',
      'staff.name',
      fn.countAll<number>().as('looks'),
      fn.count<number>('look.order_id').distinct().as('orders'),
      fn.max('look.at').as('last_at'),
    ])
    .where('look.at', '>=', new Date(from))
    .where('look.at', '<', new Date(to))
    .groupBy(['staff.id', 'staff.login', 'staff.name'])
    .orderBy('looks', 'desc')
    .orderBy('staff.login')
    .execute()
  return rows.map(({ last_at, ...row }) => ({ ...row, lastAt: new Date(last_at).toISOString() }))
}

export async function readChainState(db: Kysely<Database>): Promise<ChainState> {
  const anchors = await db
    .selectFrom('trail_anchors')
    .select(['day', 'heads', 'at', 'digest'])
    .orderBy('day', 'desc')
    .limit(ANCHORS)
    .execute()
  const last = anchors[0]?.day ?? null
  const { rows } = await sql<{ open: number; first: string | null; today: string }>`
    select (select count(*)::int from audit_log where day > coalesce(${last}, '')) +
           (select count(*)::int from order_trail where day > coalesce(${last}, '')) as open,
           least((select min(day) from order_trail), (select min(day) from audit_log)) as first,
           to_char(clock_timestamp() at time zone ${CITY_ZONE}, 'YYYY-MM-DD') as today
  `.execute(db)
  const [found] = rows
  if (found === undefined) throw new Error('PostgreSQL gave no row for the state of the chains')
  const next = last === null ? found.first : daysAfter(last, 1)
  return {
    anchors: anchors.map(({ at, digest, ...anchor }) => ({
      ...anchor,
      at: at.toISOString(),
      digest: digest.toString('hex'),
    })),
    due: next === null ? 0 : Math.max(0, daysBetween(next, found.today)),
    open: found.open,
  }
}

const DAY_MS = 86_400_000
function daysBetween(first: string, last: string): number {
  return Math.round((Date.parse(last) - Date.parse(first)) / DAY_MS)
}
