import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Kysely } from 'kysely'
import { Type } from 'typebox'
import type { Database } from '#database/types.ts'
import { orThrow } from '#kernel/outcome.ts'
import { actorOf } from '../../people/roles/index.ts'
import { signedIn } from '../../people/sessions/index.ts'
import { AuditExportQuery, AuditPage, AuditQuery, ChainState, Looker, LookersQuery } from './schema.ts'
import { auditPage, chainState, exportAudit, lookers } from './service.ts'

const tags = ['casework']

/** /api/audit: the audit log as people read it. */
export function auditRoutes(db: Kysely<Database>): FastifyPluginAsyncTypebox {
  return async app => {
    app.get(
      '/api/audit',
      {
        schema: {
          tags,
          summary: 'Who did what to accounts, rights, exports and identities, the newest first',
          querystring: AuditQuery,
          response: { 200: AuditPage },
        },
      },
      async request => orThrow(await auditPage(db, await actorOf(db, signedIn(request)), request.query)),
    )
    app.get(
      '/api/audit/lookers',
      {
        schema: {
          tags,
          summary: 'Who looked at whoever is behind orders, and how often',
          querystring: LookersQuery,
          response: { 200: Type.Array(Looker) },
        },
      },
      async request => [...orThrow(await lookers(db, await actorOf(db, signedIn(request)), request.query))],
    )
    app.get(
      '/api/audit/chain',
      {
        schema: {
          tags,
          summary: 'How far the trail is anchored, with the digests to note elsewhere',
          response: { 200: ChainState },
        },
      },
      async request => orThrow(await chainState(db, await actorOf(db, signedIn(request)))),
    )
    app.get(
      '/api/audit/export',
      {
        schema: {
          tags,
          summary: 'The audit log as a file, for whoever reads it and may take lists away',
          querystring: AuditExportQuery,
        },
      },
      async (request, reply) => {
        const actor = await actorOf(db, signedIn(request))
        return orThrow(await exportAudit(db, reply, actor, request.query))
      },
    )
  }
}
