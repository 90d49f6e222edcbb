import { type Static, type TSchema, Type } from 'typebox'
import { NOTICE_KINDS } from '../../cases/notice-kinds.ts'

const orNull = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()])
const Instant = Type.String({ format: 'date-time' })

/**
 * What somebody is told about an order (通知): `unit` when it goes to whoever handles orders there, null when to the
 * person alone. It may be told twice after a reconnect: `id` tells that it is the same.
 */
export const Notice = Type.Object({
  id: Type.Integer(),
  at: Instant,
  kind: Type.Enum(NOTICE_KINDS),
  orderId: orNull(Type.String()),
  orderNumber: orNull(Type.String()),
  orderTitle: orNull(Type.String()),
  unit: orNull(Type.String()),
  unitName: orNull(Type.String()),
  detail: Type.Record(Type.String(), Type.Unknown()),
  readAt: orNull(Instant),
})
export type Notice = Static<typeof Notice>

/** Unread ones are counted so far and no further: 100 is "100 or more". */
export const MOST_COUNTED = 100

/** The newest first. `next` goes into `before`. */
export const NoticePage = Type.Object({
  items: Type.Array(Notice),
  unread: Type.Integer({ maximum: MOST_COUNTED }),
  next: orNull(Type.String()),
})
export type NoticePage = Static<typeof NoticePage>

const Id = Type.String({ pattern: '^[0-9]{1,15}$' })
export const NoticeQuery = Type.Object(
  { unread: Type.Optional(Type.Literal('true')), before: Type.Optional(Id) },
  { additionalProperties: false },
)
export const NoticeParams = Type.Object({ id: Id })

/** The newest that the reader has seen: one that came meanwhile stays unread. */
export const ReadAllForm = Type.Object(
  { upTo: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }) },
  { additionalProperties: false },
)
