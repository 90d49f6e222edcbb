import { type Kysely, sql } from 'kysely'
import type { Database } from '#database/types.ts'
import type { StaffId } from '#kernel/ids.ts'
import type { Notice } from './schema.ts'
import { countUnread, NOTICE_LIMITS, noticesOf, presentNotices, views } from './store.ts'

/**
 * Ids are given out before their transactions end, so that a lower one may appear after a higher. No transaction lasts
 * this long (database/connection.ts): what is older is settled, and what is younger is looked at again.
 */
const SETTLED_AFTER = sql`interval '1 minute'`

/** What a page is told first. `cursor` is the newest notice there is; `missed` came since the page's own, oldest first. */
export interface NoticeReplay {
  readonly unread: number
  readonly cursor: number
  readonly missed: readonly Notice[]
}

/** @param cursor the newest notice that the page was told of; null for one that has just been opened */
export async function replayNotices(
  db: Kysely<Database>,
  staff: StaffId,
  cursor: number | null,
): Promise<NoticeReplay> {
  const newest = await db
    .selectFrom('notices')
    .select(({ fn }) => fn.max('id').as('id'))
    .executeTakeFirst()
  const unread = await countUnread(db, staff)
  const wanted = { unreadOnly: true, before: null, most: NOTICE_LIMITS.replayed }
  const missed =
    cursor === null ? [] : await noticesOf(db, staff, { ...wanted, after: await settledAt(db, cursor) })
  return { unread, cursor: newest?.id ?? 0, missed: missed.filter(({ id }) => id !== cursor).reverse() }
}

/** The newest notice that was settled when this one was written: none before it can still appear. */
async function settledAt(db: Kysely<Database>, cursor: number): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    select id from notices
    where id <= ${cursor}
      and at < (select at from notices where id <= ${cursor} order by id desc limit 1) - ${SETTLED_AFTER}
    order by id desc limit 1
  `.execute(db)
  return rows[0]?.id ?? 0
}

/** Goes through the notices as they come, each once, from wherever they are written. */
export class NoticeStream {
  private readonly db: Kysely<Database>
  /** All up to this one have been given out; null before it began. */
  private settled: number | null = null
  /** Given out, after the settled ones. */
  private given: ReadonlySet<number> = new Set()

  constructor(db: Kysely<Database>) {
    this.db = db
  }

  /** Leaves out all there is so far. */
  async begin(): Promise<void> {
    const { rows } = await sql<{ id: number | null }>`
      select id from notices where at < clock_timestamp() - ${SETTLED_AFTER} order by id desc limit 1
    `.execute(this.db)
    this.settled = rows[0]?.id ?? 0
    await this.next(async () => {})
  }

  get begun(): boolean {
    return this.settled !== null
  }

  stop(): void {
    this.settled = null
    this.given = new Set()
  }

  /** Gives out the ids of those that have come since; when that fails, they are given out again. */
  async next(give: (ids: readonly number[]) => Promise<void>): Promise<void> {
    const after = this.settled ?? 0
    const { rows } = await sql<{ id: number; settled: boolean }>`
      select id, at < clock_timestamp() - ${SETTLED_AFTER} as settled
      from notices where id > ${after} order by id
    `.execute(this.db)
    const fresh = rows.filter(({ id }) => !this.given.has(id)).map(({ id }) => id)
    if (fresh.length > 0) await give(fresh)
    const settled = rows.findLast(one => one.settled)?.id ?? after
    this.settled = settled
    this.given = new Set(rows.filter(({ id }) => id > settled).map(({ id }) => id))
  }
}

/** Which of these people each notice concerns, and has not been read by. */
export async function noticesFor(
  db: Kysely<Database>,
  ids: readonly number[],
  staff: readonly StaffId[],
): Promise<readonly { readonly staff: StaffId; readonly notice: Notice }[]> {
  if (staff.length === 0) return []
  const rows = await views(db)
    .innerJoin(sql<{ id: StaffId }>`unnest(${staff}::uuid[])`.as<'s'>(sql`s(id)`), join => join.onTrue())
    .select('s.id as staff')
    .where('n.id', 'in', ids)
    .where(
      sql<boolean>`(n.to_staff = s.id or exists (
        select from role_grants g
        join roles on roles.code = g.role_code and 'unit.handle' = any(roles.rights)
        where g.staff_id = s.id and g.unit_id = any(u.path)))`,
    )
    .where(
      sql<boolean>`not exists (select from notice_reads r where r.notice_id = n.id and r.staff_id = s.id)`,
    )
    .orderBy('n.id')
    .execute()
  const byReader = Map.groupBy(rows, row => row.staff)
  const told = [...byReader].map(async ([reader, theirs]) => {
    const unread = theirs.map(row => ({ ...row, read_at: null }))
    return (await presentNotices(db, reader, unread)).map(notice => ({ staff: reader, notice }))
  })
  return (await Promise.all(told)).flat()
}
