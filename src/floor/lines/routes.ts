import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Kysely } from 'kysely'
import { Type } from 'typebox'
import type { Database } from '#database/types.ts'
import { LineView } from './schema.ts'

export function lineRoutes(db: Kysely<Database>): FastifyPluginAsyncTypebox {
  return async app => {
    app.get(
      '/api/lines',
      { schema: { tags: ['floor'], summary: 'The lines', response: { 200: Type.Array(LineView) } } },
      () =>
        db
          .selectFrom('lines')
          .select(['number', 'name', 'merge_mode as mergeMode', 'queue_id as queue', 'greets', 'active'])
          .orderBy('number')
          .execute(),
    )
  }
}
