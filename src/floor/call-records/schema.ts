import { type Static, type TSchema, Type } from 'typebox'
import { ORDER_STATUSES } from '../../cases/life/order.ts'

const orNull = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()])
const Instant = Type.String({ format: 'date-time' })

export const CallDirectionSchema = Type.Union([
  Type.Literal('inbound'),
  Type.Literal('outbound'),
  Type.Literal('call-back'),
  Type.Literal('masked'),
])
const CallResultSchema = Type.Union([
  Type.Literal('completed'),
  Type.Literal('abandoned'),
  Type.Literal('caller-side'),
  Type.Literal('our-fault'),
  Type.Literal('carrier-fault'),
])
const PartySchema = Type.Union([
  Type.Literal('caller'),
  Type.Literal('agent'),
  Type.Literal('third-party'),
  Type.Literal('system'),
  Type.Literal('carrier'),
])

/**
 * One call. waitMs: from the queue to the answer, or to the end of a call that was not answered; talkMs:
 * in a talk, on hold included. Both null where it never came to that.
 */
export const CallRow = Type.Object({
  id: Type.String(),
  direction: CallDirectionSchema,
  callerNumber: Type.String(),
  dialled: Type.String(),
  lineName: orNull(Type.String()),
  arrivedAt: Instant,
  answeredAt: orNull(Instant),
  bridgedAt: orNull(Instant),
  endedAt: orNull(Instant),
  waitMs: orNull(Type.Integer()),
  talkMs: orNull(Type.Integer()),
  /** What the citizen said of the service: 1 very satisfied … 5 very dissatisfied. */
  grade: orNull(Type.Integer()),
  seat: orNull(Type.String()),
  agentName: orNull(Type.String()),
  result: orNull(CallResultSchema),
  reason: orNull(Type.String()),
  endedBy: orNull(PartySchema),
  workOrder: orNull(
    Type.Object({
      id: Type.String(),
      number: Type.String(),
      status: Type.Enum(ORDER_STATUSES),
      title: Type.String(),
    }),
  ),
  recording: Type.Union([
    Type.Literal('none'),
    Type.Literal('waiting'),
    Type.Literal('ready'),
    Type.Literal('missing'),
  ]),
  /** The recording's length is not that of the talk: a person must look. */
  lengthDiffers: Type.Boolean(),
})
export type CallRow = Static<typeof CallRow>

export const CallPage = Type.Object({ items: Type.Array(CallRow), next: orNull(Type.String()) })
export type CallPage = Static<typeof CallPage>

/** What a line of the timeline says, for those who put it into words. */
export type { CallNote } from '../../contact-center/events.ts'

/** A line of the timeline; `detail` depends on `kind`. */
export const TimelineNote = Type.Object({
  position: Type.Integer(),
  at: Instant,
  kind: Type.String(),
  detail: Type.Record(Type.String(), Type.Unknown()),
})
export type TimelineNote = Static<typeof TimelineNote>

/** Who was in a call, in the order in which they came to it. */
export const CallParticipant = Type.Object({
  staff: Type.String(),
  name: Type.String(),
  agentNumber: orNull(Type.String()),
  seat: Type.String(),
  from: Instant,
})
export type CallParticipant = Static<typeof CallParticipant>

export const CallDetail = Type.Object({
  call: CallRow,
  queueName: orNull(Type.Object({ nameZh: Type.String(), nameEn: Type.String() })),
  /** The call whose place in the queue this call-back kept. */
  callBackOf: orNull(Type.String()),
  participants: Type.Array(CallParticipant),
  notes: Type.Array(TimelineNote),
})
export type CallDetail = Static<typeof CallDetail>

export const CallQuery = Type.Object(
  {
    scope: Type.Optional(Type.Union([Type.Literal('mine'), Type.Literal('all')])),
    day: Type.Optional(Type.String({ format: 'date' })),
    direction: Type.Optional(CallDirectionSchema),
    /** `running`: not over yet. */
    result: Type.Optional(Type.Union([CallResultSchema, Type.Literal('running')])),
    /** Who answered it, or took part later. */
    staff: Type.Optional(Type.String({ format: 'uuid' })),
    /** Digits that the citizen's number contains. */
    number: Type.Optional(Type.String({ pattern: '^[0-9]{1,20}$' })),
    cursor: Type.Optional(Type.String({ maxLength: 64 })),
  },
  { additionalProperties: false },
)
export type CallQuery = Static<typeof CallQuery>

/** A file of a whole day, for overseers. */
export const CallFileQuery = Type.Object(
  { ...Type.Omit(CallQuery, ['cursor', 'scope', 'day']).properties, day: Type.String({ format: 'date' }) },
  { additionalProperties: false },
)
export type CallFileQuery = Static<typeof CallFileQuery>

/** Whose calls an overseer may ask for. */
export const CallAgent = Type.Object({ id: Type.String(), name: Type.String(), agentNumber: Type.String() })
export type CallAgent = Static<typeof CallAgent>

export const CallParams = Type.Object({ id: Type.String({ format: 'uuid' }) })
