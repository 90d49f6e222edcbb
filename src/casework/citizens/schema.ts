import { type Static, type TSchema, Type } from 'typebox'
import { ORDER_STATUSES } from '../../cases/life/order.ts'

const orNull = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()])
const Instant = Type.String({ format: 'date-time' })

/** Longest texts, in characters, and most entries. Merging may leave more, which the next edit has to cut. */
export const CITIZEN_LIMITS = {
  name: 60,
  address: 300,
  remark: 2_000,
  tag: 20,
  tags: 20,
  /** A family shares some; more than these is a list of contacts, not a citizen. */
  numbers: 10,
  /** Rows of a list that is read at a glance. */
  history: 50,
  found: 20,
} as const

const Kind = Type.Union([Type.Literal('person'), Type.Literal('enterprise')])

/** What is known of somebody who asks the city for something. Numbers in one form: 13907551234, 089866880000. */
export const CitizenForm = Type.Object(
  {
    kind: Kind,
    name: Type.String({ maxLength: CITIZEN_LIMITS.name }),
    address: Type.String({ maxLength: CITIZEN_LIMITS.address }),
    tags: Type.Array(Type.String({ maxLength: CITIZEN_LIMITS.tag }), { maxItems: CITIZEN_LIMITS.tags }),
    remark: Type.String({ maxLength: CITIZEN_LIMITS.remark }),
    numbers: Type.Array(Type.String({ pattern: '^\\+?[0-9]{3,20}$' }), { maxItems: CITIZEN_LIMITS.numbers }),
  },
  { additionalProperties: false },
)
export type CitizenForm = Static<typeof CitizenForm>

/** As it is kept. */
export const Citizen = Type.Object({
  id: Type.String(),
  kind: Kind,
  name: Type.String(),
  address: Type.String(),
  tags: Type.Array(Type.String()),
  remark: Type.String(),
  numbers: Type.Array(Type.String()),
  version: Type.Integer(),
})
export type Citizen = Static<typeof Citizen>

export const CitizenParams = Type.Object({ id: Type.String({ format: 'uuid' }) })

/** By a whole number, or by the beginning of a name. */
export const CitizenQuery = Type.Object(
  {
    number: Type.Optional(Type.String({ pattern: '^\\+?[0-9]{3,20}$' })),
    name: Type.Optional(Type.String({ minLength: 1, maxLength: CITIZEN_LIMITS.name })),
  },
  { additionalProperties: false },
)
export type CitizenQuery = Static<typeof CitizenQuery>

export const MergeForm = Type.Object(
  {
    /** The record that turned out to be the same citizen. */
    from: Type.String({ format: 'uuid' }),
  },
  { additionalProperties: false },
)

/** An order or call of a citizen; secret ones are left out for whoever had no part in them. */
export const CitizenHistory = Type.Object({
  orders: Type.Array(
    Type.Object({
      id: Type.String(),
      number: Type.String(),
      title: Type.String(),
      typeCode: orNull(Type.String()),
      status: Type.Enum(ORDER_STATUSES),
      openedAt: Instant,
    }),
  ),
  calls: Type.Array(
    Type.Object({
      id: Type.String(),
      arrivedAt: Instant,
      lineName: orNull(Type.String()),
      agentName: orNull(Type.String()),
      workOrder: orNull(Type.String()),
    }),
  ),
})
export type CitizenHistory = Static<typeof CitizenHistory>

const Side = Type.Record(Type.String(), Type.Unknown())
/** The newest first. */
export const CitizenChange = Type.Object({
  id: Type.Integer(),
  at: Instant,
  by: Type.String(),
  byName: Type.String(),
  change: Type.Union([Type.Literal('edited'), Type.Literal('merged')]),
  before: Side,
  after: Side,
})
export type CitizenChange = Static<typeof CitizenChange>

/**
 * What a reader of an order sees of its citizen. `hidden`: the order is secret or a report; the number is masked then,
 * and `mayAsk` says whether this reader could see more by asking.
 */
export const OrderCitizen = Type.Object({
  hidden: Type.Boolean(),
  mayAsk: Type.Boolean(),
  id: orNull(Type.String()),
  kind: orNull(Kind),
  name: Type.String(),
  number: Type.String(),
  address: Type.String(),
})
export type OrderCitizen = Static<typeof OrderCitizen>

export const IdentityForm = Type.Object(
  { reason: Type.String({ maxLength: 500 }) },
  { additionalProperties: false },
)

/** Who is behind an order: the number that called, and the citizen's record where there is one. */
export const Identity = Type.Object({ callerNumber: Type.String(), citizen: orNull(Citizen) })
export type Identity = Static<typeof Identity>

export const IdentityLook = Type.Object({
  id: Type.Integer(),
  at: Instant,
  by: Type.String(),
  byName: Type.String(),
  reason: Type.String(),
})
export type IdentityLook = Static<typeof IdentityLook>
