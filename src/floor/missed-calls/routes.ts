import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import { orThrow } from '#kernel/outcome.ts'
import { signedIn } from '../../people/sessions/index.ts'
import {
  MissedCall,
  MissedCallClosing,
  MissedCallPage,
  MissedCallParams,
  MissedCallQuery,
  NextMissedCall,
} from './schema.ts'
import { actOnMissedCall, missedCallForMe, missedCallPage } from './service.ts'

const tags = ['floor']

export function missedCallRoutes(db: Kysely<Database>): FastifyPluginAsyncTypebox {
  return async app => {
    app.get(
      '/api/missed-calls',
      {
        schema: {
          tags,
          summary: 'Callers who left unanswered, newest first, merged by number',
          querystring: MissedCallQuery,
          response: { 200: MissedCallPage },
        },
      },
      request => missedCallPage(db, request.query),
    )
    app.get(
      '/api/missed-calls/next',
      {
        schema: {
          tags,
          summary: 'How many I could call back, and whom first',
          response: { 200: NextMissedCall },
        },
      },
      request => missedCallForMe(db, signedIn(request)),
    )
    for (const act of ['claim', 'release'] as const) {
      app.post(
        `/api/missed-calls/:id/${act}`,
        {
          schema: {
            tags,
            summary: act === 'claim' ? 'Take on calling back' : 'Give it back to the list',
            params: MissedCallParams,
            response: { 200: MissedCall },
          },
        },
        async request =>
          orThrow(await actOnMissedCall(db, signedIn(request), Number(request.params.id), act, '')),
      )
    }
    for (const act of ['reached', 'given-up'] as const) {
      app.post(
        `/api/missed-calls/:id/${act}`,
        {
          schema: {
            tags,
            summary: act === 'reached' ? 'The caller was reached' : 'The caller cannot be reached',
            params: MissedCallParams,
            body: MissedCallClosing,
            response: { 200: MissedCall },
          },
        },
        async request => {
          const { id } = request.params
          return orThrow(await actOnMissedCall(db, signedIn(request), Number(id), act, request.body.note))
        },
      )
    }
  }
}
