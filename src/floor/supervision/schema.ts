import { type Static, type TSchema, Type } from 'typebox'
import { PhoneKindSchema, SeatCall, SeatPurposeSchema, SeatStateSchema, SeatView } from '../seats/index.ts'

const orNull = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()])
const Instant = Type.String({ format: 'date-time' })

/** Why a seat is passed over whatever its state says. */
export const WhyNotOffered = Type.Union([
  Type.Literal('phone-not-registered'),
  Type.Literal('desk-not-connected'),
])
export type WhyNotOffered = Static<typeof WhyNotOffered>

/** A shift lead in the talk: whose seat, which seat's talk, how, and whether the phone is picked up. */
export const FloorWatch = Type.Object({
  seat: Type.String(),
  agentName: orNull(Type.String()),
  on: Type.String(),
  mode: Type.Union([Type.Literal('listen'), Type.Literal('whisper'), Type.Literal('barge')]),
  joined: Type.Boolean(),
})
export type FloorWatch = Static<typeof FloorWatch>

/** A seat at which somebody is signed in. `call.since`: when both parties were connected, or its state began. */
export const FloorSeat = Type.Object({
  number: Type.String(),
  agentName: Type.String(),
  agentNumber: Type.String(),
  state: SeatStateSchema,
  reason: orNull(Type.String()),
  since: Instant,
  phone: PhoneKindSchema,
  registered: Type.Boolean(),
  deskConnected: Type.Boolean(),
  after: SeatView.properties.after,
  call: orNull(
    Type.Object({
      id: Type.String(),
      direction: SeatCall.properties.direction,
      callerNumber: Type.String(),
      lineName: orNull(Type.String()),
      since: Instant,
      /** What this seat does in it. */
      purpose: SeatPurposeSchema,
      watch: orNull(FloorWatch),
    }),
  ),
  /** Levels by skill. */
  skills: Type.Record(Type.String(), Type.Integer()),
  whyNotOffered: Type.Array(WhyNotOffered),
})
export type FloorSeat = Static<typeof FloorSeat>

/** `waitedMs` counts up to the view's own `at`. */
export const FloorCaller = Type.Object({
  callId: Type.String(),
  callerNumber: Type.String(),
  lineName: orNull(Type.String()),
  waitedMs: Type.Integer(),
  priority: Type.Number(),
})
export type FloorCaller = Static<typeof FloorCaller>

export const FloorQueue = Type.Object({
  id: Type.String(),
  nameZh: Type.String(),
  nameEn: Type.String(),
  /** What its callers start with. */
  priority: Type.Number(),
  waiting: Type.Integer(),
  longestWaitMs: Type.Integer(),
  readySeats: Type.Integer(),
  callers: Type.Array(FloorCaller),
})
export type FloorQueue = Static<typeof FloorQueue>

/**
 * Calls that came into a queue on the city's day, counted as insight/intervals does: offered holds those who still
 * wait, abandoned the short ones; serviceLevel = within15s ÷ (answered + abandoned − shortAbandoned), null without any.
 */
export const FloorToday = Type.Object({
  offered: Type.Integer(),
  answered: Type.Integer(),
  abandoned: Type.Integer(),
  shortAbandoned: Type.Integer(),
  within15s: Type.Integer(),
  serviceLevel: orNull(Type.Number()),
})
export type FloorToday = Static<typeof FloorToday>

/** The whole floor at the instant `at`. `today` is null until PostgreSQL has told it once. */
export const FloorView = Type.Object({
  at: Instant,
  seats: Type.Array(FloorSeat),
  queues: Type.Array(FloorQueue),
  today: orNull(FloorToday),
})
export type FloorView = Static<typeof FloorView>

export const SeatParams = Type.Object({ number: Type.String({ pattern: '^[0-9]{4}$' }) })

/** For the record: why this was done. Blanks alone are no reason. */
const Note = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' })
export const NoteBody = Type.Object({ note: Note }, { additionalProperties: false })
export const NotReadyActBody = Type.Object(
  { reason: Type.String({ minLength: 1, maxLength: 40 }), note: Note },
  { additionalProperties: false },
)

export const PickParams = Type.Object({
  queue: Type.String({ minLength: 1, maxLength: 40 }),
  call: Type.String({ format: 'uuid' }),
})
export const PickBody = Type.Object({ seat: SeatParams.properties.number }, { additionalProperties: false })

export const QueueParams = Type.Object({ id: PickParams.properties.queue })
export const PriorityBody = Type.Object(
  { by: Type.Integer({ minimum: 1, maximum: 100 }), note: Note },
  { additionalProperties: false },
)
export type PriorityBody = Static<typeof PriorityBody>

/** The act's number on the record, and the queue's priority after it. */
export const PriorityMoved = Type.Object({
  id: Type.Integer(),
  queue: Type.String(),
  priority: Type.Integer(),
})
export type PriorityMoved = Static<typeof PriorityMoved>

/** The act's number on the record, and the seat after it; null when nobody sits there any longer. */
export const ActTaken = Type.Object({ id: Type.Integer(), seat: orNull(FloorSeat) })
export type ActTaken = Static<typeof ActTaken>
