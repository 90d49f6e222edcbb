import { type Static, type TSchema, Type } from 'typebox'

const orNull = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()])
const Instant = Type.String({ format: 'date-time' })

/** What another system can be told. A message says how the order stands then, and never who is behind it. */
export const WEBHOOK_EVENTS = [
  'order.registered',
  'order.dispatched',
  'order.signed',
  'order.returned',
  'order.answered',
  'order.closed',
  'order.reopened',
  'order.supervised',
  'order.merged',
  'order.void',
] as const
export type WebhookEventType = (typeof WEBHOOK_EVENTS)[number]

export const WebhookForm = Type.Object(
  {
    /** https; plain http to a loopback address that the settings name. */
    url: Type.String({ minLength: 1, maxLength: 500 }),
    /** None: all there are. */
    events: Type.Array(Type.Enum(WEBHOOK_EVENTS), { maxItems: WEBHOOK_EVENTS.length }),
    active: Type.Boolean(),
    note: Type.String({ maxLength: 200 }),
  },
  { additionalProperties: false },
)
export type WebhookForm = Static<typeof WebhookForm>

/**
 * A system that is told. Messages are POSTed with the headers of Standard Webhooks, at least once each (`webhook-id`
 * tells repeats) and in no promised order: `timestamp` in the body says when it happened.
 */
export const Webhook = Type.Object({
  id: Type.String(),
  url: Type.String(),
  events: Type.Array(Type.String()),
  active: Type.Boolean(),
  note: Type.String(),
  version: Type.Integer(),
})
export type Webhook = Static<typeof Webhook>

/** How telling it went in the last 24 hours, without what was dropped since it was paused. */
const WebhookHealth = Type.Object({
  delivered: Type.Integer(),
  givenUp: Type.Integer(),
  waiting: Type.Integer(),
  /** Of those that wait, whose last attempt failed. */
  retrying: Type.Integer(),
  /** The last time that it took a message, however long ago; null: never. */
  lastDeliveredAt: orNull(Instant),
  /** Of the newest message that it has not taken. */
  lastProblem: orNull(Type.String()),
  lastStatus: orNull(Type.Integer()),
})
export type WebhookHealth = Static<typeof WebhookHealth>

export const WebhookRow = Type.Object({ ...Webhook.properties, health: WebhookHealth })
export type WebhookRow = Static<typeof WebhookRow>

/** The secret is told this once. */
export const WebhookWithSecret = Type.Object({ webhook: Webhook, secret: Type.String() })
export type WebhookWithSecret = Static<typeof WebhookWithSecret>

const DeliveryState = Type.Union([
  Type.Literal('waiting'),
  Type.Literal('delivered'),
  Type.Literal('given-up'),
])

/**
 * `queuedAt`: when it happened; `at`: when it is tried next, or was settled. `problem`: why the last attempt was no
 * success. `order`: the number of the order that it tells of.
 */
export const Delivery = Type.Object({
  event: Type.String(),
  type: Type.String(),
  order: Type.String(),
  queuedAt: Instant,
  state: DeliveryState,
  attempts: Type.Integer(),
  at: Instant,
  status: orNull(Type.Integer()),
  problem: orNull(Type.String()),
})
export type Delivery = Static<typeof Delivery>

export const WebhookParams = Type.Object({ id: Type.String({ format: 'uuid' }) })
export const DeliveryParams = Type.Object({
  id: Type.String({ format: 'uuid' }),
  event: Type.String({ format: 'uuid' }),
})
export const DeliveryQuery = Type.Object(
  { state: Type.Optional(DeliveryState) },
  { additionalProperties: false },
)

const Side = Type.Record(Type.String(), Type.Unknown())
/** `after` null: it was removed. */
export const WebhookChange = Type.Object({
  id: Type.Integer(),
  at: Instant,
  by: Type.String(),
  byName: Type.String(),
  before: orNull(Side),
  after: orNull(Side),
})
export type WebhookChange = Static<typeof WebhookChange>
