import { type Static, type TSchema, Type } from 'typebox'
import { ORDER_STATUSES } from '../../cases/life/order.ts'

const orNull = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()])
const Instant = Type.String({ format: 'date-time' })

/** An earlier call of the same number. */
export const EarlierCall = Type.Object({
  id: Type.String(),
  at: Instant,
  lineName: orNull(Type.String()),
  agentName: orNull(Type.String()),
  result: orNull(
    Type.Union([
      Type.Literal('completed'),
      Type.Literal('abandoned'),
      Type.Literal('caller-side'),
      Type.Literal('our-fault'),
      Type.Literal('carrier-fault'),
    ]),
  ),
})

export const OpenWorkOrder = Type.Object({
  id: Type.String(),
  number: Type.String(),
  title: Type.String(),
  status: Type.Enum(ORDER_STATUSES),
  openedAt: Instant,
})

/**
 * What the desk shows before the phone rings. `id` is the cursor that a desk resumes from; 0 when PostgreSQL
 * did not answer in time: shown without history then, and stored afterwards.
 */
export const Pop = Type.Object({
  id: Type.Integer(),
  callId: Type.String(),
  direction: Type.Union([
    Type.Literal('inbound'),
    Type.Literal('outbound'),
    Type.Literal('call-back'),
    Type.Literal('masked'),
  ]),
  /** Why the phone rings: to take the call, because one dialled, or to be asked about it. */
  purpose: Type.Union([Type.Literal('call'), Type.Literal('dial'), Type.Literal('consult')]),
  attempt: Type.Integer(),
  callerNumber: Type.String(),
  dialled: Type.String(),
  line: Type.Object({ number: Type.String(), name: Type.String() }),
  waitedMs: Type.Integer(),
  offeredAt: Instant,
  /** The id that the call's work order will have. */
  draft: Type.String(),
  earlierCalls: Type.Array(EarlierCall),
  openWorkOrders: Type.Array(OpenWorkOrder),
})
export type Pop = Static<typeof Pop>
