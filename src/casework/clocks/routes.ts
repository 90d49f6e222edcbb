import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import { editedVersion, IfMatch } from '#database/version.ts'
import { ok } from '#kernel/outcome.ts'
import { asking } from '../../people/sessions/index.ts'
import {
  CurrentLimitsView,
  LimitsCheck,
  LimitsForm,
  LimitsTable,
  LimitsView,
  VersionParams,
} from './schema.ts'
import { problemsOfLimits, publishLimits, readLimits, readVersion } from './service.ts'

/** /api/clock-limits: how long a case may take, by version. */
export function clockRoutes(db: Kysely<Database>): FastifyPluginAsyncTypebox {
  return async app => {
    const { get, post, put } = asking(app, 'casework')
    get('/api/clock-limits', 'The time limits of cases', { 200: CurrentLimitsView, etag: true }, async () =>
      ok(await readLimits(db)),
    )
    get(
      '/api/clock-limits/:version',
      'The time limits of cases as a version had them',
      { params: VersionParams, 200: LimitsView },
      (_member, { params }) => readVersion(db, Number(params.version)),
    )
    post(
      '/api/clock-limits/check',
      'Every cell that would keep time limits from being published',
      { body: LimitsTable, 200: LimitsCheck },
      async (_member, { body }) => ok(await problemsOfLimits(db, body)),
    )
    put(
      '/api/clock-limits',
      'Publish time limits over the version that was edited; every wrong cell is named',
      { headers: IfMatch, body: LimitsForm, 200: CurrentLimitsView, etag: true },
      (member, { headers, body }) => publishLimits(db, member, editedVersion(headers), body),
    )
  }
}
