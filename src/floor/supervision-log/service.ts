import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import { DAY_MS } from '#kernel/time.ts'
import { runsTheFloor, type StaffMember } from '../../people/staff/index.ts'
import type { SupervisionActPage, SupervisionActQuery, SupervisionActRow } from './schema.ts'
import { type ActRecord, listActs } from './store.ts'

/** What shift leads did, all of it, whatever agents were told. */
export async function actPage(
  db: Kysely<Database>,
  shown: readonly string[],
  member: StaffMember,
  query: SupervisionActQuery,
): Promise<Outcome<SupervisionActPage>> {
  if (!runsTheFloor(member)) return refuse('not-allowed')
  const to = query.to === undefined ? new Date() : new Date(query.to)
  const from = query.from === undefined ? new Date(to.getTime() - DAY_MS) : new Date(query.from)
  const { rows, more } = await listActs(db, {
    from,
    to,
    seat: query.seat ?? null,
    before: query.before === undefined ? null : Number(query.before),
  })
  return ok({
    items: rows.map(present),
    next: more ? String(rows.at(-1)?.id ?? '') : null,
    shown: [...shown],
  })
}

function present(row: ActRecord): SupervisionActRow {
  return {
    id: row.id,
    at: row.at.toISOString(),
    by: row.doer_name ?? '',
    act: row.act,
    seat: row.seat,
    subject: row.subject_name,
    callId: row.call_id,
    queue: queueOf(row),
    points: row.points,
    reason: row.reason,
    note: row.note,
    refusal: row.refusal,
  }
}

/** A queue that is no longer there goes by its id. */
function queueOf({ queue, queue_zh, queue_en }: ActRecord): SupervisionActRow['queue'] {
  return queue === null ? null : { nameZh: queue_zh ?? queue, nameEn: queue_en ?? queue }
}
