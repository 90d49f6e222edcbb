import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import { orThrow } from '#kernel/outcome.ts'
import { signedIn } from '../../people/sessions/index.ts'
import { ConfigChangePage, ConfigChangeQuery } from './schema.ts'
import { configChanges } from './service.ts'

export function configChangeRoutes(db: Kysely<Database>): FastifyPluginAsyncTypebox {
  return async app => {
    app.get(
      '/api/config-changes',
      {
        schema: {
          tags: ['floor'],
          summary: 'Who changed queues, lines, skills, blocked numbers and holidays, the newest first',
          querystring: ConfigChangeQuery,
          response: { 200: ConfigChangePage },
        },
      },
      async request => orThrow(await configChanges(db, signedIn(request), request.query)),
    )
  }
}
