import { type Static, type TSchema, Type } from 'typebox'
import { ORDER_STATUSES, PRIORITIES } from '../../cases/life/order.ts'

const orNull = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()])
const Instant = Type.String({ format: 'date-time' })

/** Longest text of each field, in characters; the tables hold the same. */
export const LONGEST = { title: 100, text: 8_000, place: 300 } as const

/** Where it is (打点定位), in degrees. */
const Point = Type.Object(
  {
    longitude: Type.Number({ minimum: 70, maximum: 140 }),
    latitude: Type.Number({ minimum: 0, maximum: 60 }),
  },
  { additionalProperties: false },
)

/** A work order (工单). It is a draft from the answer of its call on, and registered once it is saved. */
export const WorkOrder = Type.Object({
  id: Type.String(),
  number: Type.String(),
  callId: orNull(Type.String()),
  status: Type.Enum(ORDER_STATUSES),
  /** Masked for everybody when the order is secret or a report. */
  callerNumber: Type.String(),
  lineNumber: orNull(Type.String()),
  typeCode: orNull(Type.String()),
  categoryCode: orNull(Type.String()),
  title: Type.String(),
  text: Type.String(),
  place: Type.String(),
  secret: Type.Boolean(),
  priority: Type.Enum(PRIORITIES),
  areaCode: orNull(Type.String()),
  point: orNull(Point),
  openedAt: Instant,
  savedAt: orNull(Instant),
  version: Type.Integer(),
})
export type WorkOrder = Static<typeof WorkOrder>

/** What an agent fills in. */
export const WorkOrderForm = Type.Object(
  {
    typeCode: orNull(Type.String({ maxLength: 20 })),
    categoryCode: orNull(Type.String({ maxLength: 20 })),
    title: Type.String({ maxLength: LONGEST.title }),
    text: Type.String({ maxLength: LONGEST.text }),
    place: Type.String({ maxLength: LONGEST.place }),
    secret: Type.Boolean(),
    priority: Type.Optional(Type.Enum(PRIORITIES)),
    areaCode: Type.Optional(orNull(Type.String({ pattern: '^[0-9]{6,15}$' }))),
    point: Type.Optional(orNull(Point)),
  },
  { additionalProperties: false },
)
export type WorkOrderForm = Static<typeof WorkOrderForm>

export const WorkOrderParams = Type.Object({ id: Type.String({ format: 'uuid' }) })

export const OrderType = Type.Object({ code: Type.String(), nameZh: Type.String(), nameEn: Type.String() })
export type OrderType = Static<typeof OrderType>

/** Groups hold areas, areas hold items; an order names an item. */
export const Category = Type.Object({
  code: Type.String(),
  parentCode: orNull(Type.String()),
  nameZh: Type.String(),
})
export type Category = Static<typeof Category>
