import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Kysely } from 'kysely'
import { Type } from 'typebox'
import type { Database } from '#database/types.ts'
import { orThrow } from '#kernel/outcome.ts'
import type { FloorControl } from '../../engine/ports.ts'
import { signedIn } from '../sessions/index.ts'
import { Skill, SkillsForm, StaffParams, StaffView } from './schema.ts'
import { changeSkills, createSkill, listStaff } from './service.ts'
import { skills } from './store.ts'

const tags = ['floor']

export function skillRoutes(parts: {
  readonly db: Kysely<Database>
  readonly floor: FloorControl
}): FastifyPluginAsyncTypebox {
  const { db } = parts
  return async app => {
    app.get(
      '/api/skills',
      {
        schema: {
          tags,
          summary: 'What agents can be asked to be able to',
          response: { 200: Type.Array(Skill) },
        },
      },
      () => skills(db),
    )
    app.post(
      '/api/skills',
      { schema: { tags, summary: 'Add a skill', body: Skill, response: { 201: Skill } } },
      async (request, reply) => {
        const skill = orThrow(await createSkill(db, signedIn(request), request.body))
        return reply.status(201).send(skill)
      },
    )
    app.get(
      '/api/staff',
      { schema: { tags, summary: 'Everybody, with skills', response: { 200: Type.Array(StaffView) } } },
      async request => [...orThrow(await listStaff(db, signedIn(request)))],
    )
    app.put(
      '/api/staff/:id/skills',
      {
        schema: {
          tags,
          summary: 'Replace the skills of somebody; counts at once at the seat',
          params: StaffParams,
          body: SkillsForm,
          response: { 200: SkillsForm },
        },
      },
      async request => {
        const { id } = request.params
        const saved = orThrow(await changeSkills(parts, signedIn(request), id, request.body.skills))
        return { skills: [...saved] }
      },
    )
  }
}
