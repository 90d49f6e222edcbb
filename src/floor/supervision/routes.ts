import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { orThrow } from '#kernel/outcome.ts'
import { signedIn } from '../../people/sessions/index.ts'
import { ActTaken, FloorView, NoteBody, NotReadyActBody, SeatParams } from './schema.ts'
import type { Supervision } from './service.ts'

/** /api/floor: the live floor, and what a shift lead does to a seat. */
export function supervisionRoutes(supervision: Supervision): FastifyPluginAsyncTypebox {
  const seat = { tags: ['floor'], params: SeatParams, response: { 200: ActTaken } }
  return async app => {
    app.get(
      '/api/floor',
      { schema: { tags: ['floor'], summary: 'The live floor', response: { 200: FloorView } } },
      async request => orThrow(await supervision.view(signedIn(request))),
    )
    app.post(
      '/api/floor/seats/:number/ready',
      { schema: { ...seat, summary: 'Make a seat take calls' } },
      async request =>
        orThrow(await supervision.act(signedIn(request), request.params.number, { act: 'ready' })),
    )
    app.post(
      '/api/floor/seats/:number/not-ready',
      { schema: { ...seat, summary: 'Make a seat take no calls', body: NotReadyActBody } },
      async request => {
        const act = { act: 'not-ready', ...request.body } as const
        return orThrow(await supervision.act(signedIn(request), request.params.number, act))
      },
    )
    app.post(
      '/api/floor/seats/:number/sign-out',
      { schema: { ...seat, summary: 'Sign a seat out, after its call if it has one', body: NoteBody } },
      async request => {
        const act = { act: 'sign-out', ...request.body } as const
        return orThrow(await supervision.act(signedIn(request), request.params.number, act))
      },
    )
    app.post(
      '/api/floor/seats/:number/hang-up',
      { schema: { ...seat, summary: "End a seat's call", body: NoteBody } },
      async request => {
        const act = { act: 'hang-up', ...request.body } as const
        return orThrow(await supervision.act(signedIn(request), request.params.number, act))
      },
    )
  }
}
