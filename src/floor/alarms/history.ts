import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import { DAY_MS } from '#kernel/time.ts'
import { runsTheFloor, type StaffMember } from '../../people/staff/index.ts'
import type { AlarmPage, AlarmQuery } from './schema.ts'
import { listAlarms } from './store.ts'
import { presentRecord } from './view.ts'

/** The alarms raised in the time asked for, the newest first. */
export async function alarmPage(
  db: Kysely<Database>,
  member: StaffMember,
  query: AlarmQuery,
): Promise<Outcome<AlarmPage>> {
  if (!runsTheFloor(member)) return refuse('not-allowed')
  const to = query.to === undefined ? new Date() : new Date(query.to)
  const from = query.from === undefined ? new Date(to.getTime() - DAY_MS) : new Date(query.from)
  const { rows, more } = await listAlarms(db, { from, to, after: readCursor(query.cursor) })
  const last = rows.at(-1)
  const next = more && last !== undefined ? `${last.raised_at.getTime()}_${last.id}` : null
  return ok({ items: rows.map(presentRecord), next })
}

function readCursor(cursor: string | undefined) {
  if (cursor === undefined) return null
  const split = cursor.indexOf('_')
  return { raisedAt: new Date(Number(cursor.slice(0, split))), id: cursor.slice(split + 1) }
}
