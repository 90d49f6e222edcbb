import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Kysely } from 'kysely'
import { Type } from 'typebox'
import type { Database } from '#database/types.ts'
import { editedVersion, etagOf, IfMatch } from '#database/version.ts'
import { orThrow } from '#kernel/outcome.ts'
import { maskPhoneNumber } from '#kernel/phone-number.ts'
import { signedIn } from '../../people/sessions/index.ts'
import { importLines } from './import.ts'
import {
  BlockedNumber,
  BlockedNumberParams,
  BlockForm,
  LineForm,
  LineImport,
  LineImportForm,
  LineImportQuery,
  LineParams,
  LineView,
  NewLineForm,
} from './schema.ts'
import {
  blockedNumbers,
  blockNumber,
  createLine,
  exportLines,
  listLines,
  saveLine,
  unblockNumber,
} from './service.ts'

const tags = ['floor']

export function lineRoutes(db: Kysely<Database>): FastifyPluginAsyncTypebox {
  return async app => {
    app.get(
      '/api/lines',
      { schema: { tags, summary: 'The lines', response: { 200: Type.Array(LineView) } } },
      () => listLines(db),
    )
    app.post(
      '/api/lines',
      { schema: { tags, summary: 'Add a line', body: NewLineForm, response: { 201: LineView } } },
      async (request, reply) => {
        const line = orThrow(await createLine(db, signedIn(request), request.body))
        return reply.status(201).header('etag', etagOf(line)).send(line)
      },
    )
    app.post(
      '/api/lines/import',
      {
        schema: {
          tags,
          summary: 'Add and save lines by a table, all or none; a dry run only tells what it would do',
          querystring: LineImportQuery,
          body: LineImportForm,
          response: { 200: LineImport },
        },
      },
      async request => {
        const dryRun = request.query.dryRun === 'true'
        return orThrow(await importLines(db, signedIn(request), request.body.csv, dryRun))
      },
    )
    app.get(
      '/api/lines/export',
      {
        schema: {
          tags,
          summary: 'The lines as a table that can be imported again',
          response: {
            200: { description: 'The table', content: { 'text/csv': { schema: Type.String() } } },
          },
        },
      },
      async (_request, reply) => {
        reply.header('content-disposition', 'attachment; filename="lines.csv"')
        return reply.type('text/csv; charset=utf-8').send(await exportLines(db))
      },
    )
    app.put(
      '/api/lines/:number',
      {
        schema: {
          tags,
          summary: 'Save a line over the version that was edited; takes effect within seconds',
          params: LineParams,
          headers: IfMatch,
          body: LineForm,
          response: { 200: LineView },
        },
      },
      async (request, reply) => {
        const version = editedVersion(request.headers)
        const { number } = request.params
        const line = orThrow(await saveLine(db, signedIn(request), number, version, request.body))
        reply.header('etag', etagOf(line))
        return line
      },
    )
  }
}

export function blockedNumberRoutes(db: Kysely<Database>): FastifyPluginAsyncTypebox {
  return async app => {
    app.get(
      '/api/blocked-numbers',
      { schema: { tags, summary: 'Callers who are let go', response: { 200: Type.Array(BlockedNumber) } } },
      async request => [...orThrow(await blockedNumbers(db, signedIn(request)))],
    )
    app.post(
      '/api/blocked-numbers',
      {
        schema: {
          tags,
          summary: 'Block a caller, with the approval of a second person',
          body: BlockForm,
          response: { 201: BlockedNumber },
        },
      },
      async (request, reply) => {
        const member = signedIn(request)
        const block = orThrow(await blockNumber(db, member, request.body))
        const { createdBy: by, approvedBy } = block
        request.log.info({ number: maskPhoneNumber(block.number), by, approvedBy }, 'number blocked')
        return reply.status(201).send(block)
      },
    )
    app.delete(
      '/api/blocked-numbers/:id',
      {
        schema: {
          tags,
          summary: 'Lift a block',
          params: BlockedNumberParams,
          response: { 204: Type.Null() },
        },
      },
      async (request, reply) => {
        const { id: by } = signedIn(request)
        const number = orThrow(await unblockNumber(db, signedIn(request), request.params.id))
        request.log.info({ number: maskPhoneNumber(number), by }, 'number unblocked')
        return reply.status(204).send(null)
      },
    )
  }
}
