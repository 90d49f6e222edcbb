import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import { orThrow } from '#kernel/outcome.ts'
import { signedIn } from '../../people/sessions/index.ts'
import { SupervisionActPage, SupervisionActQuery } from './schema.ts'
import { actPage } from './service.ts'

/** @param shown the acts that agents are told of */
export function supervisionLogRoutes(
  db: Kysely<Database>,
  shown: readonly string[],
): FastifyPluginAsyncTypebox {
  return async app => {
    app.get(
      '/api/supervision-acts',
      {
        schema: {
          tags: ['floor'],
          summary: 'What shift leads did to seats and calls, newest first',
          querystring: SupervisionActQuery,
          response: { 200: SupervisionActPage },
        },
      },
      async request => orThrow(await actPage(db, shown, signedIn(request), request.query)),
    )
  }
}
