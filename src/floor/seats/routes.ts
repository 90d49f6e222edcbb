import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Kysely } from 'kysely'
import { Type } from 'typebox'
import type { Database } from '#database/types.ts'
import { orThrow } from '#kernel/outcome.ts'
import { signedIn } from '../../people/sessions/index.ts'
import { MySeat, NotReadyBody, NotReadyReason, SeatRow, SeatView, TakeSeatBody } from './schema.ts'
import type { Seats } from './service.ts'
import { notReadyReasons } from './store.ts'
import { presentSeatRow } from './view.ts'

/** /api/seats, /api/not-ready-reasons and what an agent does with the held seat. */
export function seatRoutes(parts: {
  readonly db: Kysely<Database>
  readonly seats: Seats
}): FastifyPluginAsyncTypebox {
  const { db, seats } = parts
  return async app => {
    app.get(
      '/api/seats',
      { schema: { tags: ['floor'], summary: 'All seats', response: { 200: Type.Array(SeatRow) } } },
      async () => seats.all().map(presentSeatRow),
    )
    app.get(
      '/api/not-ready-reasons',
      {
        schema: {
          tags: ['floor'],
          summary: 'Why a seat may take no calls',
          response: { 200: Type.Array(NotReadyReason) },
        },
      },
      () => notReadyReasons(db),
    )
    app.get(
      '/api/my-seat',
      { schema: { tags: ['floor'], summary: 'The seat I hold', response: { 200: MySeat } } },
      async request => orThrow(await seats.mine(signedIn(request).id)),
    )
    app.post(
      '/api/my-seat',
      { schema: { tags: ['floor'], summary: 'Take a seat', body: TakeSeatBody, response: { 200: MySeat } } },
      async request => {
        const { seat, phone } = request.body
        return orThrow(await seats.take(signedIn(request), seat, phone))
      },
    )
    app.delete(
      '/api/my-seat',
      { schema: { tags: ['floor'], summary: 'Leave the seat', response: { 204: Type.Null() } } },
      async (request, reply) => {
        orThrow(seats.leave(signedIn(request).id))
        return reply.status(204).send(null)
      },
    )
    app.post(
      '/api/my-seat/ready',
      { schema: { tags: ['floor'], summary: 'Take calls', response: { 200: SeatView } } },
      async request => orThrow(seats.ready(signedIn(request).id)),
    )
    app.post(
      '/api/my-seat/not-ready',
      {
        schema: {
          tags: ['floor'],
          summary: 'Take no calls',
          body: NotReadyBody,
          response: { 200: SeatView },
        },
      },
      async request => orThrow(await seats.notReady(signedIn(request).id, request.body.reason)),
    )
    app.post(
      '/api/my-seat/wrap-up/finish',
      { schema: { tags: ['floor'], summary: 'End the wrap-up', response: { 200: SeatView } } },
      async request => orThrow(seats.finishWrapUp(signedIn(request).id)),
    )
    app.post(
      '/api/my-seat/hang-up',
      { schema: { tags: ['floor'], summary: 'End the call', response: { 202: Type.Null() } } },
      async (request, reply) => {
        orThrow(seats.hangUp(signedIn(request).id))
        return reply.status(202).send(null)
      },
    )
  }
}
