import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Kysely } from 'kysely'
import { Type } from 'typebox'
import type { Database } from '#database/types.ts'
import { editedVersion, IfMatch } from '#database/version.ts'
import { ok } from '#kernel/outcome.ts'
import { asking } from '../../people/sessions/index.ts'
import { LifeTableForm, LifeTableVersion, LifeTableView } from './schema.ts'
import { publish, tableVersions } from './table-service.ts'
import { currentTable } from './tables.ts'

/** /api/life-table: when each act is possible, who may, and the house's numbers; by version. */
export function tableRoutes(db: Kysely<Database>): FastifyPluginAsyncTypebox {
  return async app => {
    const { get, put } = asking(app, 'casework')
    get('/api/life-table', 'What new orders go by', { 200: LifeTableView, etag: true }, async () =>
      ok(await currentTable(db)),
    )
    get(
      '/api/life-table/versions',
      'Every version of the life table, the newest first',
      { 200: Type.Array(LifeTableVersion) },
      async () => ok(await tableVersions(db)),
    )
    put(
      '/api/life-table',
      'Publish a life table over the version that was edited; every problem is named',
      { headers: IfMatch, body: LifeTableForm, 200: LifeTableView, etag: true },
      (member, { headers, body }) => publish(db, member, editedVersion(headers), body),
    )
  }
}
