import { type Static, type TSchema, Type } from 'typebox'

const orNull = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()])
const Instant = Type.String({ format: 'date-time' })

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
  direction: Type.Union([Type.Literal('inbound'), Type.Literal('outbound'), Type.Literal('call-back')]),
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
      status: Type.Union([Type.Literal('draft'), Type.Literal('registered')]),
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

/** A line of the timeline; `detail` depends on `kind`. */
export const TimelineNote = Type.Object({
  position: Type.Integer(),
  at: Instant,
  kind: Type.String(),
  detail: Type.Record(Type.String(), Type.Unknown()),
})
export type TimelineNote = Static<typeof TimelineNote>

export const CallDetail = Type.Object({ call: CallRow, notes: Type.Array(TimelineNote) })
export type CallDetail = Static<typeof CallDetail>

export const CallQuery = Type.Object(
  {
    scope: Type.Optional(Type.Union([Type.Literal('mine'), Type.Literal('all')])),
    day: Type.Optional(Type.String({ format: 'date' })),
    cursor: Type.Optional(Type.String({ maxLength: 64 })),
  },
  { additionalProperties: false },
)
export type CallQuery = Static<typeof CallQuery>

export const CallParams = Type.Object({ id: Type.String({ format: 'uuid' }) })
