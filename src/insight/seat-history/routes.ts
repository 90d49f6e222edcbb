import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Kysely } from 'kysely'
import { Type } from 'typebox'
import type { Database } from '#database/types.ts'
import { orThrow } from '#kernel/outcome.ts'
import { signedIn } from '../../people/sessions/index.ts'
import { cityTime } from '../intervals/index.ts'
import { historyCsv } from './columns.ts'
import { SeatHistory, SeatHistoryQuery } from './schema.ts'
import { seatHistory } from './service.ts'

export function seatHistoryRoutes(db: Kysely<Database>): FastifyPluginAsyncTypebox {
  return async app => {
    app.get(
      '/api/seat-history',
      {
        schema: {
          tags: ['insight'],
          summary: 'What agents did at their seats, and for how long; as CSV by format',
          querystring: SeatHistoryQuery,
          response: {
            200: {
              description: 'Sums by agent; the spells too where somebody is named',
              content: {
                'application/json': { schema: SeatHistory },
                'text/csv': { schema: Type.String() },
              },
            },
          },
        },
      },
      async (request, reply) => {
        const { query } = request
        const found = orThrow(await seatHistory(db, signedIn(request), query, new Date()))
        if (query.format !== 'csv') return found
        const name = `seat-history-${cityTime(found.from).slice(0, 10)}.csv`
        reply.header('content-disposition', `attachment; filename="${name}"`)
        const withSpells = found.agents.some(({ sittings }) =>
          sittings.some(({ spells }) => spells !== undefined),
        )
        return reply.type('text/csv; charset=utf-8').send(historyCsv(found, withSpells))
      },
    )
  }
}
