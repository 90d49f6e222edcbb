import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import { runsTheFloor, type StaffMember } from '../../people/staff/index.ts'
import { checkEntry } from './rules.ts'
import type { DirectoryEntry, DirectoryForm, DirectoryQuery } from './schema.ts'
import {
  type DirectoryRow,
  findEntries,
  insertEntry,
  isNameTaken,
  knownPlaces,
  readEntry,
  updateEntry,
} from './store.ts'

/** Those that were taken out of use are shown to whoever may bring them back. */
export async function listDirectory(
  db: Kysely<Database>,
  member: StaffMember,
  query: DirectoryQuery,
): Promise<DirectoryEntry[]> {
  return (await findEntries(db, query, runsTheFloor(member))).map(present)
}

export async function createEntry(
  db: Kysely<Database>,
  member: StaffMember,
  form: DirectoryForm,
): Promise<Outcome<DirectoryEntry>> {
  if (!runsTheFloor(member)) return refuse('not-allowed')
  const checked = checkEntry(form, await knownPlaces(db, form))
  if (!checked.ok) return checked
  const row = await insertEntry(db, checked.value)
  return row === null ? refuse('exists-already') : ok(present(row))
}

/** Saves the form over the version that was edited. */
export async function saveEntry(
  db: Kysely<Database>,
  member: StaffMember,
  id: string,
  version: number,
  form: DirectoryForm,
): Promise<Outcome<DirectoryEntry>> {
  if (!runsTheFloor(member)) return refuse('not-allowed')
  const old = await readEntry(db, id)
  if (old === null) return refuse('not-found')
  const checked = checkEntry(form, await knownPlaces(db, form))
  if (!checked.ok) return checked
  if (await isNameTaken(db, checked.value.name, id)) return refuse('exists-already')
  const row = await updateEntry(db, id, version, checked.value)
  return row === null ? refuse('changed-meanwhile', `is at version ${old.version}`) : ok(present(row))
}

/** One that is in use; null when there is none by that id. */
export async function entryInUse(db: Kysely<Database>, id: string): Promise<DirectoryEntry | null> {
  const row = await readEntry(db, id)
  return row?.active === true ? present(row) : null
}

function present(row: DirectoryRow): DirectoryEntry {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    number: row.number,
    queue: row.queue_id,
    line: row.line_number,
    dutyHours: row.duty_hours,
    active: row.active,
    version: row.version,
  }
}
