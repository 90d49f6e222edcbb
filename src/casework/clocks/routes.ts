import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import { editedVersion, etagOf, IfMatch } from '#database/version.ts'
import { orThrow } from '#kernel/outcome.ts'
import { signedIn } from '../../people/sessions/index.ts'
import { CurrentLimitsView, LimitsTable, LimitsView, VersionParams } from './schema.ts'
import { publishLimits, readLimits, readVersion } from './service.ts'

const tags = ['casework']

/** /api/clock-limits: how long a case may take, by version. */
export function clockRoutes(db: Kysely<Database>): FastifyPluginAsyncTypebox {
  return async app => {
    app.get(
      '/api/clock-limits',
      { schema: { tags, summary: 'The time limits of cases', response: { 200: CurrentLimitsView } } },
      async (_request, reply) => {
        const current = await readLimits(db)
        reply.header('etag', etagOf(current))
        return current
      },
    )
    app.get(
      '/api/clock-limits/:version',
      {
        schema: {
          tags,
          summary: 'The time limits of cases as a version had them',
          params: VersionParams,
          response: { 200: LimitsView },
        },
      },
      async request => orThrow(await readVersion(db, Number(request.params.version))),
    )
    app.put(
      '/api/clock-limits',
      {
        schema: {
          tags,
          summary: 'Publish time limits over the version that was edited; every wrong cell is named',
          headers: IfMatch,
          body: LimitsTable,
          response: { 200: CurrentLimitsView },
        },
      },
      async (request, reply) => {
        const edited = editedVersion(request.headers)
        const current = orThrow(await publishLimits(db, signedIn(request), edited, request.body))
        reply.header('etag', etagOf(current))
        return current
      },
    )
  }
}
