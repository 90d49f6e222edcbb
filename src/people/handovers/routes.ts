import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { editedVersion, etagOf, IfMatch } from '#database/version.ts'
import { orThrow } from '#kernel/outcome.ts'
import { signedIn } from '../sessions/index.ts'
import {
  AddendumForm,
  HandoverForm,
  HandoverPage,
  HandoverQuery,
  HandoverView,
  IdParams,
  Matter,
  NewHandoverForm,
  UnreadHandovers,
} from './schema.ts'
import type { Handovers } from './service.ts'

const tags = ['floor']

/** /api/handovers: written by the shift that leaves, read and signed by the one that comes. */
export function handoverRoutes(handovers: Handovers): FastifyPluginAsyncTypebox {
  return async app => {
    app.get(
      '/api/handovers',
      {
        schema: {
          tags,
          summary: 'Handover notes, the newest shift first; drafts are for shift leads',
          querystring: HandoverQuery,
          response: { 200: HandoverPage },
        },
      },
      request => handovers.list(signedIn(request), request.query.cursor),
    )
    app.get(
      '/api/my-handovers',
      {
        schema: {
          tags,
          summary: 'What I must sign before my seat takes calls',
          response: { 200: UnreadHandovers },
        },
      },
      request => handovers.unread(signedIn(request)),
    )
    app.get(
      '/api/handovers/:id',
      { schema: { tags, summary: 'One note', params: IdParams, response: { 200: HandoverView } } },
      async (request, reply) => {
        const note = orThrow(await handovers.read(signedIn(request), Number(request.params.id)))
        reply.header('etag', etagOf(note))
        return note
      },
    )
    await app.register(writingRoutes(handovers))
    app.post(
      '/api/handovers/:id/sign',
      {
        schema: {
          tags,
          summary: 'Sign that I have read it',
          params: IdParams,
          response: { 200: HandoverView },
        },
      },
      async request => orThrow(await handovers.sign(signedIn(request), Number(request.params.id))),
    )
    app.post(
      '/api/handovers/matters/:id/done',
      {
        schema: {
          tags,
          summary: 'Tick off an unfinished matter',
          params: IdParams,
          response: { 200: Matter },
        },
      },
      async request => orThrow(await handovers.tick(signedIn(request), Number(request.params.id))),
    )
  }
}

function writingRoutes(handovers: Handovers): FastifyPluginAsyncTypebox {
  return async app => {
    app.post(
      '/api/handovers',
      {
        schema: {
          tags,
          summary: 'Begin the note of a shift',
          body: NewHandoverForm,
          response: { 201: HandoverView },
        },
      },
      async (request, reply) => {
        const note = orThrow(await handovers.begin(signedIn(request), request.body, Date.now()))
        return reply.status(201).header('etag', etagOf(note)).send(note)
      },
    )
    app.put(
      '/api/handovers/:id',
      {
        schema: {
          tags,
          summary: 'Save a draft over the version that was edited',
          params: IdParams,
          headers: IfMatch,
          body: HandoverForm,
          response: { 200: HandoverView },
        },
      },
      async (request, reply) => {
        const id = Number(request.params.id)
        const version = editedVersion(request.headers)
        const note = orThrow(await handovers.save(signedIn(request), id, version, request.body))
        reply.header('etag', etagOf(note))
        return note
      },
    )
    app.post(
      '/api/handovers/:id/publish',
      {
        schema: {
          tags,
          summary: 'Publish the version that was edited; nothing in it changes after that',
          params: IdParams,
          headers: IfMatch,
          response: { 200: HandoverView },
        },
      },
      async request => {
        const id = Number(request.params.id)
        return orThrow(await handovers.publish(signedIn(request), id, editedVersion(request.headers)))
      },
    )
    app.post(
      '/api/handovers/:id/addenda',
      {
        schema: {
          tags,
          summary: 'Add to a published note',
          params: IdParams,
          body: AddendumForm,
          response: { 201: HandoverView },
        },
      },
      async (request, reply) => {
        const id = Number(request.params.id)
        const note = orThrow(await handovers.add(signedIn(request), id, request.body.text))
        return reply.status(201).send(note)
      },
    )
  }
}
