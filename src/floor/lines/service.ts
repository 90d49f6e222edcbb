import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import { asId, type LineNumber } from '#kernel/ids.ts'
import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import { runsTheFloor, type StaffMember } from '../../people/staff/index.ts'
import { checkBlock, checkLine } from './rules.ts'
import type { BlockedNumber, BlockForm, LineForm, LineView } from './schema.ts'
import {
  activeStaff,
  deleteBlock,
  insertBlock,
  insertLine,
  isQueue,
  type LineRow,
  lineRows,
  listBlocks,
  readLine,
  updateLine,
} from './store.ts'

export async function listLines(db: Kysely<Database>): Promise<LineView[]> {
  return (await lineRows(db)).map(present)
}

export async function createLine(
  db: Kysely<Database>,
  member: StaffMember,
  { number, ...form }: LineForm & { readonly number: string },
): Promise<Outcome<LineView>> {
  if (!runsTheFloor(member)) return refuse('not-allowed')
  const checked = checkLine(form, await isQueue(db, form.queue))
  if (!checked.ok) return checked
  const row = await insertLine(db, asId<LineNumber>(number), form)
  return row === null ? refuse('exists-already') : ok(present(row))
}

/** Saves the form over the version that was edited; the next call finds it so, those that run keep what they had. */
export async function saveLine(
  db: Kysely<Database>,
  member: StaffMember,
  number: string,
  version: number,
  form: LineForm,
): Promise<Outcome<LineView>> {
  if (!runsTheFloor(member)) return refuse('not-allowed')
  const old = await readLine(db, asId<LineNumber>(number))
  if (old === null) return refuse('not-found')
  const checked = checkLine(form, await isQueue(db, form.queue))
  if (!checked.ok) return checked
  const row = await updateLine(db, old.number, version, form)
  return row === null ? refuse('changed-meanwhile', `is at version ${old.version}`) : ok(present(row))
}

export async function blockedNumbers(
  db: Kysely<Database>,
  member: StaffMember,
): Promise<Outcome<readonly BlockedNumber[]>> {
  return runsTheFloor(member) ? ok(await listBlocks(db)) : refuse('not-allowed')
}

/** Two people stand for each block: the one who asks, and the approver named. */
export async function blockNumber(
  db: Kysely<Database>,
  member: StaffMember,
  form: BlockForm,
): Promise<Outcome<BlockedNumber>> {
  if (!runsTheFloor(member)) return refuse('not-allowed')
  const checked = checkBlock(form, member.id, await activeStaff(db, form.approvedBy), Date.now())
  if (!checked.ok) return checked
  const id = await insertBlock(db, member.id, form)
  if (id === null) return refuse('exists-already')
  const block = (await listBlocks(db)).find(one => one.id === id)
  return block === undefined ? refuse('not-found') : ok(block)
}

/** @returns the number that is free again */
export async function unblockNumber(
  db: Kysely<Database>,
  member: StaffMember,
  id: string,
): Promise<Outcome<string>> {
  if (!runsTheFloor(member)) return refuse('not-allowed')
  const number = await deleteBlock(db, id)
  return number === null ? refuse('not-found') : ok(number)
}

function present(row: LineRow): LineView {
  return {
    number: row.number,
    name: row.name,
    mergeMode: row.merge_mode,
    queue: row.queue_id,
    greets: row.greets,
    hours: row.hours === null ? null : row.hours.map(span => ({ ...span, days: [...span.days] })),
    active: row.active,
    version: row.version,
  }
}
