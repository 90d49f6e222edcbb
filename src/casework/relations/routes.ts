import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Kysely } from 'kysely'
import { Type } from 'typebox'
import type { Database } from '#database/types.ts'
import { orThrow } from '#kernel/outcome.ts'
import type { Instant } from '#kernel/time.ts'
import { signedIn } from '../../people/sessions/index.ts'
import { WorkOrder, WorkOrderForm } from '../work-orders/index.ts'
import { answersOwed, told } from './answers.ts'
import {
  AnswerOwed,
  LinkForm,
  LinkParams,
  OrderParams,
  OwedParams,
  OwedQuery,
  Related,
  ToldForm,
  UntieForm,
} from './schema.ts'
import { link, openPart, related } from './service.ts'

const tags = ['casework']

/** What an order has to do with others, and whoever is to be told how a merged one ended. */
export function relationRoutes(db: Kysely<Database>, now: () => Instant): FastifyPluginAsyncTypebox {
  return async app => {
    app.get(
      '/api/work-orders/:id/related',
      {
        schema: {
          tags,
          summary: 'Other orders of its citizen, near and alike, tied to it and merged with it',
          params: OrderParams,
          response: { 200: Related },
        },
      },
      async request => orThrow(await related(db, signedIn(request), request.params.id, now())),
    )
    app.put(
      '/api/work-orders/:id/links/:other',
      {
        schema: {
          tags,
          summary: 'Tie another order to this one',
          params: LinkParams,
          body: LinkForm,
          response: { 204: Type.Null() },
        },
      },
      async (request, reply) => {
        orThrow(await link(db, signedIn(request), { ...request.params, ...request.body, at: now() }))
        return reply.status(204).send(null)
      },
    )
    app.post(
      '/api/work-orders/:id/links/:other/untie',
      {
        schema: {
          tags,
          summary: 'Untie two orders',
          params: LinkParams,
          body: UntieForm,
          response: { 204: Type.Null() },
        },
      },
      async (request, reply) => {
        const wanted = { ...request.params, ...request.body, kind: null, at: now() }
        orThrow(await link(db, signedIn(request), wanted))
        return reply.status(204).send(null)
      },
    )
    app.post(
      '/api/work-orders/:id/parts',
      {
        schema: {
          tags,
          summary: 'Open an order of its own for another matter of the same citizen, as a part of this one',
          params: OrderParams,
          body: WorkOrderForm,
          response: { 201: WorkOrder },
        },
      },
      async (request, reply) => {
        const { id } = request.params
        const part = orThrow(await openPart(db, signedIn(request), id, request.body, now()))
        return reply.status(201).send(part)
      },
    )
    app.get(
      '/api/answers-owed',
      {
        schema: {
          tags,
          summary: 'Citizens of merged orders who are to be told how it ended',
          querystring: OwedQuery,
          response: { 200: Type.Array(AnswerOwed) },
        },
      },
      async request => orThrow(await answersOwed(db, signedIn(request), request.query)),
    )
    app.post(
      '/api/answers-owed/:id/told',
      {
        schema: {
          tags,
          summary: 'Say that the citizen was told',
          params: OwedParams,
          body: ToldForm,
          response: { 200: AnswerOwed },
        },
      },
      async request =>
        orThrow(await told(db, signedIn(request), Number(request.params.id), request.body.note, now())),
    )
  }
}
