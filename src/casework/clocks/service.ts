import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import { badInput, type Outcome, ok, refuse } from '#kernel/outcome.ts'
import { checkLimits } from '../../cases/clocks/check-limits.ts'
import type { ClockLimits } from '../../cases/clocks/limits.ts'
import { recordChange } from '../../floor/config-changes/index.ts'
import { holds } from '../../people/roles/index.ts'
import type { StaffMember } from '../../people/staff/index.ts'
import { addVersion, currentLimits, limitsOfVersion, publications, typeCodes } from './limits-store.ts'
import type { CurrentLimitsView, LimitsCheck, LimitsForm, LimitsView } from './schema.ts'

export async function readLimits(db: Kysely<Database>): Promise<CurrentLimitsView> {
  const versions = (await publications(db)).map(one => ({ ...one, at: one.at.toISOString() }))
  return { ...(await currentLimits(db)), versions }
}

export async function readVersion(db: Kysely<Database>, version: number): Promise<Outcome<LimitsView>> {
  const limits = await limitsOfVersion(db, version)
  return limits === null ? refuse('not-found') : ok({ version, limits })
}

/** All that would keep the limits from being published. */
export async function problemsOfLimits(db: Kysely<Database>, limits: ClockLimits): Promise<LimitsCheck> {
  return { problems: checkLimits(limits, await typeCodes(db)) }
}

/** Publishes a version over the one that was edited. Orders keep the limits that they began with. */
export async function publishLimits(
  db: Kysely<Database>,
  member: StaffMember,
  edited: number,
  { why, ...limits }: LimitsForm,
): Promise<Outcome<CurrentLimitsView>> {
  if (!(await holds(db, member, 'settings.edit'))) return refuse('not-allowed')
  const { problems } = await problemsOfLimits(db, limits)
  if (Object.keys(problems).length > 0) return badInput(problems)
  return await db.transaction().execute(async trx => {
    const before = await currentLimits(trx)
    const version = await addVersion(trx, edited, limits, why.trim(), member.id)
    if (version === null) return refuse('changed-meanwhile', `is at version ${before.version}`)
    const after = { version, limits, why: why.trim() }
    const subject = 'clock-limits' as const
    await recordChange(trx, { by: member.id, subject, key: String(version), before, after })
    return ok(await readLimits(trx))
  })
}
