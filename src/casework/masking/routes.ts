import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { editedVersion, etagOf, IfMatch } from '#database/version.ts'
import { orThrow } from '#kernel/outcome.ts'
import { actorOf } from '../../people/roles/index.ts'
import { signedIn } from '../../people/sessions/index.ts'
import { callsOf } from './calls.ts'
import { addPool, listPools, type PoolParts, poolNumbers, savePool } from './pool-service.ts'
import {
  BindingCallList,
  BindingList,
  BindingParams,
  BindingView,
  CallForm,
  EndForm,
  ExtendForm,
  IdempotencyKey,
  NewBinding,
  NewBindingForm,
  NewPin,
  NumberPage,
  NumberQuery,
  OrderParams,
  PoolForm,
  PoolList,
  PoolParams,
  PoolView,
  StartedCall,
} from './schema.ts'
import {
  bind,
  callCitizen,
  endByHand,
  extend,
  listBindings,
  type MaskingParts,
  reading,
  renewPin,
} from './service.ts'

const tags = ['casework']

/** 虚拟短号: the bindings of an order, and calling its citizen by one. */
export function maskingRoutes(parts: MaskingParts): FastifyPluginAsyncTypebox {
  return async app => {
    app.get(
      '/api/work-orders/:id/bindings',
      {
        schema: {
          tags,
          summary: 'The bindings of short numbers of an order, the newest first',
          params: OrderParams,
          response: { 200: BindingList },
        },
      },
      async request => orThrow(await listBindings(parts, signedIn(request), request.params.id)),
    )
    app.post(
      '/api/work-orders/:id/bindings',
      {
        schema: {
          tags,
          summary: 'Bind a short number for a unit of the order; the PIN is shown this once',
          params: OrderParams,
          headers: IdempotencyKey,
          body: NewBindingForm,
          response: { 201: NewBinding },
        },
      },
      async (request, reply) => {
        const key = request.headers['idempotency-key'] ?? null
        const asked = { id: request.params.id, form: request.body, key }
        const made = orThrow(await bind(parts, signedIn(request), asked))
        return reply.header('etag', etagOf(made.binding)).status(201).send(made)
      },
    )
    app.post(
      '/api/bindings/:id/extend',
      {
        schema: {
          tags,
          summary: 'Let a binding last longer, over the version that was looked at',
          params: BindingParams,
          headers: IfMatch,
          body: ExtendForm,
          response: { 200: BindingView },
        },
      },
      async (request, reply) => {
        const change = { id: request.params.id, version: editedVersion(request.headers), form: request.body }
        const view = orThrow(await extend(parts, signedIn(request), change))
        reply.header('etag', etagOf(view))
        return view
      },
    )
    app.post(
      '/api/bindings/:id/end',
      {
        schema: {
          tags,
          summary: 'End a binding at once; a call that runs by it goes on',
          params: BindingParams,
          headers: IfMatch,
          body: EndForm,
          response: { 200: BindingView },
        },
      },
      async (request, reply) => {
        const change = { id: request.params.id, version: editedVersion(request.headers), form: request.body }
        const view = orThrow(await endByHand(parts, signedIn(request), change))
        reply.header('etag', etagOf(view))
        return view
      },
    )
    app.post(
      '/api/bindings/:id/pin',
      {
        schema: {
          tags,
          summary: 'Draw a new PIN, which is shown this once',
          params: BindingParams,
          headers: IfMatch,
          response: { 200: NewPin },
        },
      },
      async (request, reply) => {
        const change = { id: request.params.id, version: editedVersion(request.headers) }
        const made = orThrow(await renewPin(parts, signedIn(request), change))
        reply.header('etag', etagOf(made.binding))
        return made
      },
    )
    app.post(
      '/api/bindings/:id/call',
      {
        schema: {
          tags,
          summary: "Call the citizen: one's own telephone rings first",
          params: BindingParams,
          headers: IdempotencyKey,
          body: CallForm,
          response: { 202: StartedCall },
        },
      },
      async (request, reply) => {
        const key = request.headers['idempotency-key'] ?? null
        const asked = { id: request.params.id, form: request.body, key }
        const call = orThrow(await callCitizen(parts, signedIn(request), asked))
        return reply.status(202).send(call)
      },
    )
    app.get(
      '/api/bindings/:id/calls',
      {
        schema: {
          tags,
          summary: 'The calls that went by a binding, the newest first',
          params: BindingParams,
          response: { 200: BindingCallList },
        },
      },
      async request => {
        const member = signedIn(request)
        const binding = orThrow(await reading(parts.db, await actorOf(parts.db, member), request.params.id))
        return { items: await callsOf(parts.db, member, binding.id) }
      },
    )
  }
}

/** 号码池: the numbers there are, for whoever edits settings. */
export function numberPoolRoutes(parts: PoolParts): FastifyPluginAsyncTypebox {
  return async app => {
    app.get(
      '/api/number-pools',
      {
        schema: { tags, summary: 'Pools of short numbers with their occupancy', response: { 200: PoolList } },
      },
      async request => ({ items: orThrow(await listPools(parts, signedIn(request))) }),
    )
    app.post(
      '/api/number-pools',
      { schema: { tags, summary: 'Add a pool', body: PoolForm, response: { 201: PoolView } } },
      async (request, reply) => {
        const pool = orThrow(await addPool(parts, signedIn(request), request.body))
        return reply.header('etag', etagOf(pool)).status(201).send(pool)
      },
    )
    app.put(
      '/api/number-pools/:id',
      {
        schema: {
          tags,
          summary: 'Save a pool over the version that was edited',
          params: PoolParams,
          headers: IfMatch,
          body: PoolForm,
          response: { 200: PoolView },
        },
      },
      async (request, reply) => {
        const edited = { id: request.params.id, version: editedVersion(request.headers) }
        const pool = orThrow(await savePool(parts, signedIn(request), edited, request.body))
        reply.header('etag', etagOf(pool))
        return pool
      },
    )
    app.get(
      '/api/number-pools/:id/numbers',
      {
        schema: {
          tags,
          summary: "A pool's numbers with who has them, a hundred at a time",
          params: PoolParams,
          querystring: NumberQuery,
          response: { 200: NumberPage },
        },
      },
      async request => orThrow(await poolNumbers(parts, signedIn(request), request.params.id, request.query)),
    )
  }
}
