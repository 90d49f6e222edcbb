import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import { editedVersion, etagOf, IfMatch } from '#database/version.ts'
import { orThrow } from '#kernel/outcome.ts'
import { signedIn } from '../../people/sessions/index.ts'
import { alarmPage } from './history.ts'
import {
  AcknowledgeBody,
  Acknowledged,
  AlarmLimitsForm,
  AlarmLimitsView,
  AlarmPage,
  AlarmParams,
  AlarmQuery,
} from './schema.ts'
import type { Alarms } from './service.ts'

const tags = ['floor']

/** Those that stand are pushed over the namespace /floor; here are their history and their limits. */
export function alarmRoutes(db: Kysely<Database>, alarms: Alarms): FastifyPluginAsyncTypebox {
  return async app => {
    app.get(
      '/api/alarms',
      {
        schema: {
          tags,
          summary: 'Alarms by when they were raised, newest first',
          querystring: AlarmQuery,
          response: { 200: AlarmPage },
        },
      },
      async request => orThrow(await alarmPage(db, signedIn(request), request.query)),
    )
    app.post(
      '/api/alarms/:id/acknowledge',
      {
        schema: {
          tags,
          summary: 'Say that someone has taken notice of an alarm',
          params: AlarmParams,
          body: AcknowledgeBody,
          response: { 200: Acknowledged },
        },
      },
      async request => {
        const { params, body } = request
        return orThrow(await alarms.acknowledge(signedIn(request), params.id, body.note))
      },
    )
    app.get(
      '/api/alarm-limits',
      {
        schema: { tags, summary: 'The limits, for whoever is signed in', response: { 200: AlarmLimitsView } },
      },
      async (_request, reply) => {
        const limits = await alarms.readLimits()
        reply.header('etag', etagOf(limits))
        return limits
      },
    )
    app.put(
      '/api/alarm-limits',
      {
        schema: {
          tags,
          summary: 'Save all limits over the version that was edited; they hold within a second',
          headers: IfMatch,
          body: AlarmLimitsForm,
          response: { 200: AlarmLimitsView },
        },
      },
      async (request, reply) => {
        const version = editedVersion(request.headers)
        const limits = orThrow(await alarms.saveLimits(signedIn(request), version, request.body.limits))
        reply.header('etag', etagOf(limits))
        return limits
      },
    )
  }
}
