import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import { asId, type StaffId } from '#kernel/ids.ts'
import { badInput, type Outcome, ok, refuse } from '#kernel/outcome.ts'
import type { Skills } from '../../contact-center/events.ts'
import type { FloorControl } from '../../engine/ports.ts'
import { recordChange } from '../../floor/config-changes/index.ts'
import { runsTheFloor, type StaffMember } from '../staff/index.ts'
import { skillProblems } from './rules.ts'
import type { Skill, SkillLevel, StaffView } from './schema.ts'
import { addSkill, replaceSkills, skills, staffList } from './store.ts'

export async function createSkill(
  db: Kysely<Database>,
  member: StaffMember,
  skill: Skill,
): Promise<Outcome<Skill>> {
  if (!runsTheFloor(member)) return refuse('not-allowed')
  return await db.transaction().execute(async trx => {
    if (!(await addSkill(trx, skill))) return refuse('exists-already')
    const change = { subject: 'skill', key: skill.id, before: null, after: skill } as const
    await recordChange(trx, { by: member.id, ...change })
    return ok(skill)
  })
}

export async function listStaff(
  db: Kysely<Database>,
  member: StaffMember,
): Promise<Outcome<readonly StaffView[]>> {
  return runsTheFloor(member) ? ok(await staffList(db)) : refuse('not-allowed')
}

/** Whoever sits at a seat is offered calls by the new skills at once. */
export async function changeSkills(
  { db, floor }: { readonly db: Kysely<Database>; readonly floor: FloorControl },
  member: StaffMember,
  id: string,
  given: readonly SkillLevel[],
): Promise<Outcome<readonly SkillLevel[]>> {
  if (!runsTheFloor(member)) return refuse('not-allowed')
  const known = new Set((await skills(db)).map(skill => skill.id))
  const problems = skillProblems('skills', given, known)
  if (Object.keys(problems).length > 0) return badInput(problems)
  const staff = asId<StaffId>(id)
  const agent = await db.transaction().execute(async trx => {
    const replaced = await replaceSkills(trx, staff, given)
    if (replaced === undefined) return undefined
    const change = {
      subject: 'staff-skills',
      key: id,
      before: replaced.before,
      after: levels(given),
    } as const
    await recordChange(trx, { by: member.id, ...change })
    return replaced.agent
  })
  if (agent === undefined) return refuse('not-found')
  if (agent !== null && floor.seats().some(seat => seat.agent?.staff === staff)) {
    floor.submit({ type: 'agent-changed', at: Date.now(), agent })
  }
  return ok(given)
}

function levels(given: readonly SkillLevel[]): Skills {
  return Object.fromEntries(given.map(({ skill, level }) => [skill, level]))
}
