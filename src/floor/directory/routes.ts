import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Kysely } from 'kysely'
import { Type } from 'typebox'
import type { Database } from '#database/types.ts'
import { editedVersion, etagOf, IfMatch } from '#database/version.ts'
import { orThrow } from '#kernel/outcome.ts'
import { signedIn } from '../../people/sessions/index.ts'
import { DirectoryEntry, DirectoryForm, DirectoryParams, DirectoryQuery } from './schema.ts'
import { createEntry, listDirectory, saveEntry } from './service.ts'

const tags = ['floor']

export function directoryRoutes(db: Kysely<Database>): FastifyPluginAsyncTypebox {
  return async app => {
    app.get(
      '/api/directory',
      {
        schema: {
          tags,
          summary: 'Departments, emergency services and others that a caller can be put through to',
          querystring: DirectoryQuery,
          response: { 200: Type.Array(DirectoryEntry) },
        },
      },
      request => listDirectory(db, signedIn(request), request.query),
    )
    app.post(
      '/api/directory',
      { schema: { tags, summary: 'Add an entry', body: DirectoryForm, response: { 201: DirectoryEntry } } },
      async (request, reply) => {
        const entry = orThrow(await createEntry(db, signedIn(request), request.body))
        return reply.status(201).header('etag', etagOf(entry)).send(entry)
      },
    )
    app.put(
      '/api/directory/:id',
      {
        schema: {
          tags,
          summary: 'Save an entry over the version that was edited',
          params: DirectoryParams,
          headers: IfMatch,
          body: DirectoryForm,
          response: { 200: DirectoryEntry },
        },
      },
      async (request, reply) => {
        const version = editedVersion(request.headers)
        const entry = orThrow(
          await saveEntry(db, signedIn(request), request.params.id, version, request.body),
        )
        reply.header('etag', etagOf(entry))
        return entry
      },
    )
  }
}
