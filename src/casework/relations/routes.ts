import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Kysely } from 'kysely'
import { Type } from 'typebox'
import type { Database } from '#database/types.ts'
import type { Instant } from '#kernel/time.ts'
import { asking } from '../../people/sessions/index.ts'
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

/** What an order has to do with others, and whoever is to be told how a merged one ended. */
export function relationRoutes(db: Kysely<Database>, now: () => Instant): FastifyPluginAsyncTypebox {
  return async app => {
    const { get, post, put } = asking(app, 'casework')
    get(
      '/api/work-orders/:id/related',
      'Other orders of its citizen, near and alike, tied to it and merged with it',
      { params: OrderParams, 200: Related },
      (member, { params }) => related(db, member, params.id, now()),
    )
    put(
      '/api/work-orders/:id/links/:other',
      'Tie another order to this one',
      { params: LinkParams, body: LinkForm, 204: Type.Null() },
      (member, { params, body }) => link(db, member, { ...params, ...body, at: now() }),
    )
    post(
      '/api/work-orders/:id/links/:other/untie',
      'Untie two orders',
      { params: LinkParams, body: UntieForm, 204: Type.Null() },
      (member, { params, body }) => link(db, member, { ...params, ...body, kind: null, at: now() }),
    )
    post(
      '/api/work-orders/:id/parts',
      'Open an order of its own for another matter of the same citizen, as a part of this one',
      { params: OrderParams, body: WorkOrderForm, 201: WorkOrder },
      (member, { params, body }) => openPart(db, member, params.id, body, now()),
    )
    get(
      '/api/answers-owed',
      'Citizens of merged orders who are to be told how it ended',
      { querystring: OwedQuery, 200: Type.Array(AnswerOwed) },
      (member, { query }) => answersOwed(db, member, query),
    )
    post(
      '/api/answers-owed/:id/told',
      'Say that the citizen was told',
      { params: OwedParams, body: ToldForm, 200: AnswerOwed },
      (member, { params, body }) => told(db, member, Number(params.id), body.note, now()),
    )
  }
}
