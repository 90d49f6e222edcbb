import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import { badInput, type Outcome, ok, refuse } from '#kernel/outcome.ts'
import { checkTable } from '../../cases/life/check-table.ts'
import {
  ACT_NAMES,
  choosesTargets,
  neededGuards,
  possibleFrom,
  targetsOf,
} from '../../cases/life/effect-needs.ts'
import { FIRST_TABLE } from '../../cases/life/first-table.ts'
import { GUARDS, OVERS } from '../../cases/life/table.ts'
import { RIGHTS } from '../../cases/rights.ts'
import { recordChange } from '../../floor/config-changes/index.ts'
import { holds } from '../../people/roles/index.ts'
import type { StaffMember } from '../../people/staff/index.ts'
import type { LifeTableForm, LifeTableFrame, LifeTableVersion, LifeTableView } from './schema.ts'
import { currentTable, findTable, publishTable, tablePublications } from './tables.ts'

export async function tableVersions(db: Kysely<Database>): Promise<LifeTableVersion[]> {
  await currentTable(db)
  return (await tablePublications(db)).map(one => ({ ...one, at: one.at.toISOString() }))
}

export async function readTable(db: Kysely<Database>, version: number): Promise<Outcome<LifeTableView>> {
  const table = await findTable(db, version)
  return table === null ? refuse('not-found') : ok({ version, table })
}

/** What a table may say, whatever it says now: the effects' own bounds, and the words that are known. */
export function frame(): LifeTableFrame {
  const acts = ACT_NAMES.map(act => {
    const bounds = {
      from: [...possibleFrom(act)],
      to: [...targetsOf(act, FIRST_TABLE)],
      choosesTo: choosesTargets(act),
      guards: [...neededGuards(act)],
    }
    return [act, bounds] as const
  })
  return { acts: Object.fromEntries(acts), guards: [...GUARDS], rights: [...RIGHTS], overs: [...OVERS] }
}

/** Publishes a version over the one that was edited. Orders keep the table that they began with. */
export async function publish(
  db: Kysely<Database>,
  member: StaffMember,
  edited: number,
  { table, why }: LifeTableForm,
): Promise<Outcome<LifeTableView>> {
  if (!(await holds(db, member, 'settings.edit'))) return refuse('not-allowed')
  const problems = checkTable(table)
  if (Object.keys(problems).length > 0) return badInput(problems)
  return await db.transaction().execute(async trx => {
    const before = await currentTable(trx)
    const version = await publishTable(trx, member.id, edited, table, why.trim())
    if (version === null) return refuse('changed-meanwhile', `is at version ${before.version}`)
    const after = { version, table, why: why.trim() }
    await recordChange(trx, { by: member.id, subject: 'life-table', key: String(version), before, after })
    return ok({ version, table })
  })
}
