import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import { asId, type LineNumber } from '#kernel/ids.ts'
import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import { runsTheFloor, type StaffMember } from '../../people/staff/index.ts'
import { recordChange } from '../config-changes/index.ts'
import { linesCsv } from './line-table.ts'
import { lineView, recordLine } from './record.ts'
import { checkBlock, checkLine } from './rules.ts'
import type { BlockedNumber, BlockForm, LineForm, LineView } from './schema.ts'
import {
  activeStaff,
  deleteBlock,
  insertBlock,
  insertLine,
  isQueue,
  lineRows,
  listBlocks,
  queueNames,
  readLine,
  updateLine,
} from './store.ts'

export async function listLines(db: Kysely<Database>): Promise<LineView[]> {
  return (await lineRows(db)).map(lineView)
}

/** As a table that `importLines` reads. */
export async function exportLines(db: Kysely<Database>): Promise<string> {
  return linesCsv(await listLines(db), await queueNames(db))
}

export async function createLine(
  db: Kysely<Database>,
  member: StaffMember,
  { number, ...form }: LineForm & { readonly number: string },
): Promise<Outcome<LineView>> {
  if (!runsTheFloor(member)) return refuse('not-allowed')
  const checked = checkLine(form, await isQueue(db, form.queue))
  if (!checked.ok) return checked
  return await db.transaction().execute(async trx => {
    const row = await insertLine(trx, asId<LineNumber>(number), form)
    return row === null ? refuse('exists-already') : ok(await recordLine(trx, member, null, row))
  })
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
  return await db.transaction().execute(async trx => {
    // Who edited the version that was read changes that one or none: it is what stood before.
    const row = old.version === version ? await updateLine(trx, old.number, version, form) : null
    if (row === null) return refuse('changed-meanwhile', `is at version ${old.version}`)
    return ok(await recordLine(trx, member, old, row))
  })
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
  return await db.transaction().execute(async trx => {
    const id = await insertBlock(trx, member.id, form)
    if (id === null) return refuse('exists-already')
    const block = (await listBlocks(trx)).find(one => one.id === id)
    if (block === undefined) throw new Error(`block ${id} was made and is not there`)
    const change = { subject: 'blocked-number', key: block.number, before: null, after: block } as const
    await recordChange(trx, { by: member.id, ...change })
    return ok(block)
  })
}

/** @returns the number that is free again */
export async function unblockNumber(
  db: Kysely<Database>,
  member: StaffMember,
  id: string,
): Promise<Outcome<string>> {
  if (!runsTheFloor(member)) return refuse('not-allowed')
  return await db.transaction().execute(async trx => {
    const block = (await listBlocks(trx)).find(one => one.id === id)
    // Of two who lift it at once one finds it gone.
    if (block === undefined || (await deleteBlock(trx, id)) === null) return refuse('not-found')
    const change = { subject: 'blocked-number', key: block.number, before: block, after: null } as const
    await recordChange(trx, { by: member.id, ...change })
    return ok(block.number)
  })
}
