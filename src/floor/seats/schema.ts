import { type Static, type TSchema, Type } from 'typebox'

const orNull = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()])

export const SeatStateSchema = Type.Union([
  Type.Literal('signed-out'),
  Type.Literal('not-ready'),
  Type.Literal('ready'),
  Type.Literal('reserved'),
  Type.Literal('ringing'),
  Type.Literal('dialling'),
  Type.Literal('talking'),
  Type.Literal('holding'),
  Type.Literal('consulting'),
  Type.Literal('releasing'),
  Type.Literal('wrap-up'),
])

export const PhoneKindSchema = Type.Union([Type.Literal('browser'), Type.Literal('sip')])

/** A seat as its own page sees it. Instants are ISO 8601; `after` is where it goes when its call is over. */
export const SeatView = Type.Object({
  number: Type.String(),
  state: SeatStateSchema,
  reason: orNull(Type.String()),
  since: Type.String({ format: 'date-time' }),
  phone: PhoneKindSchema,
  registered: Type.Boolean(),
  deskConnected: Type.Boolean(),
  callId: orNull(Type.String()),
  callerNumber: orNull(Type.String()),
  wrapUpEndsAt: orNull(Type.String({ format: 'date-time' })),
  after: orNull(
    Type.Object({
      name: Type.Union([Type.Literal('ready'), Type.Literal('not-ready'), Type.Literal('signed-out')]),
      reason: orNull(Type.String()),
    }),
  ),
})
export type SeatView = Static<typeof SeatView>

/** A seat as anyone signed in sees it, to choose one or to look over the floor. */
export const SeatRow = Type.Object({
  number: Type.String(),
  state: SeatStateSchema,
  reason: orNull(Type.String()),
  since: Type.String({ format: 'date-time' }),
  agentName: orNull(Type.String()),
  agentNumber: orNull(Type.String()),
  registered: Type.Boolean(),
  deskConnected: Type.Boolean(),
})
export type SeatRow = Static<typeof SeatRow>

/** What the browser's phone registers with. */
export const PhoneAccount = Type.Object({
  uri: Type.String(),
  username: Type.String(),
  password: Type.String(),
  wsUrl: Type.String(),
  realm: Type.String(),
})
export type PhoneAccount = Static<typeof PhoneAccount>

export const MySeat = Type.Object({ seat: SeatView, phone: orNull(PhoneAccount) })
export type MySeat = Static<typeof MySeat>

export const TakeSeatBody = Type.Object(
  { seat: Type.String({ pattern: '^[0-9]{4}$' }), phone: PhoneKindSchema },
  { additionalProperties: false },
)
export const NotReadyBody = Type.Object(
  { reason: Type.String({ minLength: 1, maxLength: 40 }) },
  { additionalProperties: false },
)

export const NotReadyReason = Type.Object({
  code: Type.String(),
  nameZh: Type.String(),
  nameEn: Type.String(),
  choosable: Type.Boolean(),
})
export type NotReadyReason = Static<typeof NotReadyReason>
