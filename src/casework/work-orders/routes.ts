import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Kysely } from 'kysely'
import { Type } from 'typebox'
import type { Database } from '#database/types.ts'
import { editedVersion, etagOf, IfMatch } from '#database/version.ts'
import { orThrow } from '#kernel/outcome.ts'
import type { Instant } from '#kernel/time.ts'
import { signedIn } from '../../people/sessions/index.ts'
import { Category, OrderType, WorkOrder, WorkOrderForm, WorkOrderParams } from './schema.ts'
import { findWorkOrder, saveWorkOrder } from './service.ts'
import { categories, orderTypes } from './store.ts'

const tags = ['casework']

export function workOrderRoutes(db: Kysely<Database>, now: () => Instant): FastifyPluginAsyncTypebox {
  return async app => {
    app.get(
      '/api/work-orders/:id',
      { schema: { tags, summary: 'One work order', params: WorkOrderParams, response: { 200: WorkOrder } } },
      async (request, reply) => {
        const order = orThrow(await findWorkOrder(db, signedIn(request), request.params.id))
        reply.header('etag', etagOf(order))
        return order
      },
    )
    app.put(
      '/api/work-orders/:id',
      {
        schema: {
          tags,
          summary: 'Save a work order over the version that was edited',
          params: WorkOrderParams,
          headers: IfMatch,
          body: WorkOrderForm,
          response: { 200: WorkOrder },
        },
      },
      async (request, reply) => {
        const version = editedVersion(request.headers)
        const { id } = request.params
        const order = orThrow(await saveWorkOrder(db, signedIn(request), id, version, request.body, now()))
        reply.header('etag', etagOf(order))
        return order
      },
    )
    app.get(
      '/api/work-order-types',
      { schema: { tags, summary: 'Types of work orders', response: { 200: Type.Array(OrderType) } } },
      () => orderTypes(db),
    )
    app.get(
      '/api/categories',
      { schema: { tags, summary: 'Categories of work orders', response: { 200: Type.Array(Category) } } },
      () => categories(db),
    )
  }
}
