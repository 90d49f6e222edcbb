import type { Kysely } from 'kysely'
import type { ConfigSubject, Database } from '#database/types.ts'
import { badInput, type Outcome, ok, refuse } from '#kernel/outcome.ts'
import { runsTheFloor, type StaffMember } from '../../people/staff/index.ts'
import type { ConfigChangePage, ConfigChangeQuery } from './schema.ts'
import { readChanges } from './store.ts'

const PAGE = 50

const SUBJECTS: readonly ConfigSubject[] = [
  'queue',
  'line',
  'skill',
  'staff-skills',
  'blocked-number',
  'calendar-day',
  'unit',
  'duty-rule',
  'dispatch-words',
  'leader-day',
  'clock-limits',
  'life-table',
]

export async function configChanges(
  db: Kysely<Database>,
  member: StaffMember,
  query: ConfigChangeQuery,
): Promise<Outcome<ConfigChangePage>> {
  if (!runsTheFloor(member)) return refuse('not-allowed')
  const named = query.subjects?.split(',') ?? []
  const subjects = SUBJECTS.filter(subject => named.includes(subject))
  if (subjects.length < named.length) return badInput({ subjects: 'unknown' })
  const before = query.cursor === undefined ? null : Number(query.cursor)
  // One more than is shown tells whether there are others before.
  const found = await readChanges(db, { subjects, key: query.key ?? null, before, most: PAGE + 1 })
  const items = found.slice(0, PAGE)
  return ok({ items, next: found.length > PAGE ? (items.at(-1)?.id ?? null) : null })
}
