import { type Static, type TSchema, Type } from 'typebox'
import { CLOSINGS, GRADES, ORDER_STATUSES, PRIORITIES } from '../../cases/life/order.ts'
import { OrderCitizen } from '../citizens/index.ts'

const orNull = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()])
const Instant = Type.String({ format: 'date-time' })

export const OrderParams = Type.Object({ id: Type.String({ format: 'uuid' }) })
export const LinkParams = Type.Object({
  id: Type.String({ format: 'uuid' }),
  other: Type.String({ format: 'uuid' }),
})

const ORDER = {
  id: Type.String(),
  number: Type.String(),
  status: Type.Enum(ORDER_STATUSES),
  priority: Type.Enum(PRIORITIES),
  title: Type.String(),
  place: Type.String(),
  typeCode: orNull(Type.String()),
  categoryCode: orNull(Type.String()),
  leadUnit: orNull(Type.String()),
  leadUnitName: orNull(Type.String()),
  openedAt: Instant,
  dueAt: orNull(Instant),
  closing: orNull(Type.Enum(CLOSINGS)),
  grade: orNull(Type.Enum(GRADES)),
}

/** Another order, as far as a list beside this one needs it; nothing of its citizen. */
export const RelatedOrder = Type.Object(ORDER)
export type RelatedOrder = Static<typeof RelatedOrder>

/** What the other is to this one: its parent (主单), a part of it (子单), a repeat, or near it. */
export const LinkedOrder = Type.Object({
  ...ORDER,
  link: Type.Enum(['parent', 'part', 'repeat', 'near']),
})
export type LinkedOrder = Static<typeof LinkedOrder>

/** Only orders that the reader may read. */
export const Related = Type.Object({
  /** The citizen's others, the newest first; none where that would tell who is behind a protected order. */
  citizen: Type.Array(RelatedOrder),
  /** Near and alike in text, the most alike first; `similarity` is from 0 to 1. */
  similar: Type.Array(Type.Object({ ...ORDER, similarity: Type.Number() })),
  linked: Type.Array(LinkedOrder),
  /** Merged into this one, the oldest first. */
  merged: Type.Array(RelatedOrder),
  mergedInto: orNull(RelatedOrder),
  /** What the reader may try: tie it to others, open parts of it. */
  possible: Type.Array(Type.Enum(['tie', 'open-part'])),
})
export type Related = Static<typeof Related>

/** Why two orders are tied, or no longer: on the trails of both. */
const Reason = Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' })

/** part: the other becomes a part of this one. */
export const LinkForm = Type.Object(
  { kind: Type.Enum(['part', 'repeat', 'near']), reason: Reason },
  { additionalProperties: false },
)
export type LinkForm = Static<typeof LinkForm>
export const UntieForm = Type.Object({ reason: Reason }, { additionalProperties: false })

const OwedId = Type.String({ pattern: '^[0-9]{1,15}$' })
export const OwedQuery = Type.Object(
  {
    /** All that this citizen was or is to be told, the newest first; else whoever still waits, the longest first. */
    citizen: Type.Optional(Type.String({ format: 'uuid' })),
    /** The last one of the page before. */
    after: Type.Optional(OwedId),
  },
  { additionalProperties: false },
)
export type OwedQuery = Static<typeof OwedQuery>

/** A citizen whose order was merged into another, and who is told how that one ended. */
export const AnswerOwed = Type.Object({
  id: Type.Integer(),
  orderId: Type.String(),
  number: Type.String(),
  title: Type.String(),
  citizen: OrderCitizen,
  intoId: Type.String(),
  intoNumber: Type.String(),
  closing: Type.Enum(CLOSINGS),
  closedAt: Instant,
  /** What the unit, or the agent, answered. */
  answer: orNull(Type.String()),
  toldAt: orNull(Instant),
  toldBy: orNull(Type.String()),
  note: orNull(Type.String()),
})
export type AnswerOwed = Static<typeof AnswerOwed>

export const OwedParams = Type.Object({ id: OwedId })
export const ToldForm = Type.Object(
  { note: Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' }) },
  { additionalProperties: false },
)
