import { type Kysely, sql } from 'kysely'
import type { Database } from '#database/types.ts'
import { asId, type QueueId, type SeatNumber, type StaffId } from '#kernel/ids.ts'
import type { Announcement, QueueNeeds, Reading } from './rules.ts'
import type { AnnouncementForm, Audience } from './schema.ts'

export const ANNOUNCEMENTS_A_PAGE = 50

function announcements(db: Kysely<Database>) {
  return db
    .selectFrom('announcements')
    .innerJoin('staff as sender', 'sender.id', 'announcements.by_staff')
    .leftJoin('staff as withdrawer', 'withdrawer.id', 'announcements.withdrawn_by')
    .selectAll('announcements')
    .select(['sender.name as sender_name', 'withdrawer.name as withdrawer_name'])
}

/** Those that may still be shown. */
export async function readValid(db: Kysely<Database>): Promise<readonly Announcement[]> {
  const rows = await announcements(db)
    .where('withdrawn_at', 'is', null)
    .where(({ eb, or }) => or([eb('until', 'is', null), eb('until', '>', sql<Date>`now()`)]))
    .orderBy('announcements.id')
    .execute()
  return await withReadings(db, rows)
}

/** The newest first, those before the one given; one more than a page when there are more. */
export async function listAnnouncements(
  db: Kysely<Database>,
  before: number | null,
): Promise<readonly Announcement[]> {
  let query = announcements(db)
  if (before !== null) query = query.where('announcements.id', '<', before)
  const rows = await query
    .orderBy('announcements.id', 'desc')
    .limit(ANNOUNCEMENTS_A_PAGE + 1)
    .execute()
  return await withReadings(db, rows)
}

export async function insertAnnouncement(
  db: Kysely<Database>,
  by: StaffId,
  { text, to, until = null, mustAcknowledge }: AnnouncementForm,
): Promise<number> {
  const { id } = await db
    .insertInto('announcements')
    .values({
      by_staff: by,
      text: text.trim(),
      queue_id: to.who === 'queue' ? asId<QueueId>(to.queue) : null,
      seat: to.who === 'seat' ? asId<SeatNumber>(to.seat) : null,
      until: until === null ? null : new Date(until),
      must_acknowledge: mustAcknowledge,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** One that is withdrawn already stays as it was. @returns false when there is none by that id */
export async function markWithdrawn(db: Kysely<Database>, id: number, by: StaffId): Promise<boolean> {
  const found = await db
    .updateTable('announcements')
    .set({
      withdrawn_by: sql`coalesce(withdrawn_by, ${by})`,
      withdrawn_at: sql`coalesce(withdrawn_at, now())`,
    })
    .where('id', '=', id)
    .executeTakeFirst()
  return found.numUpdatedRows > 0n
}

/** The first reading stays. */
export async function storeReading(
  db: Kysely<Database>,
  id: number,
  staff: StaffId,
  seat: SeatNumber | null,
): Promise<void> {
  await db
    .insertInto('announcement_reads')
    .values({ announcement_id: id, staff_id: staff, seat })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

export async function readNeeds(db: Kysely<Database>): Promise<QueueNeeds> {
  const rows = await db.selectFrom('queues').select(['id', 'needs']).execute()
  return new Map(rows.map(({ id, needs }) => [id, needs]))
}

type Row = Awaited<ReturnType<ReturnType<typeof announcements>['execute']>>[number]

async function withReadings(db: Kysely<Database>, rows: readonly Row[]): Promise<readonly Announcement[]> {
  const readings = await readingsOf(
    db,
    rows.map(({ id }) => id),
  )
  return rows.map(row => ({
    id: row.id,
    at: row.at.getTime(),
    by: row.sender_name,
    text: row.text,
    to: audienceOf(row),
    until: row.until?.getTime() ?? null,
    mustAcknowledge: row.must_acknowledge,
    withdrawnAt: row.withdrawn_at?.getTime() ?? null,
    withdrawnBy: row.withdrawer_name,
    readings: readings.get(row.id) ?? new Map(),
  }))
}

function audienceOf({ queue_id: queue, seat }: Pick<Row, 'queue_id' | 'seat'>): Audience {
  if (queue !== null) return { who: 'queue', queue }
  return seat === null ? { who: 'all' } : { who: 'seat', seat }
}

async function readingsOf(db: Kysely<Database>, ids: readonly number[]) {
  const found = new Map<number, Map<StaffId, Reading>>()
  if (ids.length === 0) return found
  const rows = await db
    .selectFrom('announcement_reads')
    .innerJoin('staff', 'staff.id', 'announcement_reads.staff_id')
    .where('announcement_id', 'in', ids)
    .select(['announcement_id', 'staff_id', 'at', 'name', 'agent_number'])
    .orderBy('at')
    .execute()
  for (const row of rows) {
    const reading = { name: row.name, agentNumber: row.agent_number, at: row.at.getTime() }
    const known = found.get(row.announcement_id) ?? new Map<StaffId, Reading>()
    found.set(row.announcement_id, known.set(row.staff_id, reading))
  }
  return found
}
