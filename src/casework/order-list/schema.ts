import { type Static, type TSchema, Type } from 'typebox'
import { CLOSINGS, GRADES, ORDER_STATUSES, PRIORITIES } from '../../cases/life/order.ts'

const orNull = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()])
const Instant = Type.String({ format: 'date-time' })
const optional = (pattern: string) => Type.Optional(Type.String({ pattern }))
/** One of them, or several with commas between. */
const listOf = (names: readonly string[]) => {
  const one = `(${names.join('|')})`
  return optional(`^${one}(,${one})*$`)
}

/** Rows of one page, at most. */
export const MOST_ROWS = 200

const filters = {
  /** Words in title, place and text, all of them; digits also begin an order's number or a caller's. */
  text: Type.Optional(Type.String({ maxLength: 100 })),
  status: listOf(ORDER_STATUSES),
  type: Type.Optional(Type.String({ minLength: 1, maxLength: 20 })),
  /** A group, an area or an item: 1, 1-04, 1-04-002. */
  category: optional('^[0-9]+(-[0-9]+)*$'),
  /** An area and all inside it: its code is how theirs begin. */
  area: optional('^[0-9]{4,15}$'),
  /** Orders that this unit, or one below it, has a part in: not those it returned or that were taken back. */
  unit: optional('^[a-z0-9][a-z0-9-]{0,40}$'),
  priority: listOf(PRIORITIES),
  /** At least this level of supervision. */
  supervision: optional('^[1-5]$'),
  secret: optional('^(true|false)$'),
  /** The clock that runs has passed its due instant. */
  overdue: optional('^true$'),
  dueBefore: Type.Optional(Instant),
  openedFrom: Type.Optional(Instant),
  openedTo: Type.Optional(Instant),
  /** The whole number. Secret orders and reports are not found by it. */
  caller: optional('^[0-9+*#]{3,20}$'),
  /** Secret orders and reports are not found by it. */
  citizen: Type.Optional(Type.String({ format: 'uuid' })),
  campaign: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
  closing: listOf(CLOSINGS),
  grade: listOf(GRADES),
  /** Opened by whoever asks. */
  mine: optional('^true$'),
}

export const OrderFilterQuery = Type.Object(filters, { additionalProperties: false })
export type OrderFilterQuery = Static<typeof OrderFilterQuery>

export const OrderListQuery = Type.Object(
  {
    ...filters,
    /** Newest first; or by the clock that runs, first due first, which leaves out orders without one. */
    sort: optional('^(newest|due)$'),
    /** The `next` of the page before. */
    cursor: Type.Optional(Type.String({ maxLength: 200 })),
    limit: optional('^[0-9]{1,3}$'),
  },
  { additionalProperties: false },
)
export type OrderListQuery = Static<typeof OrderListQuery>

export const OrderExportQuery = Type.Object(
  { ...filters, format: Type.Enum(['csv', 'xlsx']) },
  { additionalProperties: false },
)

/** An order as lists show it. Who is behind a secret order or a report is never among it. */
export const OrderLine = Type.Object({
  id: Type.String(),
  number: Type.String(),
  status: Type.Enum(ORDER_STATUSES),
  typeCode: orNull(Type.String()),
  categoryCode: orNull(Type.String()),
  areaCode: orNull(Type.String()),
  priority: Type.Enum(PRIORITIES),
  title: Type.String(),
  place: Type.String(),
  secret: Type.Boolean(),
  callerNumber: orNull(Type.String()),
  leadUnit: orNull(Type.String()),
  supervision: Type.Integer({ minimum: 0, maximum: 5 }),
  reworks: Type.Integer(),
  hotTopic: Type.Boolean(),
  campaign: orNull(Type.String()),
  closing: orNull(Type.Enum(CLOSINGS)),
  grade: orNull(Type.Enum(GRADES)),
  openedAt: Instant,
  dueAt: orNull(Instant),
  /** Yellow, or on the wall most of its time is over: due is what comes next. */
  soon: Type.Boolean(),
  closedAt: orNull(Instant),
  version: Type.Integer(),
})
export type OrderLine = Static<typeof OrderLine>

export const OrderPage = Type.Object({
  orders: Type.Array(OrderLine),
  /** The cursor of the next page; null: this was the last. */
  next: orNull(Type.String()),
})
export type OrderPage = Static<typeof OrderPage>

/** `more`: there are more than `count`, which is then the most that is counted. */
export const OrderCount = Type.Object({ count: Type.Integer(), more: Type.Boolean() })
export type OrderCount = Static<typeof OrderCount>

/** The orders that are not over, for a dashboard. */
export const OpenCounts = Type.Object({
  total: Type.Integer(),
  overdue: Type.Integer(),
  byStatus: Type.Record(Type.String(), Type.Integer()),
  byPriority: Type.Record(Type.String(), Type.Integer()),
  /** By the lead unit; orders without one are in none. */
  byUnit: Type.Record(Type.String(), Type.Integer()),
})
export type OpenCounts = Static<typeof OpenCounts>
