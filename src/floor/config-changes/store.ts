import type { Kysely, Transaction } from 'kysely'
import type { ConfigSubject, Database } from '#database/types.ts'
import { asId, type StaffId } from '#kernel/ids.ts'
import type { ConfigChange } from './schema.ts'

export interface ChangeToRecord {
  readonly by: StaffId
  readonly subject: ConfigSubject
  readonly key: string
  /** As a screen shows it; null: there was none. */
  readonly before: object | null
  readonly after: object | null
}

/** Belongs in the transaction of the edit itself: neither stands without the other. */
export async function recordChange(trx: Transaction<Database>, change: ChangeToRecord): Promise<void> {
  const { by, subject, key, before, after } = change
  await trx
    .insertInto('config_changes')
    .values({ by_staff: by, subject, key, before: written(before), after: written(after) })
    .execute()
}

function written(side: object | null): string | null {
  return side === null ? null : JSON.stringify(side)
}

export interface ChangesWanted {
  readonly subjects: readonly ConfigSubject[]
  readonly key: string | null
  /** Only those before this one. */
  readonly before: number | null
  readonly most: number
}

/** The newest first. */
export async function readChanges(db: Kysely<Database>, wanted: ChangesWanted): Promise<ConfigChange[]> {
  let query = db
    .selectFrom('config_changes as c')
    .innerJoin('staff', 'staff.id', 'c.by_staff')
    .selectAll('c')
    .select('staff.name as by_name')
    .orderBy('c.id', 'desc')
    .limit(wanted.most)
  if (wanted.subjects.length > 0) query = query.where('c.subject', 'in', wanted.subjects)
  if (wanted.key !== null) query = query.where('c.key', '=', wanted.key)
  if (wanted.before !== null) query = query.where('c.id', '<', wanted.before)
  const rows = await query.execute()
  const names = await namesOf(
    db,
    rows.filter(row => row.subject === 'staff-skills').map(row => row.key),
  )
  return rows.map(row => ({
    id: row.id,
    at: row.at.toISOString(),
    by: row.by_staff,
    byName: row.by_name,
    subject: row.subject,
    key: row.key,
    name: names.get(row.key) ?? null,
    before: row.before,
    after: row.after,
  }))
}

async function namesOf(db: Kysely<Database>, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const people = await db
    .selectFrom('staff')
    .select(['id', 'name'])
    .where(
      'id',
      'in',
      ids.map(id => asId<StaffId>(id)),
    )
    .execute()
  return new Map(people.map(({ id, name }) => [id, name]))
}
