import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Kysely } from 'kysely'
import { Type } from 'typebox'
import type { Database } from '#database/types.ts'
import { orThrow } from '#kernel/outcome.ts'
import { signedIn } from '../../people/sessions/index.ts'
import { CallAgent, CallDetail, CallFileQuery, CallPage, CallParams, CallQuery } from './schema.ts'
import { callAgents, callDetail, callFile, callPage } from './service.ts'

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
      '/api/calls/agents',
      {
        schema: {
          tags: ['floor'],
          summary: 'Who takes calls, for whoever looks for theirs',
          response: { 200: Type.Array(CallAgent) },
        },
      },
      async request => [...orThrow(await callAgents(db, signedIn(request)))],
    )
    app.get(
      '/api/calls.csv',
      {
        schema: {
          tags: ['floor'],
          summary: 'Calls of a day as a file for a spreadsheet',
          querystring: CallFileQuery,
          response: {
            200: { description: 'One row a call', content: { 'text/csv': { schema: Type.String() } } },
          },
        },
      },
      async (request, reply) => {
        const file = orThrow(await callFile(db, signedIn(request), request.query))
        const { day } = request.query
        request.log.info({ by: signedIn(request).id, day }, 'calls exported')
        reply.header('content-disposition', `attachment; filename="calls-${day}.csv"`)
        return reply.type('text/csv; charset=utf-8').send(file)
      },
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
