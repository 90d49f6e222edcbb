import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import { orThrow } from '#kernel/outcome.ts'
import { signedIn } from '../../people/sessions/index.ts'
import { CallDetail, CallPage, CallParams, CallQuery } from './schema.ts'
import { callDetail, callPage } from './service.ts'

export function callRoutes(db: Kysely<Database>): FastifyPluginAsyncTypebox {
  return async app => {
    app.get(
      '/api/calls',
      {
        schema: {
          tags: ['floor'],
          summary: 'Calls, newest first',
          querystring: CallQuery,
          response: { 200: CallPage },
        },
      },
      async request => orThrow(await callPage(db, signedIn(request), request.query)),
    )
    app.get(
      '/api/calls/:id',
      {
        schema: {
          tags: ['floor'],
          summary: 'One call with its timeline',
          params: CallParams,
          response: { 200: CallDetail },
        },
      },
      async request => orThrow(await callDetail(db, signedIn(request), request.params.id)),
    )
  }
}
