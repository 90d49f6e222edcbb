import { type Static, type TSchema, Type } from 'typebox'
import { ORDER_STATUSES } from '../../cases/life/order.ts'

const orNull = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()])

/** One thing done to an order; `staffId` is null and `actorName` a job's name when the service did it by itself. */
export const TrailEntry = Type.Object({
  seq: Type.Integer(),
  at: Type.String({ format: 'date-time' }),
  actorKind: Type.Enum(['staff', 'service']),
  staffId: orNull(Type.String()),
  actorName: Type.String(),
  act: Type.String(),
  from: orNull(Type.Enum(ORDER_STATUSES)),
  to: orNull(Type.Enum(ORDER_STATUSES)),
  why: Type.String(),
  detail: Type.Record(Type.String(), Type.Unknown()),
  /** Hexadecimal. */
  hash: Type.String(),
})
export type TrailEntry = Static<typeof TrailEntry>
