import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import { orThrow } from '#kernel/outcome.ts'
import { signedIn } from '../../people/sessions/index.ts'
import { Ratings, RatingsQuery } from './schema.ts'
import { ratings } from './service.ts'

export function ratingRoutes(db: Kysely<Database>): FastifyPluginAsyncTypebox {
  return async app => {
    app.get(
      '/api/statistics/ratings',
      {
        schema: {
          tags: ['insight'],
          summary: 'Satisfaction (满意度) as citizens told it by key, by agent or by queue',
          querystring: RatingsQuery,
          response: { 200: Ratings },
        },
      },
      async request => orThrow(await ratings(db, signedIn(request), request.query)),
    )
  }
}
