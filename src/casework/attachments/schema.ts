import { type Static, type TSchema, Type } from 'typebox'
import { ATTACHMENT_LIMITS } from './limits.ts'

const orNull = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()])
const Instant = Type.String({ format: 'date-time' })

export const OrderParams = Type.Object({ id: Type.String({ format: 'uuid' }) })
export const AttachmentParams = Type.Object({
  id: Type.String({ format: 'uuid' }),
  attachment: Type.String({ format: 'uuid' }),
})

/**
 * A file of an order. `type` is what it was found to be, such as `jpg`. A withdrawn one keeps its row: who added it and
 * why it was withdrawn, without its name, and its content is no longer served.
 */
export const Attachment = Type.Object({
  id: Type.String(),
  name: orNull(Type.String()),
  type: Type.String(),
  bytes: Type.Integer(),
  sha256: Type.String(),
  addedBy: Type.String(),
  addedByName: Type.String(),
  addedAt: Instant,
  withdrawn: orNull(Type.Object({ at: Instant, byName: Type.String(), reason: Type.String() })),
})
export type Attachment = Static<typeof Attachment>

export const WithdrawForm = Type.Object(
  { reason: Type.String({ minLength: 1, maxLength: ATTACHMENT_LIMITS.reason, pattern: '\\S' }) },
  { additionalProperties: false },
)
