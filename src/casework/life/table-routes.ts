import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Kysely } from 'kysely'
import { Type } from 'typebox'
import type { Database } from '#database/types.ts'
import { editedVersion, etagOf, IfMatch } from '#database/version.ts'
import { orThrow } from '#kernel/outcome.ts'
import { signedIn } from '../../people/sessions/index.ts'
import { LifeTableForm, LifeTableVersion, LifeTableView } from './schema.ts'
import { publish, tableVersions } from './table-service.ts'
import { currentTable } from './tables.ts'

const tags = ['casework']

/** /api/life-table: when each act is possible, who may, and the house's numbers; by version. */
export function tableRoutes(db: Kysely<Database>): FastifyPluginAsyncTypebox {
  return async app => {
    app.get(
      '/api/life-table',
      { schema: { tags, summary: 'What new orders go by', response: { 200: LifeTableView } } },
      async (_request, reply) => {
        const current = await currentTable(db)
        reply.header('etag', etagOf(current))
        return current
      },
    )
    app.get(
      '/api/life-table/versions',
      {
        schema: {
          tags,
          summary: 'Every version of the life table, the newest first',
          response: { 200: Type.Array(LifeTableVersion) },
        },
      },
      async () => tableVersions(db),
    )
    app.put(
      '/api/life-table',
      {
        schema: {
          tags,
          summary: 'Publish a life table over the version that was edited; every problem is named',
          headers: IfMatch,
          body: LifeTableForm,
          response: { 200: LifeTableView },
        },
      },
      async (request, reply) => {
        const edited = editedVersion(request.headers)
        const current = orThrow(await publish(db, signedIn(request), edited, request.body))
        reply.header('etag', etagOf(current))
        return current
      },
    )
  }
}
