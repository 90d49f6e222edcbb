import fastifyStatic from '@fastify/static'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import { asId, type CallId } from '#kernel/ids.ts'
import { orThrow } from '#kernel/outcome.ts'
import { signedIn } from '../../people/sessions/index.ts'
import { RecordingParams } from './schema.ts'
import { findPlayback } from './service.ts'

/** Our own headers say what these would: the ETag is the file's SHA-256, and nothing is kept by a shared cache. */
const PLAIN_FILE = { cacheControl: false, contentType: false, etag: false, lastModified: false } as const

/** GET /api/calls/:id/recording, with HTTP ranges, HEAD and conditional requests. */
export function recordingRoutes(parts: {
  readonly db: Kysely<Database>
  /** The folder of finished recordings. */
  readonly folder: string
}): FastifyPluginAsyncTypebox {
  return async app => {
    if (!app.hasReplyDecorator('sendFile')) {
      await app.register(fastifyStatic, { serve: false, root: parts.folder })
    }
    app.addHook('onError', async (_, reply, error) => tellLength(reply, error))
    app.get(
      '/api/calls/:id/recording',
      {
        // A department's people hear what they began themselves by a short number.
        config: { access: 'everybody' },
        schema: {
          tags: ['quality'],
          summary: 'Listen to a call: Ogg Opus, caller left, agent right',
          params: RecordingParams,
        },
      },
      async (request, reply) => {
        const listener = signedIn(request)
        const call: CallId = asId(request.params.id)
        const { fileName, sha256 } = orThrow(await findPlayback(parts.db, call, listener))
        request.log.info({ call, listener: listener.id, method: request.method }, 'recording listened to')
        const etag = `"${sha256}"`
        reply.headers({
          etag,
          'cache-control': 'private, no-cache',
          'content-type': 'audio/ogg; codecs=opus',
        })
        if (request.headers['if-none-match'] === etag) return reply.status(304).send()
        settleIfRange(request, etag)
        return reply.sendFile(fileName, parts.folder, PLAIN_FILE)
      },
    )
  }
}

/** RFC 9110 §13.1.5: the range is for the file as it was; another file is sent whole. @fastify/send knows only its own ETags. */
function settleIfRange({ raw: { headers } }: FastifyRequest, etag: string): void {
  const condition = headers['if-range']
  delete headers['if-range']
  if (condition !== undefined && condition !== etag) delete headers.range
}

/** A range beyond the end is refused with the file's length, which no error handler of ours would pass on. */
function tellLength(reply: FastifyReply, error: FastifyError): void {
  if (error.statusCode !== 416 || !('headers' in error)) return
  const { headers } = error
  if (typeof headers !== 'object' || headers === null || !('Content-Range' in headers)) return
  reply.header('content-range', headers['Content-Range'])
}
