import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import type { Kysely } from 'kysely'
import { Type } from 'typebox'
import type { Database } from '#database/types.ts'
import { editedVersion, etagOf, IfMatch } from '#database/version.ts'
import { orThrow } from '#kernel/outcome.ts'
import type { Actor } from '../../cases/actor.ts'
import { signedIn } from '../../people/sessions/index.ts'
import type { StaffMember } from '../../people/staff/index.ts'
import {
  Citizen,
  CitizenChange,
  CitizenForm,
  CitizenHistory,
  CitizenParams,
  CitizenQuery,
  Identity,
  IdentityForm,
  IdentityLook,
  MergeForm,
} from './schema.ts'
import {
  changesOf,
  findCitizen,
  findCitizens,
  historyOf,
  identityLooks,
  lookAtIdentity,
  mergeCitizens,
  saveCitizen,
} from './service.ts'

const tags = ['casework']

export interface CitizenRoutesParts {
  readonly db: Kysely<Database>
  /** What this person may do, as their roles say now. */
  actorOf(member: StaffMember): Promise<Extract<Actor, { readonly kind: 'staff' }>>
}

/** /api/citizens, and who is behind a secret order. */
export function citizenRoutes({ db, actorOf }: CitizenRoutesParts): FastifyPluginAsyncTypebox {
  const actor = (request: FastifyRequest) => actorOf(signedIn(request))
  return async app => {
    app.get(
      '/api/citizens',
      {
        schema: {
          tags,
          summary: 'Citizens by a number, or by the beginning of a name',
          querystring: CitizenQuery,
          response: { 200: Type.Array(Citizen) },
        },
      },
      async request => [...orThrow(await findCitizens(db, await actor(request), request.query))],
    )
    app.get(
      '/api/citizens/:id',
      { schema: { tags, summary: 'One citizen', params: CitizenParams, response: { 200: Citizen } } },
      async (request, reply) => {
        const citizen = orThrow(await findCitizen(db, await actor(request), request.params.id))
        reply.header('etag', etagOf(citizen))
        return citizen
      },
    )
    app.put(
      '/api/citizens/:id',
      {
        schema: {
          tags,
          summary: 'Save a citizen over the version that was edited',
          params: CitizenParams,
          headers: IfMatch,
          body: CitizenForm,
          response: { 200: Citizen },
        },
      },
      async (request, reply) => {
        const { params, body, headers } = request
        const version = editedVersion(headers)
        const citizen = orThrow(await saveCitizen(db, await actor(request), params.id, version, body))
        reply.header('etag', etagOf(citizen))
        return citizen
      },
    )
    app.post(
      '/api/citizens/:id/merge',
      {
        schema: {
          tags,
          summary: 'Take another record into this one: they are the same citizen',
          params: CitizenParams,
          headers: IfMatch,
          body: MergeForm,
          response: { 200: Citizen },
        },
      },
      async (request, reply) => {
        const { params, body, headers } = request
        const version = editedVersion(headers)
        const citizen = orThrow(await mergeCitizens(db, await actor(request), params.id, version, body.from))
        reply.header('etag', etagOf(citizen))
        return citizen
      },
    )
    app.get(
      '/api/citizens/:id/history',
      {
        schema: {
          tags,
          summary: 'The orders and calls of a citizen, the newest first',
          params: CitizenParams,
          response: { 200: CitizenHistory },
        },
      },
      async request => orThrow(await historyOf(db, await actor(request), request.params.id)),
    )
    app.get(
      '/api/citizens/:id/changes',
      {
        schema: {
          tags,
          summary: 'Who changed the record of a citizen, the newest first',
          params: CitizenParams,
          response: { 200: Type.Array(CitizenChange) },
        },
      },
      async request => [...orThrow(await changesOf(db, await actor(request), request.params.id))],
    )
    app.post(
      '/api/work-orders/:id/identity',
      {
        schema: {
          tags,
          summary: 'See who is behind an order, with a reason that is logged',
          params: CitizenParams,
          body: IdentityForm,
          response: { 200: Identity },
        },
      },
      async request => {
        const { params, body } = request
        return orThrow(await lookAtIdentity(db, await actor(request), params.id, body.reason))
      },
    )
    app.get(
      '/api/work-orders/:id/identity/looks',
      {
        schema: {
          tags,
          summary: 'Who looked at the citizen behind an order, and why',
          params: CitizenParams,
          response: { 200: Type.Array(IdentityLook) },
        },
      },
      async request => [...orThrow(await identityLooks(db, await actor(request), request.params.id))],
    )
  }
}
