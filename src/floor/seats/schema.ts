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

/** What the seat does in its call: is its agent, began it, is asked about it, or watches. */
export const SeatPurposeSchema = Type.Union([
  Type.Literal('call'),
  Type.Literal('dial'),
  Type.Literal('consult'),
  Type.Literal('watch'),
])

/** Who sits at a seat that takes part in the call. */
const CallSeat = Type.Object({ seat: Type.String(), agentName: orNull(Type.String()) })

/**
 * The third party of a talk. `stage`: `ringing`; `consulting`, the citizen waits; `swapped`, the third party waits;
 * `merged`, all three talk. `name` is the agent's, the queue's id, or the directory's for one outside.
 */
export const AsideView = Type.Object({
  kind: Type.Union([Type.Literal('seat'), Type.Literal('queue'), Type.Literal('outside')]),
  name: Type.String(),
  /** The seat that rings or speaks; null for one outside. */
  seat: orNull(Type.String()),
  emergency: Type.Boolean(),
  how: Type.Union([Type.Literal('consult'), Type.Literal('conference')]),
  stage: Type.Union([
    Type.Literal('ringing'),
    Type.Literal('consulting'),
    Type.Literal('swapped'),
    Type.Literal('merged'),
  ]),
})
export type AsideView = Static<typeof AsideView>

/** The call of a seat. `since`: when citizen and agent were connected first; null before. */
export const SeatCall = Type.Object({
  id: Type.String(),
  direction: Type.Union([
    Type.Literal('inbound'),
    Type.Literal('outbound'),
    Type.Literal('call-back'),
    Type.Literal('masked'),
  ]),
  callerNumber: Type.String(),
  lineName: orNull(Type.String()),
  since: orNull(Type.String({ format: 'date-time' })),
  /** The call's own agent; null until a seat has answered. */
  agent: orNull(CallSeat),
  aside: orNull(AsideView),
})
export type SeatCall = Static<typeof SeatCall>

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
  /** Null while the seat has no call. */
  purpose: orNull(SeatPurposeSchema),
  call: orNull(SeatCall),
  /** The citizen is on hold; nobody hears the agent. Of the call's own agent only. */
  held: Type.Boolean(),
  muted: Type.Boolean(),
  autoAnswer: Type.Boolean(),
  wrapUpEndsAt: orNull(Type.String({ format: 'date-time' })),
  wrapUpExtended: Type.Boolean(),
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
