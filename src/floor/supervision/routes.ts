import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { orThrow } from '#kernel/outcome.ts'
import { signedIn } from '../../people/sessions/index.ts'
import type { QueueActs } from './queue-acts.ts'
import {
  ActTaken,
  FloorView,
  NoteBody,
  NotReadyActBody,
  PickBody,
  PickParams,
  PriorityBody,
  PriorityMoved,
  QueueParams,
  SeatParams,
} from './schema.ts'
import type { Supervision } from './service.ts'
import type { Watching } from './watching.ts'

const tags = ['floor']

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

const WATCH_ACTS = {
  listen: "Hear a seat's talk; nobody hears the shift lead",
  whisper: "Hear a seat's talk; the agent alone hears the shift lead",
  barge: 'Speak with agent and citizen',
  'take-over': 'Become the agent of the call that is watched; the seat that had it wraps up',
} as const

/** In a seat's talk, from the shift lead's own seat: each changes to the other while in it; hanging up leaves. */
export function watchRoutes(watching: Watching): FastifyPluginAsyncTypebox {
  return async app => {
    for (const act of ['listen', 'whisper', 'barge', 'take-over'] as const) {
      app.post(
        `/api/floor/seats/:number/${act}`,
        { schema: { tags, summary: WATCH_ACTS[act], params: SeatParams, response: { 200: ActTaken } } },
        async request => orThrow(await watching.act(signedIn(request), request.params.number, act)),
      )
    }
  }
}

/** What is done about callers who wait. */
export function queueActRoutes(acts: QueueActs): FastifyPluginAsyncTypebox {
  const move = { tags, params: QueueParams, body: PriorityBody, response: { 200: PriorityMoved } }
  return async app => {
    app.post(
      '/api/floor/queues/:queue/callers/:call/assign',
      {
        schema: {
          tags,
          summary: 'Give a waiting caller to a ready seat',
          params: PickParams,
          body: PickBody,
          response: { 200: ActTaken },
        },
      },
      async request => {
        const { queue, call } = request.params
        return orThrow(await acts.pick(signedIn(request), queue, call, request.body.seat))
      },
    )
    app.post(
      '/api/floor/queues/:id/raise',
      { schema: { ...move, summary: "Raise a queue's priority; takes effect within seconds" } },
      async request => {
        const { params, body } = request
        return orThrow(await acts.movePriority(signedIn(request), params.id, 'raise-priority', body))
      },
    )
    app.post(
      '/api/floor/queues/:id/lower',
      { schema: { ...move, summary: "Lower a queue's priority again" } },
      async request => {
        const { params, body } = request
        return orThrow(await acts.movePriority(signedIn(request), params.id, 'lower-priority', body))
      },
    )
  }
}
