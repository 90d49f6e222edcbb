import { type Static, type TSchema, Type } from 'typebox'

const orNull = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()])
const Instant = Type.String({ format: 'date-time' })

/** All desks, a queue's agents, or whoever sits at one seat. */
export const Audience = Type.Union([
  Type.Object({ who: Type.Literal('all') }, { additionalProperties: false }),
  Type.Object(
    { who: Type.Literal('queue'), queue: Type.String({ minLength: 1, maxLength: 40 }) },
    { additionalProperties: false },
  ),
  Type.Object(
    { who: Type.Literal('seat'), seat: Type.String({ pattern: '^[0-9]{4}$' }) },
    { additionalProperties: false },
  ),
])
export type Audience = Static<typeof Audience>

/** Blanks alone say nothing. Without `until` it stands until it is withdrawn. */
export const AnnouncementForm = Type.Object(
  {
    text: Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' }),
    to: Audience,
    until: Type.Optional(orNull(Instant)),
    mustAcknowledge: Type.Boolean(),
  },
  { additionalProperties: false },
)
export type AnnouncementForm = Static<typeof AnnouncementForm>

/** As a desk shows it. */
export const Notice = Type.Object({
  id: Type.Integer(),
  at: Instant,
  by: Type.String(),
  text: Type.String(),
  until: orNull(Instant),
  mustAcknowledge: Type.Boolean(),
})
export type Notice = Static<typeof Notice>

const Reader = Type.Object({ name: Type.String(), agentNumber: orNull(Type.String()), at: orNull(Instant) })

/** As its sender sees it. `readers` have read it; `others` are at a seat now, are meant, and have not. */
export const AnnouncementView = Type.Object({
  ...Notice.properties,
  to: Audience,
  withdrawnAt: orNull(Instant),
  withdrawnBy: orNull(Type.String()),
  readers: Type.Array(Reader),
  others: Type.Array(Reader),
})
export type AnnouncementView = Static<typeof AnnouncementView>

export const AnnouncementParams = Type.Object({ id: Type.String({ pattern: '^[0-9]{1,15}$' }) })

export const AnnouncementQuery = Type.Object(
  { before: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$' })) },
  { additionalProperties: false },
)

/** `next` goes into `before`. */
export const AnnouncementPage = Type.Object({
  items: Type.Array(AnnouncementView),
  next: orNull(Type.String()),
})
export type AnnouncementPage = Static<typeof AnnouncementPage>
