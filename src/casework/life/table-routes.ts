import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Kysely } from 'kysely'
import { Type } from 'typebox'
import type { Database } from '#database/types.ts'
import { editedVersion, IfMatch } from '#database/version.ts'
import { ok } from '#kernel/outcome.ts'
import { checkTable } from '../../cases/life/check-table.ts'
import { asking } from '../../people/sessions/index.ts'
import {
  LifeTableCheck,
  LifeTableForm,
  LifeTableFrame,
  LifeTableVersion,
  LifeTableView,
  Table,
  VersionParams,
} from './schema.ts'
import { frame, publish, readTable, tableVersions } from './table-service.ts'
import { currentTable } from './tables.ts'

/** /api/life-table: when each act is possible, who may, and the house's numbers; by version. */
export function tableRoutes(db: Kysely<Database>): FastifyPluginAsyncTypebox {
  return async app => {
    const { get, post, put } = asking(app, 'casework')
    get('/api/life-table', 'What new orders go by', { 200: LifeTableView, etag: true }, async () =>
      ok(await currentTable(db)),
    )
    get(
      '/api/life-table/versions',
      'Every version of the life table, the newest first',
      { 200: Type.Array(LifeTableVersion) },
      async () => ok(await tableVersions(db)),
    )
    get('/api/life-table/frame', 'What a life table may say', { 200: LifeTableFrame }, async () =>
      ok(frame()),
    )
    get(
      '/api/life-table/:version',
      'The life table as a version had it',
      { params: VersionParams, 200: LifeTableView },
      (_member, { params }) => readTable(db, Number(params.version)),
    )
    post(
      '/api/life-table/check',
      'Every place that would keep a life table from being published',
      { body: Table, 200: LifeTableCheck },
      async (_member, { body }) => ok({ problems: checkTable(body) }),
    )
    put(
      '/api/life-table',
      'Publish a life table over the version that was edited; every problem is named',
      { headers: IfMatch, body: LifeTableForm, 200: LifeTableView, etag: true },
      (member, { headers, body }) => publish(db, member, editedVersion(headers), body),
    )
  }
}
