import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Kysely } from 'kysely'
import { Type } from 'typebox'
import type { Database } from '#database/types.ts'
import { orThrow } from '#kernel/outcome.ts'
import { signedIn } from '../../people/sessions/index.ts'
import { intervalsCsv } from './columns.ts'
import { cityTime } from './csv.ts'
import {
  AnswerRate,
  AnswerRateQuery,
  Intervals,
  IntervalsQuery,
  RollingQuery,
  RollingRates,
} from './schema.ts'
import { answerRate, intervals, rollingAnswerRates } from './service.ts'

const tags = ['insight']

export function intervalRoutes(db: Kysely<Database>): FastifyPluginAsyncTypebox {
  return async app => {
    app.get(
      '/api/statistics/intervals',
      {
        schema: {
          tags,
          summary: 'Calls counted by interval and by line, queue, skill or agent; as CSV by format or Accept',
          querystring: IntervalsQuery,
          response: {
            200: {
              description: 'The figures, and the formulas they are worked out by',
              content: {
                'application/json': { schema: Intervals },
                'text/csv': { schema: Type.String() },
              },
            },
          },
        },
      },
      async (request, reply) => {
        const found = orThrow(await intervals(db, signedIn(request), request.query, new Date()))
        reply.header('vary', 'accept')
        if (!wantsCsv(request.query.format, request.headers.accept)) return found
        const name = `intervals-by-${found.by}-${cityTime(found.from).slice(0, 10)}.csv`
        reply.header('content-disposition', `attachment; filename="${name}"`)
        return reply.type('text/csv; charset=utf-8').send(intervalsCsv(found))
      },
    )
    app.get(
      '/api/statistics/answer-rate',
      {
        schema: {
          tags,
          summary: 'Answer rate (接通率) of the 24 hours before an instant',
          querystring: AnswerRateQuery,
          response: { 200: AnswerRate },
        },
      },
      async request => orThrow(await answerRate(db, signedIn(request), request.query, new Date())),
    )
    app.get(
      '/api/statistics/answer-rate/rolling',
      {
        schema: {
          tags,
          summary: 'Answer rate (接通率) of the 24 hours before each quarter hour',
          querystring: RollingQuery,
          response: { 200: RollingRates },
        },
      },
      async request => orThrow(await rollingAnswerRates(db, signedIn(request), request.query, new Date())),
    )
  }
}

function wantsCsv(format: 'json' | 'csv' | undefined, accept = ''): boolean {
  return format === undefined ? accept.includes('text/csv') : format === 'csv'
}
