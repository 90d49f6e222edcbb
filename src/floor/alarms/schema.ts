import { type Static, type TSchema, Type } from 'typebox'

const orNull = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()])
const Instant = Type.String({ format: 'date-time' })

export const AlarmKindSchema = Type.Union([
  Type.Literal('caller-waits'),
  Type.Literal('longest-wait'),
  Type.Literal('callers-waiting'),
  Type.Literal('nobody-ready'),
  Type.Literal('service-level-15-min'),
  Type.Literal('service-level-30-min'),
  Type.Literal('service-level-today'),
  Type.Literal('answer-rate-24-h'),
  Type.Literal('long-talk'),
  Type.Literal('long-hold'),
  Type.Literal('long-wrap-up'),
  Type.Literal('long-not-ready'),
  Type.Literal('no-answers'),
  Type.Literal('not-offered'),
])

export const AlarmLevelSchema = Type.Union([
  Type.Literal('notice'),
  Type.Literal('warning'),
  Type.Literal('serious'),
])

/** `by`: the name of whoever has taken notice. */
export const Acknowledged = Type.Object({ by: Type.String(), at: Instant, note: Type.String() })
export type Acknowledged = Static<typeof Acknowledged>

/**
 * An alarm that stands. Either the time since `since` is its value, or `value` is: a count, or percent. `limit` is
 * what it has reached, in the same unit. Which things it is about, its kind says.
 */
export const AlarmView = Type.Object({
  id: Type.String(),
  kind: AlarmKindSchema,
  level: AlarmLevelSchema,
  queue: orNull(Type.String()),
  seat: orNull(Type.String()),
  agentName: orNull(Type.String()),
  callId: orNull(Type.String()),
  reason: orNull(Type.String()),
  since: orNull(Instant),
  value: orNull(Type.Number()),
  limit: Type.Integer(),
  raisedAt: Instant,
  acknowledged: orNull(Acknowledged),
})
export type AlarmView = Static<typeof AlarmView>

/** An alarm on record. `level` is the highest it came to, `peak` its worst value; `clearedAt` null: it stands. */
export const AlarmRow = Type.Object({
  id: Type.String(),
  kind: AlarmKindSchema,
  level: AlarmLevelSchema,
  queue: orNull(Type.Object({ id: Type.String(), nameZh: Type.String(), nameEn: Type.String() })),
  seat: orNull(Type.String()),
  agentName: orNull(Type.String()),
  callId: orNull(Type.String()),
  reason: orNull(Type.String()),
  raisedAt: Instant,
  clearedAt: orNull(Instant),
  limit: Type.Integer(),
  peak: Type.Number(),
  acknowledged: orNull(Acknowledged),
})
export type AlarmRow = Static<typeof AlarmRow>

/** Left out: the last 24 hours. By when they were raised. */
export const AlarmQuery = Type.Object(
  {
    from: Type.Optional(Instant),
    to: Type.Optional(Instant),
    cursor: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}_.{1,120}$' })),
  },
  { additionalProperties: false },
)
export type AlarmQuery = Static<typeof AlarmQuery>

export const AlarmPage = Type.Object({ items: Type.Array(AlarmRow), next: orNull(Type.String()) })
export type AlarmPage = Static<typeof AlarmPage>

export const AlarmParams = Type.Object({ id: Type.String({ minLength: 1, maxLength: 120 }) })

export const AcknowledgeBody = Type.Object(
  { note: Type.String({ maxLength: 200 }) },
  { additionalProperties: false },
)

const Threshold = orNull(Type.Integer({ minimum: 0, maximum: 86_400_000 }))

/** Milliseconds, a count or percent, as the kind says; null: never at that level. `leastCalls`: for shares of calls. */
export const AlarmLimit = Type.Object(
  {
    kind: AlarmKindSchema,
    queue: orNull(Type.String({ maxLength: 40 })),
    reason: orNull(Type.String({ maxLength: 40 })),
    notice: Threshold,
    warning: Threshold,
    serious: Threshold,
    leastCalls: orNull(Type.Integer({ minimum: 0, maximum: 100_000 })),
    active: Type.Boolean(),
  },
  { additionalProperties: false },
)
export type AlarmLimit = Static<typeof AlarmLimit>

export const AlarmLimitsForm = Type.Object(
  { limits: Type.Array(AlarmLimit, { minItems: 1, maxItems: 200 }) },
  { additionalProperties: false },
)
export type AlarmLimitsForm = Static<typeof AlarmLimitsForm>

/** All limits are saved together; `version` is what a PUT names in If-Match. */
export const AlarmLimitsView = Type.Object({ limits: Type.Array(AlarmLimit), version: Type.Integer() })
export type AlarmLimitsView = Static<typeof AlarmLimitsView>
