import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Kysely } from 'kysely'
import { Type } from 'typebox'
import type { Database } from '#database/types.ts'
import type { StaffId } from '#kernel/ids.ts'
import { Refused } from '#kernel/outcome.ts'
import { signedIn } from '../../people/sessions/index.ts'
import { NoticePage, NoticeParams, NoticeQuery, ReadAllForm } from './schema.ts'
import { noticePage } from './service.ts'
import { markAllRead, markRead } from './store.ts'

const tags = ['casework']

/**
 * /api/notices: each person's own.
 * @param changed told of whoever has read some
 */
export function noticeRoutes(
  db: Kysely<Database>,
  changed: (staff: StaffId) => void,
): FastifyPluginAsyncTypebox {
  return async app => {
    app.get(
      '/api/notices',
      {
        schema: {
          tags,
          summary: 'What one was told about orders, newest first',
          querystring: NoticeQuery,
          response: { 200: NoticePage },
        },
      },
      request => noticePage(db, signedIn(request).id, request.query),
    )
    app.post(
      '/api/notices/:id/read',
      {
        schema: {
          tags,
          summary: 'Say that one has read it',
          params: NoticeParams,
          response: { 204: Type.Null() },
        },
      },
      async (request, reply) => {
        const { id } = signedIn(request)
        if (!(await markRead(db, id, Number(request.params.id)))) throw new Refused({ code: 'not-found' })
        changed(id)
        return reply.status(204).send(null)
      },
    )
    app.post(
      '/api/notices/read-all',
      {
        schema: {
          tags,
          summary: 'Say that one has read all up to the newest that one has seen',
          body: ReadAllForm,
          response: { 204: Type.Null() },
        },
      },
      async (request, reply) => {
        const { id } = signedIn(request)
        await markAllRead(db, id, request.body.upTo)
        changed(id)
        return reply.status(204).send(null)
      },
    )
  }
}
