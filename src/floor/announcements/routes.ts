import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { orThrow } from '#kernel/outcome.ts'
import { signedIn } from '../../people/sessions/index.ts'
import {
  AnnouncementForm,
  AnnouncementPage,
  AnnouncementParams,
  AnnouncementQuery,
  AnnouncementView,
} from './schema.ts'
import type { Announcements } from './service.ts'

const tags = ['floor']
const one = { tags, params: AnnouncementParams, response: { 204: Type.Null() } }

export function announcementRoutes(announcements: Announcements): FastifyPluginAsyncTypebox {
  return async app => {
    app.get(
      '/api/announcements',
      {
        schema: {
          tags,
          summary: 'Announcements, newest first, and who has read them',
          querystring: AnnouncementQuery,
          response: { 200: AnnouncementPage },
        },
      },
      async request => {
        const { before } = request.query
        return orThrow(
          await announcements.page(signedIn(request), before === undefined ? null : Number(before)),
        )
      },
    )
    app.post(
      '/api/announcements',
      {
        schema: {
          tags,
          summary: 'Tell all desks, a queue or one seat',
          body: AnnouncementForm,
          response: { 201: AnnouncementView },
        },
      },
      async (request, reply) => {
        const made = orThrow(await announcements.announce(signedIn(request), request.body))
        return reply.status(201).send(made)
      },
    )
    app.post(
      '/api/announcements/:id/withdraw',
      { schema: { ...one, summary: 'Take it off the desks' } },
      async (request, reply) => {
        orThrow(await announcements.withdraw(signedIn(request), Number(request.params.id)))
        return reply.status(204).send(null)
      },
    )
    app.post(
      '/api/announcements/:id/read',
      { schema: { ...one, summary: 'Say that one has read it' } },
      async (request, reply) => {
        orThrow(await announcements.read(signedIn(request), Number(request.params.id)))
        return reply.status(204).send(null)
      },
    )
  }
}
