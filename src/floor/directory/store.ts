import { randomUUID } from 'node:crypto'
import { type Kysely, type Selectable, sql } from 'kysely'
import type { Database, DirectoryEntriesTable } from '#database/types.ts'
import { asId, type LineNumber, type QueueId } from '#kernel/ids.ts'
import type { KnownPlaces } from './rules.ts'
import type { DirectoryForm, DirectoryQuery } from './schema.ts'

export type DirectoryRow = Selectable<DirectoryEntriesTable>

/** Emergencies first, then by name. */
export function findEntries(
  db: Kysely<Database>,
  { search = '', kind }: DirectoryQuery,
  alsoInactive: boolean,
): Promise<DirectoryRow[]> {
  const wanted = search.trim().toLowerCase()
  let query = db.selectFrom('directory_entries').selectAll()
  if (!alsoInactive) query = query.where('active', '=', true)
  if (kind !== undefined) query = query.where('kind', '=', kind)
  if (wanted !== '') {
    query = query.where(
      sql<boolean>`position(${wanted} in lower(name || ' ' || coalesce(number, line_number, queue_id))) > 0`,
    )
  }
  return query.orderBy(sql`kind <> 'emergency'`).orderBy('name').execute()
}

export async function readEntry(db: Kysely<Database>, id: string): Promise<DirectoryRow | null> {
  return (
    (await db.selectFrom('directory_entries').selectAll().where('id', '=', id).executeTakeFirst()) ?? null
  )
}

/** @returns null when there is one by that name */
export async function insertEntry(db: Kysely<Database>, form: DirectoryForm): Promise<DirectoryRow | null> {
  const row = await db
    .insertInto('directory_entries')
    .values({ id: randomUUID(), ...columns(form) })
    .onConflict(conflict => conflict.column('name').doNothing())
    .returningAll()
    .executeTakeFirst()
  return row ?? null
}

/** @returns null when the entry is no longer at this version */
export async function updateEntry(
  db: Kysely<Database>,
  id: string,
  version: number,
  form: DirectoryForm,
): Promise<DirectoryRow | null> {
  const row = await db
    .updateTable('directory_entries')
    .set({ ...columns(form), version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .returningAll()
    .executeTakeFirst()
  return row ?? null
}

export async function isNameTaken(db: Kysely<Database>, name: string, by: string): Promise<boolean> {
  const row = await db
    .selectFrom('directory_entries')
    .select('id')
    .where('name', '=', name)
    .where('id', '<>', by)
    .executeTakeFirst()
  return row !== undefined
}

export async function knownPlaces(
  db: Kysely<Database>,
  { queue, line }: DirectoryForm,
): Promise<KnownPlaces> {
  const { rows } = await sql<KnownPlaces>`
    select exists (select from queues where id = ${queue}) as queue,
           exists (select from lines where number = ${line}) as line
  `.execute(db)
  return rows[0] ?? { queue: false, line: false }
}

function columns(form: DirectoryForm) {
  return {
    name: form.name,
    kind: form.kind,
    number: form.number,
    queue_id: form.queue === null ? null : asId<QueueId>(form.queue),
    line_number: form.line === null ? null : asId<LineNumber>(form.line),
    duty_hours: form.dutyHours.trim(),
    active: form.active,
  }
}
