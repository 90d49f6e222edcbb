import { type Static, type TSchema, Type } from 'typebox'

const orNull = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()])
const Instant = Type.String({ format: 'date-time' })

export const MissedCallState = Type.Union([
  Type.Literal('open'),
  Type.Literal('claimed'),
  Type.Literal('reached'),
  Type.Literal('given-up'),
])

/** A caller who left unanswered; all calls of one number since it was last reached are one entry. */
export const MissedCall = Type.Object({
  id: Type.Integer(),
  callerNumber: Type.String(),
  lineNumber: orNull(Type.String()),
  lineName: orNull(Type.String()),
  firstAt: Instant,
  lastAt: Instant,
  times: Type.Integer(),
  lastCallId: Type.String(),
  state: MissedCallState,
  claimedBy: orNull(Type.String()),
  claimedByName: orNull(Type.String()),
  claimedAt: orNull(Instant),
  closedByName: orNull(Type.String()),
  closedAt: orNull(Instant),
  note: Type.String(),
})
export type MissedCall = Static<typeof MissedCall>

export const MissedCallQuery = Type.Object(
  {
    /** `waiting` is open and claimed together. */
    state: Type.Optional(Type.Union([Type.Literal('waiting'), MissedCallState])),
    line: Type.Optional(Type.String({ maxLength: 20 })),
    /** Digits that the caller's number contains. */
    number: Type.Optional(Type.String({ pattern: '^[0-9]{1,20}$' })),
    cursor: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}_[0-9]{1,15}$' })),
  },
  { additionalProperties: false },
)
export type MissedCallQuery = Static<typeof MissedCallQuery>

export const MissedCallPage = Type.Object({ items: Type.Array(MissedCall), next: orNull(Type.String()) })
export type MissedCallPage = Static<typeof MissedCallPage>

/** What an agent between calls is offered. */
export const NextMissedCall = Type.Object({
  /** Nobody has claimed them, or the one who asks has. */
  waiting: Type.Integer(),
  /** One's own claims first, then whoever has waited longest. */
  next: orNull(MissedCall),
})
export type NextMissedCall = Static<typeof NextMissedCall>

export const MissedCallParams = Type.Object({ id: Type.String({ pattern: '^[0-9]{1,15}$' }) })

export const MissedCallClosing = Type.Object(
  { note: Type.String({ maxLength: 500 }) },
  { additionalProperties: false },
)
