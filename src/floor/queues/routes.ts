import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Kysely } from 'kysely'
import { Type } from 'typebox'
import type { Database } from '#database/types.ts'
import { editedVersion, etagOf, IfMatch } from '#database/version.ts'
import { orThrow } from '#kernel/outcome.ts'
import { signedIn } from '../../people/sessions/index.ts'
import { NewQueueForm, QueueForm, QueueParams, QueueView } from './schema.ts'
import { createQueue, listQueues, saveQueue } from './service.ts'

const tags = ['floor']

export function queueRoutes(db: Kysely<Database>): FastifyPluginAsyncTypebox {
  return async app => {
    app.get(
      '/api/queues',
      { schema: { tags, summary: 'The queues and their rules', response: { 200: Type.Array(QueueView) } } },
      () => listQueues(db),
    )
    app.post(
      '/api/queues',
      { schema: { tags, summary: 'Add a queue', body: NewQueueForm, response: { 201: QueueView } } },
      async (request, reply) => {
        const queue = orThrow(await createQueue(db, signedIn(request), request.body))
        return reply.status(201).header('etag', etagOf(queue)).send(queue)
      },
    )
    app.put(
      '/api/queues/:id',
      {
        schema: {
          tags,
          summary: 'Save a queue over the version that was edited; takes effect within seconds',
          params: QueueParams,
          headers: IfMatch,
          body: QueueForm,
          response: { 200: QueueView },
        },
      },
      async (request, reply) => {
        const version = editedVersion(request.headers)
        const queue = orThrow(
          await saveQueue(db, signedIn(request), request.params.id, version, request.body),
        )
        reply.header('etag', etagOf(queue))
        return queue
      },
    )
  }
}
