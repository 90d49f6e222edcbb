import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import { asId, type QueueId } from '#kernel/ids.ts'
import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import { skills } from '../../people/skills/index.ts'
import { runsTheFloor, type StaffMember } from '../../people/staff/index.ts'
import { recordChange } from '../config-changes/index.ts'
import { checkQueue, overflowOf } from './rules.ts'
import { MOST_POINTS, type QueueForm, type QueueView } from './schema.ts'
import { insertQueue, lockedQueue, type QueueRow, queueRows, updatePriority, updateQueue } from './store.ts'

export async function listQueues(db: Kysely<Database>): Promise<QueueView[]> {
  return (await queueRows(db)).map(present)
}

export async function createQueue(
  db: Kysely<Database>,
  member: StaffMember,
  { id, ...form }: QueueForm & { readonly id: string },
): Promise<Outcome<QueueView>> {
  if (!runsTheFloor(member)) return refuse('not-allowed')
  const steps = await check(db, id, form, await queueRows(db))
  if (!steps.ok) return steps
  return await db.transaction().execute(async trx => {
    const row = await insertQueue(trx, asId<QueueId>(id), form, steps.value)
    if (row === null) return refuse('exists-already')
    const after = present(row)
    await recordChange(trx, { by: member.id, subject: 'queue', key: id, before: null, after })
    return ok(after)
  })
}

/** Saves the form over the version that was edited. Callers who wait keep the steps they have taken. */
export async function saveQueue(
  db: Kysely<Database>,
  member: StaffMember,
  id: string,
  version: number,
  form: QueueForm,
): Promise<Outcome<QueueView>> {
  if (!runsTheFloor(member)) return refuse('not-allowed')
  const rows = await queueRows(db)
  const old = rows.find(row => row.id === id)
  if (old === undefined) return refuse('not-found')
  const steps = await check(db, id, form, rows)
  if (!steps.ok) return steps
  return await db.transaction().execute(async trx => {
    // Who edited the version that was read changes that one or none: `before` is it.
    const row = old.version === version ? await updateQueue(trx, old.id, version, form, steps.value) : null
    if (row === null) return refuse('changed-meanwhile', `is at version ${old.version}`)
    const after = present(row)
    await recordChange(trx, { by: member.id, subject: 'queue', key: id, before: present(old), after })
    return ok(after)
  })
}

/** Raises or lowers what the queue's callers start with, beside whatever else is being edited. */
export async function movePriority(
  db: Kysely<Database>,
  member: StaffMember,
  id: string,
  by: number,
): Promise<Outcome<QueueView>> {
  if (!runsTheFloor(member)) return refuse('not-allowed')
  return await db.transaction().execute(async trx => {
    const old = await lockedQueue(trx, asId<QueueId>(id))
    if (old === null) return refuse('queue-unknown')
    const priority = old.priority + by
    if (priority < 0 || priority > MOST_POINTS) return refuse('priority-limit', `would be ${priority}`)
    const after = present(await updatePriority(trx, old, priority))
    await recordChange(trx, { by: member.id, subject: 'queue', key: id, before: present(old), after })
    return ok(after)
  })
}

async function check(db: Kysely<Database>, id: string, form: QueueForm, rows: readonly QueueRow[]) {
  const known = new Set((await skills(db)).map(skill => skill.id))
  const overflows = new Map<string, string | null>(rows.map(row => [row.id, overflowOf(row.steps)]))
  return checkQueue(id, form, { skills: known, overflows })
}

function present(row: QueueRow): QueueView {
  return {
    id: row.id,
    nameZh: row.name_zh,
    nameEn: row.name_en,
    strategy: row.strategy,
    needs: [...row.needs],
    priority: row.priority,
    ageingPerMinute: row.ageing_per_minute,
    steps: [...row.steps],
    mostWaiting: row.most_waiting,
    announceEveryMs: row.announce_every_ms,
    callBack: row.call_back,
    whenUnstaffed: row.when_unstaffed,
    version: row.version,
  }
}
