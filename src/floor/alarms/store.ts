import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { AlarmsTable, Database } from '#database/types.ts'
import { asId, type CallId, type QueueId, type SeatNumber, type StaffId } from '#kernel/ids.ts'
import { DAY_MS, type Instant, MINUTE_MS, today } from '#kernel/time.ts'
import { STATISTICS } from '../../insight/intervals/index.ts'
import { NO_ANSWERS_WITHIN_MS } from './kinds.ts'
import type { AlarmFigures, Share } from './measures.ts'
import type { Alarm, KnownNames, Limit } from './rules.ts'

export interface StoredLimits {
  readonly limits: readonly Limit[]
  readonly version: number
}

export async function readLimits(db: Kysely<Database>): Promise<StoredLimits> {
  const rows = await db.selectFrom('alarm_limits').selectAll().orderBy('id').execute()
  const limits = rows.map(row => ({
    kind: row.kind,
    queue: row.queue_id,
    reason: row.reason,
    notice: row.notice,
    warning: row.warning,
    serious: row.serious,
    leastCalls: row.least_calls,
    active: row.active,
  }))
  return { limits, version: Math.max(0, ...rows.map(row => row.version)) }
}

/** @returns null when the limits are no longer at this version */
export async function replaceLimits(
  db: Kysely<Database>,
  version: number,
  limits: readonly Limit[],
): Promise<StoredLimits | null> {
  return await db.transaction().execute(async trx => {
    await sql`lock table alarm_limits in share row exclusive mode`.execute(trx)
    if ((await readLimits(trx)).version !== version) return null
    await trx.deleteFrom('alarm_limits').execute()
    await trx
      .insertInto('alarm_limits')
      .values(
        limits.map(limit => ({
          kind: limit.kind,
          queue_id: limit.queue === null ? null : asId<QueueId>(limit.queue),
          reason: limit.reason,
          notice: limit.notice,
          warning: limit.warning,
          serious: limit.serious,
          least_calls: limit.leastCalls,
          active: limit.active,
          version: version + 1,
        })),
      )
      .execute()
    return await readLimits(trx)
  })
}

export async function knownNames(db: Kysely<Database>): Promise<KnownNames> {
  const queues = await db.selectFrom('queues').select('id').execute()
  const reasons = await db.selectFrom('not_ready_reasons').select('code').execute()
  return { queues: new Set(queues.map(({ id }) => id)), reasons: new Set(reasons.map(({ code }) => code)) }
}

/** An alarm as it is put on record; who sat at the seat is known when it is raised. */
export interface AlarmOnRecord {
  readonly alarm: Alarm
  readonly staff: StaffId | null
  readonly clearedAt: Instant | null
}

/** Writes what each has become; an acknowledgement that is stored already stays. */
export async function storeAlarms(db: Kysely<Database>, records: readonly AlarmOnRecord[]): Promise<void> {
  await db
    .insertInto('alarms')
    .values(records.map(toRow))
    .onConflict(conflict =>
      conflict.column('id').doUpdateSet({
        level: sql`excluded.level`,
        threshold: sql`excluded.threshold`,
        peak: sql`excluded.peak`,
        cleared_at: sql`excluded.cleared_at`,
        acknowledged_at: sql`coalesce(excluded.acknowledged_at, alarms.acknowledged_at)`,
        acknowledged_by: sql`coalesce(excluded.acknowledged_by, alarms.acknowledged_by)`,
        note: sql`case when excluded.acknowledged_at is null then alarms.note else excluded.note end`,
      }),
    )
    .execute()
}

function toRow({ alarm, staff, clearedAt }: AlarmOnRecord) {
  const { about, acknowledged } = alarm
  return {
    id: alarm.id,
    kind: alarm.kind,
    level: alarm.worst,
    queue_id: about.queue === null ? null : asId<QueueId>(about.queue),
    seat: about.seat === null ? null : asId<SeatNumber>(about.seat),
    staff_id: staff,
    call_id: about.call === null ? null : asId<CallId>(about.call),
    reason: about.reason,
    began_at: alarm.since === null ? null : new Date(alarm.since),
    raised_at: new Date(alarm.raisedAt),
    cleared_at: clearedAt === null ? null : new Date(clearedAt),
    threshold: alarm.threshold,
    peak: alarm.peak,
    acknowledged_at: acknowledged === null ? null : new Date(acknowledged.at),
    acknowledged_by: acknowledged?.by ?? null,
    note: acknowledged?.note ?? '',
  }
}

/** Those that stood when the service went, to go on with. */
export async function readStanding(db: Kysely<Database>): Promise<readonly AlarmOnRecord[]> {
  const rows = await alarmRows(db).where('alarms.cleared_at', 'is', null).execute()
  return rows.map(row => ({ alarm: toAlarm(row), staff: row.staff_id, clearedAt: null }))
}

function toAlarm(row: AlarmRecord): Alarm {
  const raisedAt = row.raised_at.getTime()
  const { acknowledged_at: at, acknowledged_by: by, acknowledged_name: name, note } = row
  return {
    id: row.id,
    key: row.id.slice(0, row.id.lastIndexOf('.')),
    kind: row.kind,
    about: {
      queue: row.queue_id,
      seat: row.seat,
      agentName: row.agent_name,
      call: row.call_id,
      reason: row.reason,
    },
    since: row.began_at?.getTime() ?? null,
    raisedAt,
    level: row.level,
    worst: row.level,
    threshold: row.threshold,
    value: row.peak,
    peak: row.peak,
    easingSince: null,
    acknowledged: at === null || by === null ? null : { by, name: name ?? '', at: at.getTime(), note },
  }
}

