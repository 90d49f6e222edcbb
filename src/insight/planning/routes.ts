import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { orThrow } from '#kernel/outcome.ts'
import { signedIn } from '../../people/sessions/index.ts'
import { ErlangAnswer, ErlangQuestion } from './schema.ts'
import { planAgents } from './service.ts'

export function planningRoutes(): FastifyPluginAsyncTypebox {
  return async app => {
    app.post(
      '/api/planning/erlang',
      {
        schema: {
          tags: ['insight'],
          summary: 'How many agents a load of calls needs: Erlang C, or A where callers give up',
          body: ErlangQuestion,
          response: { 200: ErlangAnswer },
        },
      },
      async request => orThrow(planAgents(signedIn(request), request.body)),
    )
  }
}
