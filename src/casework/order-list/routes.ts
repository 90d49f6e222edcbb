import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import { asId, type CitizenId, type UnitId } from '#kernel/ids.ts'
import { orThrow } from '#kernel/outcome.ts'
import type { Instant } from '#kernel/time.ts'
import { CLOSINGS, GRADES, ORDER_STATUSES, PRIORITIES } from '../../cases/life/order.ts'
import { actorOf } from '../../people/roles/index.ts'
import { signedIn } from '../../people/sessions/index.ts'
import type { OrderFilter } from './conditions.ts'
import { countOpen } from './counts.ts'
import { exportOrders } from './export.ts'
import {
  MOST_ROWS,
  OpenCounts,
  OrderCount,
  OrderExportQuery,
  OrderFilterQuery,
  OrderListQuery,
  OrderPage,
} from './schema.ts'
import { countOrders, listOrders, unitAndBelow } from './service.ts'

const tags = ['casework']
const ROWS = 50

export interface OrderListParts {
  readonly db: Kysely<Database>
  readonly now: () => Instant
}

/** /api/work-orders: lists and counts of what somebody may read. */
export function orderListRoutes({ db, now }: OrderListParts): FastifyPluginAsyncTypebox {
  return async app => {
    app.get(
      '/api/work-orders',
      {
        schema: {
          tags,
          summary: 'Orders, by page',
          querystring: OrderListQuery,
          response: { 200: OrderPage },
        },
      },
      async request => {
        const { sort = 'newest', cursor, limit, ...query } = request.query
        const filter = await readFilter(db, query, new Date(now()))
        const page = {
          sort: sort === 'due' ? ('due' as const) : ('newest' as const),
          cursor,
          limit: Math.min(Number(limit ?? ROWS) || ROWS, MOST_ROWS),
        }
        return orThrow(await listOrders(db, await actorOf(db, signedIn(request)), filter, page))
      },
    )
    app.get(
      '/api/work-orders/count',
      {
        schema: {
          tags,
          summary: 'How many orders a list has, up to 1,000',
          querystring: OrderFilterQuery,
          response: { 200: OrderCount },
        },
      },
      async request => {
        const filter = await readFilter(db, request.query, new Date(now()))
        return await countOrders(db, await actorOf(db, signedIn(request)), filter)
      },
    )
    app.get(
      '/api/work-orders/export',
      {
        schema: {
          tags,
          summary: 'A whole list as a file, newest first, for whoever may take lists away',
          querystring: OrderExportQuery,
        },
      },
      async (request, reply) => {
        const { format, ...query } = request.query
        const filter = await readFilter(db, query, new Date(now()))
        const wish = { filter, asked: query, format }
        return orThrow(await exportOrders(db, reply, await actorOf(db, signedIn(request)), wish))
      },
    )
    app.get(
      '/api/work-orders/counts',
      {
        schema: {
          tags,
          summary: 'The orders that are not over, by status, priority and unit',
          response: { 200: OpenCounts },
        },
      },
      async request => countOpen(db, await actorOf(db, signedIn(request)), new Date(now())),
    )
  }
}

async function readFilter(db: Kysely<Database>, query: OrderFilterQuery, now: Date): Promise<OrderFilter> {
  const { text, type, category, area, caller, campaign } = query
  return {
    text,
    type,
    category,
    area,
    caller,
    campaign,
    status: namesOf(ORDER_STATUSES, query.status),
    priority: namesOf(PRIORITIES, query.priority),
    closing: namesOf(CLOSINGS, query.closing),
    grade: namesOf(GRADES, query.grade),
    units: query.unit === undefined ? undefined : await unitAndBelow(db, asId<UnitId>(query.unit)),
    supervision: query.supervision === undefined ? undefined : Number(query.supervision),
    secret: query.secret === undefined ? undefined : query.secret === 'true',
    mine: query.mine === 'true' ? true : undefined,
    overdueAt: query.overdue === 'true' ? now : undefined,
    dueBefore: dateOf(query.dueBefore),
    openedFrom: dateOf(query.openedFrom),
    openedTo: dateOf(query.openedTo),
    citizen: query.citizen === undefined ? undefined : asId<CitizenId>(query.citizen),
  }
}

function dateOf(text: string | undefined): Date | undefined {
  return text === undefined ? undefined : new Date(text)
}

function namesOf<Name extends string>(names: readonly Name[], text: string | undefined): Name[] | undefined {
  if (text === undefined) return undefined
  const asked = text.split(',')
  return names.filter(name => asked.includes(name))
}
