import { type Static, Type } from 'typebox'
import { RoleSchema } from '../sessions/index.ts'

/** Short words that rows are known by: `dialect`, `foreign`. */
export const WordId = Type.String({ pattern: '^[a-z][a-z0-9-]{0,39}$' })
export const Name = Type.String({ minLength: 1, maxLength: 40 })

/** A skill (技能): a language, a field of work, a department's seat. */
export const Skill = Type.Object({ id: WordId, nameZh: Name, nameEn: Name }, { additionalProperties: false })
export type Skill = Static<typeof Skill>

/** A skill and how well it is had, or how well it must be: 1–9. */
export const SkillLevel = Type.Object(
  { skill: WordId, level: Type.Integer({ minimum: 1, maximum: 9 }) },
  { additionalProperties: false },
)
export type SkillLevel = Static<typeof SkillLevel>
export const SkillLevels = Type.Array(SkillLevel, { maxItems: 50 })

export const SkillsForm = Type.Object({ skills: SkillLevels }, { additionalProperties: false })
export const StaffParams = Type.Object({ id: Type.String({ format: 'uuid' }) })

export const StaffView = Type.Object({
  id: Type.String(),
  login: Type.String(),
  name: Type.String(),
  role: RoleSchema,
  agentNumber: Type.Union([Type.String(), Type.Null()]),
  active: Type.Boolean(),
  skills: SkillLevels,
})
export type StaffView = Static<typeof StaffView>