export type AlarmRecord = Awaited<ReturnType<typeof recordsOf>>[number]

function alarmRows(db: Kysely<Database>) {
  return db
    .selectFrom('alarms')
    .leftJoin('queues', 'queues.id', 'alarms.queue_id')
    .leftJoin('staff as agent', 'agent.id', 'alarms.staff_id')
    .leftJoin('staff as acknowledger', 'acknowledger.id', 'alarms.acknowledged_by')
    .selectAll('alarms')
    .select(['queues.name_zh', 'queues.name_en', 'agent.name as agent_name'])
    .select('acknowledger.name as acknowledged_name')
}

function recordsOf(db: Kysely<Database>) {
  return alarmRows(db).execute()
}

const PAGE_SIZE = 100

export interface AlarmFilter {
  readonly from: Date
  readonly to: Date
  readonly after: { readonly raisedAt: Date; readonly id: string } | null
}

/** The newest first. */
export async function listAlarms(
  db: Kysely<Database>,
  { from, to, after }: AlarmFilter,
): Promise<{ readonly rows: readonly AlarmRecord[]; readonly more: boolean }> {
  let query = alarmRows(db).where('raised_at', '>=', from).where('raised_at', '<', to)
  if (after !== null) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('alarms.raised_at', 'alarms.id'), '<', tuple(after.raisedAt, after.id)),
    )
  }
  const rows = await query
    .orderBy('alarms.raised_at', 'desc')
    .orderBy('alarms.id', 'desc')
    .limit(PAGE_SIZE + 1)
    .execute()
  return { rows: rows.slice(0, PAGE_SIZE), more: rows.length > PAGE_SIZE }
}

/** For one that does not stand any longer. @returns false when there is none by that id */
export async function acknowledgeStored(
  db: Kysely<Database>,
  id: string,
  given: { readonly by: StaffId; readonly at: Instant; readonly note: string },
): Promise<boolean> {
  const change: Partial<Pick<AlarmsTable, 'acknowledged_at' | 'acknowledged_by'>> & { note: string } = {
    acknowledged_at: new Date(given.at),
    acknowledged_by: given.by,
    note: given.note,
  }
  const done = await db.updateTable('alarms').set(change).where('id', '=', id).executeTakeFirst()
  return done.numUpdatedRows > 0n
}

const { answerWithinS, shortAbandonS } = STATISTICS

/** The shares that have limits, by the formulas of insight/intervals, in one look at the day's calls. */
export async function readFigures(
  db: Kysely<Database>,
  at: Instant,
  agentAt: (seat: string) => StaffId | null,
): Promise<AlarmFigures> {
  const midnight = today(at).from
  const windows = {
    last15: new Date(at - 15 * MINUTE_MS),
    last30: new Date(at - 30 * MINUTE_MS),
    today: midnight,
    last24: new Date(at - DAY_MS),
  }
  const counts = await db
    .selectFrom('calls')
    .where('queued_at', '>=', windows.last24)
    .where('queued_at', '<=', new Date(at))
    .select([
      ...countsSince(windows.last15, 'last15'),
      ...countsSince(windows.last30, 'last30'),
      ...countsSince(windows.today, 'today'),
      ...countsSince(windows.last24, 'last24'),
    ])
    .executeTakeFirstOrThrow()
  const rungOut = await countNoAnswers(db, new Date(at - NO_ANSWERS_WITHIN_MS))
  return {
    serviceLevel15: share(counts.last15_within, counts.last15_counted),
    serviceLevel30: share(counts.last30_within, counts.last30_counted),
    serviceLevelToday: share(counts.today_within, counts.today_counted),
    answerRate24: share(counts.last24_answered, counts.last24_offered),
    noAnswers: new Map(
      rungOut.filter(row => row.staff_id === agentAt(row.seat)).map(row => [row.seat, row.times]),
    ),
  }
}

function share(part: number, calls: number): Share {
  return { percent: calls === 0 ? null : (100 * part) / calls, calls }
}

function countsSince<Window extends string>(from: Date, window: Window) {
  const count = (which: RawBuilder<unknown>) =>
    sql<number>`(count(*) filter (where queued_at >= ${from} and ${which}))::int`
  const abandoned = sql`answered_at is null and result = 'abandoned'`
  const short = sql`ended_at - queued_at < ${shortAbandonS} * interval '1 second'`
  return [
    count(sql`true`).as(`${window}_offered`),
    count(sql`answered_at is not null`).as(`${window}_answered`),
    count(sql`answered_at - queued_at <= ${answerWithinS} * interval '1 second'`).as(`${window}_within`),
    count(sql`(answered_at is not null or ${abandoned} and not ${short})`).as(`${window}_counted`),
  ] as const
}

async function countNoAnswers(db: Kysely<Database>, from: Date) {
  return await db
    .selectFrom('seat_changes')
    .where('at', '>=', from)
    .where('state', '=', 'not-ready')
    .where('reason', '=', 'no-answer')
    .select(['seat', 'staff_id', sql<number>`count(*)::int`.as('times')])
    .groupBy(['seat', 'staff_id'])
    .execute()
}
