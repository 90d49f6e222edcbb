import { type Static, Type } from 'typebox'

export const ConfigSubject = Type.Union([
  Type.Literal('queue'),
  Type.Literal('line'),
  Type.Literal('skill'),
  Type.Literal('staff-skills'),
  Type.Literal('blocked-number'),
  Type.Literal('calendar-day'),
  Type.Literal('unit'),
  Type.Literal('duty-rule'),
  Type.Literal('dispatch-words'),
  Type.Literal('leader-day'),
  Type.Literal('clock-limits'),
  Type.Literal('life-table'),
])
export type ConfigSubject = Static<typeof ConfigSubject>

/** As it was shown then; null on the side where there was none. */
const Side = Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()])

/**
 * One edit of what the floor is run by. `key` is what the subject is known by: the queue's or the skill's id, the
 * line's or the blocked number, the person's id, the day, the unit's or the rule's id; `name` is the person's for
 * `staff-skills`.
 */
export const ConfigChange = Type.Object({
  id: Type.Integer(),
  at: Type.String({ format: 'date-time' }),
  by: Type.String(),
  byName: Type.String(),
  subject: ConfigSubject,
  key: Type.String(),
  name: Type.Union([Type.String(), Type.Null()]),
  before: Side,
  after: Side,
})
export type ConfigChange = Static<typeof ConfigChange>

/** The newest first. `next` is the `cursor` of those before, null at the beginning of the record. */
export const ConfigChangePage = Type.Object({
  items: Type.Array(ConfigChange),
  next: Type.Union([Type.Integer(), Type.Null()]),
})
export type ConfigChangePage = Static<typeof ConfigChangePage>

export const ConfigChangeQuery = Type.Object(
  {
    /** One, or several with commas between. */
    subjects: Type.Optional(Type.String({ pattern: '^[a-z-]+(,[a-z-]+)*$', maxLength: 100 })),
    key: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
    cursor: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$' })),
  },
  { additionalProperties: false },
)
export type ConfigChangeQuery = Static<typeof ConfigChangeQuery>
