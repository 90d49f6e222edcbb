import { type Static, type TSchema, Type } from 'typebox'

const orNull = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()])
const Instant = Type.String({ format: 'date-time' })

/** What a shift lead did. `refusal`: why it came to nothing, if so. */
export const SupervisionActRow = Type.Object({
  id: Type.Integer(),
  at: Instant,
  by: Type.String(),
  act: Type.String(),
  seat: orNull(Type.String()),
  subject: orNull(Type.String()),
  callId: orNull(Type.String()),
  /** The queue's name in Chinese and English; null where the act is about no queue. */
  queue: orNull(Type.Object({ nameZh: Type.String(), nameEn: Type.String() })),
  /** By how much its priority was moved. */
  points: orNull(Type.Integer()),
  reason: orNull(Type.String()),
  note: Type.String(),
  refusal: orNull(Type.String()),
})
export type SupervisionActRow = Static<typeof SupervisionActRow>

/** Left out: the last 24 hours. */
export const SupervisionActQuery = Type.Object(
  {
    from: Type.Optional(Instant),
    to: Type.Optional(Instant),
    seat: Type.Optional(Type.String({ pattern: '^[0-9]{4}$' })),
    /** The `next` of the page before. */
    before: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$' })),
  },
  { additionalProperties: false },
)
export type SupervisionActQuery = Static<typeof SupervisionActQuery>

/** `shown`: the acts that agents are told of, as the house has set it. */
export const SupervisionActPage = Type.Object({
  items: Type.Array(SupervisionActRow),
  next: orNull(Type.String()),
  shown: Type.Array(Type.String()),
})
export type SupervisionActPage = Static<typeof SupervisionActPage>
