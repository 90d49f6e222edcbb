import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Kysely } from 'kysely'
import { Type } from 'typebox'
import type { Database } from '#database/types.ts'
import { editedVersion, etagOf } from '#database/version.ts'
import { orThrow } from '#kernel/outcome.ts'
import type { Instant } from '#kernel/time.ts'
import { signedIn } from '../../people/sessions/index.ts'
import { ActForm, ActHeaders, CaseView, OrderParams, TimelineEntry } from './schema.ts'
import { act, caseView, timeline } from './service.ts'

const tags = ['casework']

export interface LifeRoutesParts {
  readonly db: Kysely<Database>
  now(): Instant
}

/** How an order stands, what can be done to it, doing it, and all that was done. */
export function lifeRoutes({ db, now }: LifeRoutesParts): FastifyPluginAsyncTypebox {
  return async app => {
    app.get(
      '/api/work-orders/:id/case',
      {
        schema: {
          tags,
          summary: 'How an order stands, with its clocks and what may be done now',
          params: OrderParams,
          response: { 200: CaseView },
        },
      },
      async (request, reply) => {
        const view = orThrow(await caseView(db, signedIn(request), request.params.id))
        reply.header('etag', etagOf(view))
        return view
      },
    )
    app.post(
      '/api/work-orders/:id/acts',
      {
        schema: {
          tags,
          summary: 'Do something to an order, over the version that was looked at',
          params: OrderParams,
          headers: ActHeaders,
          body: ActForm,
          response: { 200: CaseView },
        },
      },
      async (request, reply) => {
        const view = orThrow(
          await act(db, signedIn(request), {
            id: request.params.id,
            version: editedVersion(request.headers),
            key: request.headers['idempotency-key'] ?? null,
            form: request.body,
            at: now(),
          }),
        )
        reply.header('etag', etagOf(view))
        return view
      },
    )
    app.get(
      '/api/work-orders/:id/timeline',
      {
        schema: {
          tags,
          summary: 'The voice and the case on one timeline, the oldest first',
          params: OrderParams,
          response: { 200: Type.Array(TimelineEntry) },
        },
      },
      async request => orThrow(await timeline(db, signedIn(request), request.params.id)),
    )
  }
}
