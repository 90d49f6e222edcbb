import multipart from '@fastify/multipart'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { asId, type WorkOrderId } from '#kernel/ids.ts'
import { badInput, type Outcome, orThrow } from '#kernel/outcome.ts'
import { signedIn } from '../../people/sessions/index.ts'
import { ATTACHMENT_LIMITS } from './limits.ts'
import { Attachment, AttachmentParams, OrderParams, WithdrawForm } from './schema.ts'
import {
  type AttachmentDeps,
  addAttachment,
  listAttachments,
  mayUpload,
  openAttachment,
  type Upload,
  withdrawAttachment,
} from './service.ts'

const tags = ['casework']

/** Not even a document that a browser would open runs anything, or reaches anything. */
const SANDBOX = "default-src 'none'; sandbox"

/** /api/work-orders/:id/attachments. */
export function attachmentRoutes(deps: AttachmentDeps): FastifyPluginAsyncTypebox {
  return async app => {
    await app.register(multipart, {
      throwFileSizeLimit: false,
      limits: {
        fileSize: ATTACHMENT_LIMITS.mostBytes,
        files: 1,
        fields: 0,
        parts: 1,
        headerPairs: 20,
        fieldNameSize: 100,
      },
    })
    app.get(
      '/api/work-orders/:id/attachments',
      {
        schema: {
          tags,
          summary: 'What is attached to a work order, the oldest first',
          params: OrderParams,
          response: { 200: Type.Array(Attachment) },
        },
      },
      async request => [...orThrow(await listAttachments(deps, signedIn(request), orderOf(request.params)))],
    )
    app.post(
      '/api/work-orders/:id/attachments',
      {
        schema: {
          tags,
          summary: 'Attach a file: multipart/form-data with one part',
          consumes: ['multipart/form-data'],
          params: OrderParams,
          response: { 200: Attachment },
        },
      },
      async request => {
        const member = signedIn(request)
        const order = orderOf(request.params)
        orThrow(await mayUpload(deps, member, order))
        const upload = await uploadOf(request)
        return orThrow(await addAttachment(deps, member, order, upload).catch(asIncomplete))
      },
    )
    app.get(
      '/api/work-orders/:id/attachments/:attachment',
      { schema: { tags, summary: 'The content of an attachment', params: AttachmentParams } },
      async (request, reply) => {
        const { attachment } = request.params
        const served = orThrow(
          await openAttachment(deps, signedIn(request), orderOf(request.params), attachment),
        )
        const { name, type } = served
        reply.headers({
          'content-type': type.served === 'text/plain' ? 'text/plain; charset=utf-8' : type.served,
          'content-length': served.bytes,
          'content-disposition': disposition(type.inline ? 'inline' : 'attachment', name, type.code),
          'content-security-policy': SANDBOX,
          'x-content-type-options': 'nosniff',
          'cache-control': 'private, no-cache',
          etag: `"${served.sha256}"`,
        })
        return reply.send(served.content)
      },
    )
    app.post(
      '/api/work-orders/:id/attachments/:attachment/withdraw',
      {
        schema: {
          tags,
          summary: 'Hide an attachment from everybody, with a reason',
          params: AttachmentParams,
          body: WithdrawForm,
          response: { 200: Attachment },
        },
      },
      async request => {
        const { params, body } = request
        const order = orderOf(params)
        return orThrow(
          await withdrawAttachment(deps, signedIn(request), order, params.attachment, body.reason),
        )
      },
    )
  }
}

function orderOf({ id }: { readonly id: string }): WorkOrderId {
  return asId(id)
}

async function uploadOf(request: FastifyRequest): Promise<Upload> {
  const part = request.isMultipart() ? await request.file() : undefined
  if (part === undefined) return orThrow(badInput({ file: 'required' }))
  return {
    // A part of octets may come without a name, whatever the library's type says.
    name: part.filename ?? '',
    mime: part.mimetype,
    content: part.file,
    wasCut: () => part.file.truncated,
  }
}

/** The multipart reader knows an end that came too early by its words alone. */
function asIncomplete(error: unknown): Outcome<never> {
  if (error instanceof Error && /unexpected end of multipart/i.test(error.message)) {
    return badInput({ file: 'incomplete' })
  }
  throw error
}

/** RFC 6266: the name in UTF-8 for browsers, a plain one for whatever else. */
export function disposition(how: 'inline' | 'attachment', name: string, ending: string): string {
  const encoded = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    sign => `%${sign.charCodeAt(0).toString(16)}`,
  )
  return `${how}; filename="attachment.${ending}"; filename*=UTF-8''${encoded}`
}
