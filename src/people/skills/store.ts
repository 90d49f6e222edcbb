import type { Kysely, Transaction } from 'kysely'
import type { Database } from '#database/types.ts'
import { asId, type SkillId, type StaffId } from '#kernel/ids.ts'
import type { Agent, Skills } from '../../contact-center/events.ts'
import type { Skill, SkillLevel, StaffView } from './schema.ts'

export function skills(db: Kysely<Database>): Promise<Skill[]> {
  return db
    .selectFrom('skills')
    .select(['id', 'name_zh as nameZh', 'name_en as nameEn'])
    .orderBy('id')
    .execute()
}

/** @returns false when there is one by that id */
export async function addSkill(db: Kysely<Database>, skill: Skill): Promise<boolean> {
  const { id, nameZh: name_zh, nameEn: name_en } = skill
  const added = await db
    .insertInto('skills')
    .values({ id: asId<SkillId>(id), name_zh, name_en })
    .onConflict(conflict => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return added !== undefined
}

export async function skillsOf(db: Kysely<Database>, staff: StaffId): Promise<Skills> {
  const rows = await db
    .selectFrom('staff_skills')
    .select(['skill_id', 'level'])
    .where('staff_id', '=', staff)
    .execute()
  return Object.fromEntries(rows.map(row => [row.skill_id, row.level]))
}

/** Everybody, by login. */
export async function staffList(db: Kysely<Database>): Promise<StaffView[]> {
  const people = await db
    .selectFrom('staff')
    .select(['id', 'login', 'name', 'role', 'agent_number as agentNumber', 'active'])
    .orderBy('login')
    .execute()
  const had = await db.selectFrom('staff_skills').selectAll().orderBy('skill_id').execute()
  const byStaff = Map.groupBy(had, row => row.staff_id)
  return people.map(person => ({
    ...person,
    skills: (byStaff.get(person.id) ?? []).map(({ skill_id: skill, level }) => ({ skill, level })),
  }))
}

export interface Replaced {
  readonly before: Skills
  /** As the floor knows one; null for staff who take no calls. */
  readonly agent: Agent | null
}

/**
 * Replaces all skills of somebody.
 * @returns undefined: no such person
 */
export async function replaceSkills(
  trx: Transaction<Database>,
  staff: StaffId,
  given: readonly SkillLevel[],
): Promise<Replaced | undefined> {
  // Held until the end: of two who save at once the later one's list stands whole.
  const person = await trx
    .selectFrom('staff')
    .select(['name', 'agent_number'])
    .where('id', '=', staff)
    .forUpdate()
    .executeTakeFirst()
  if (person === undefined) return undefined
  const before = await skillsOf(trx, staff)
  await trx.deleteFrom('staff_skills').where('staff_id', '=', staff).execute()
  const rows = given.map(({ skill, level }) => ({ staff_id: staff, skill_id: asId<SkillId>(skill), level }))
  if (rows.length > 0) await trx.insertInto('staff_skills').values(rows).execute()
  const number = person.agent_number
  const skills = await skillsOf(trx, staff)
  return { before, agent: number === null ? null : { staff, number, name: person.name, skills } }
}
