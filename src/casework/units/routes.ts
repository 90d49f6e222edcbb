import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import type { Kysely } from 'kysely'
import { Type } from 'typebox'
import type { Database } from '#database/types.ts'
import { editedVersion, etagOf, IfMatch } from '#database/version.ts'
import { type Outcome, orThrow } from '#kernel/outcome.ts'
import { signedIn } from '../../people/sessions/index.ts'
import {
  AreaView,
  CloseForm,
  MoveForm,
  NewUnitForm,
  UnitForm,
  UnitParams,
  UnitQuery,
  UnitRow,
  UnitView,
} from './schema.ts'
import { addUnit, closeUnit, listUnits, moveUnit, oneUnit, type PhoneRules, saveUnit } from './service.ts'
import { areaList } from './store.ts'

const tags = ['casework']

/** /api/units and /api/areas: who handles orders, and the map of the city. */
export function unitRoutes(db: Kysely<Database>, rules: PhoneRules): FastifyPluginAsyncTypebox {
  return async app => {
    app.get(
      '/api/areas',
      { schema: { tags, summary: 'The areas of the city', response: { 200: Type.Array(AreaView) } } },
      () => areaList(db),
    )
    app.get(
      '/api/units',
      {
        schema: {
          tags,
          summary: 'The units that handle orders: each before those below it, or those that a search finds',
          querystring: UnitQuery,
          response: { 200: Type.Array(UnitRow) },
        },
      },
      request => listUnits(db, request.query),
    )
    app.get(
      '/api/units/:id',
      {
        schema: {
          tags,
          summary: 'One unit with its contacts and who is on duty now',
          params: UnitParams,
          response: { 200: UnitView },
        },
      },
      async (request, reply) => tagged(reply, await oneUnit(db, request.params.id)),
    )
    app.post(
      '/api/units',
      { schema: { tags, summary: 'Add a unit', body: NewUnitForm, response: { 201: UnitView } } },
      async (request, reply) => {
        const unit = tagged(reply, await addUnit(db, signedIn(request), request.body, rules))
        return reply.status(201).send(unit)
      },
    )
    app.put(
      '/api/units/:id',
      {
        schema: {
          tags,
          summary: 'Save a unit over the version that was edited',
          params: UnitParams,
          headers: IfMatch,
          body: UnitForm,
          response: { 200: UnitView },
        },
      },
      async (request, reply) => {
        const version = editedVersion(request.headers)
        return tagged(
          reply,
          await saveUnit(db, signedIn(request), request.params.id, version, request.body, rules),
        )
      },
    )
    app.put(
      '/api/units/:id/parent',
      {
        schema: {
          tags,
          summary: 'Move a unit, with all below it, below another one',
          params: UnitParams,
          headers: IfMatch,
          body: MoveForm,
          response: { 200: UnitView },
        },
      },
      async (request, reply) => {
        const version = editedVersion(request.headers)
        const { parent } = request.body
        return tagged(reply, await moveUnit(db, signedIn(request), request.params.id, version, parent))
      },
    )
    app.put(
      '/api/units/:id/closed',
      {
        schema: {
          tags,
          summary: 'Close a unit that has no open orders and no units below it, or open it again',
          params: UnitParams,
          headers: IfMatch,
          body: CloseForm,
          response: { 200: UnitView },
        },
      },
      async (request, reply) => {
        const version = editedVersion(request.headers)
        const { closed } = request.body
        return tagged(reply, await closeUnit(db, signedIn(request), request.params.id, version, closed))
      },
    )
  }
}

function tagged(reply: FastifyReply, outcome: Outcome<UnitView>): UnitView {
  const unit = orThrow(outcome)
  reply.header('etag', etagOf(unit))
  return unit
}
