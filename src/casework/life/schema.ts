import { type Static, type TSchema, Type } from 'typebox'
import { GRADES, ORDER_STATUSES, PRIORITIES } from '../../cases/life/order.ts'

const orNull = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()])
const Unit = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,40}$' })
/** Why somebody did it: one or a few sentences. */
const Reason = Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' })
/** What somebody has to say: an answer, minutes, a note. */
const Words = Type.String({ minLength: 1, maxLength: 8_000, pattern: '\\S' })
const Assignee = Type.Object(
  {
    unit: Unit,
    role: Type.Enum(['lead', 'co']),
    person: orNull(Type.String({ minLength: 1, maxLength: 40 })),
  },
  { additionalProperties: false },
)
const Assignees = Type.Array(Assignee, { minItems: 1, maxItems: 12 })
const Point = Type.Object(
  {
    longitude: Type.Number({ minimum: 70, maximum: 140 }),
    latitude: Type.Number({ minimum: 0, maximum: 60 }),
  },
  { additionalProperties: false },
)

function act<Name extends string, Parts extends Record<string, TSchema>>(name: Name, parts: Parts) {
  return Type.Object({ do: Type.Literal(name), ...parts }, { additionalProperties: false })
}

/** All that a person may do to an order over HTTP; registering is saving its form. */
export const ActForm = Type.Union([
  act('answer-directly', { text: Words }),
  act('hand-to-emergency', { number: Type.Enum(['110', '119', '120', '122']) }),
  act('tell-legal-route', { route: Reason }),
  act('void', { reason: Reason }),
  act('dispatch', { to: Assignees, reason: Reason }),
  act('recall', { reason: Reason }),
  act('sign', { unit: Unit }),
  act('return', { unit: Unit, reason: Reason, duty: Reason }),
  act('accept-return', { unit: Unit, reason: Reason }),
  act('refuse-return', { unit: Unit, reason: Reason }),
  act('meet', { minutes: Words, to: Assignees }),
  act('pass-down', { unit: Unit, to: Unit, note: Reason }),
  act('add-unit', { unit: Unit, reason: Reason }),
  act('contact', {
    unit: Unit,
    channel: Type.Enum(['phone', 'visit', 'sms', 'wechat', 'other']),
    text: Words,
  }),
  act('arrive', { unit: Unit, point: orNull(Point) }),
  act('answer', { unit: Unit, text: Words, solved: Type.Boolean() }),
  act('approve', { note: Reason }),
  act('send-back', { reason: Reason }),
  act('ask-extension', { unit: Unit, days: Type.Integer({ minimum: 1, maximum: 60 }), reason: Reason }),
  act('grant-extension', {}),
  act('refuse-extension', { reason: Reason }),
  act('ask-hold', {
    unit: orNull(Unit),
    kind: Type.Enum(['need-info', 'legal-procedure']),
    reason: Reason,
  }),
  act('grant-hold', {}),
  act('refuse-hold', { reason: Reason }),
  act('resume', { reason: Reason }),
  act('miss-call-back', { note: Reason }),
  act('rate', { grade: Type.Enum(GRADES), solved: Type.Boolean(), text: Words }),
  act('close', { solved: Type.Boolean(), reason: Reason }),
  act('reopen', { reason: Reason }),
  act('supervise', { level: Type.Enum([1, 2, 3, 4, 5]), reason: Reason }),
  act('end-supervision', { reason: Reason }),
  act('change-priority', { priority: Type.Enum(PRIORITIES), reason: Reason }),
  act('merge', { into: Type.String({ format: 'uuid' }), reason: Reason }),
  act('unmerge', { reason: Reason }),
  act('note', { text: Words }),
  act('ask-override', { to: Type.Enum(ORDER_STATUSES), reason: Reason }),
  act('agree-override', {}),
  act('refuse-override', { reason: Reason }),
])
export type ActForm = Static<typeof ActForm>
