import { type Static, type TSchema, Type } from 'typebox'
import { CLOCK_KINDS } from '../../cases/clocks/clock.ts'
import type { Act } from '../../cases/life/acts.ts'
import { ASSIGNMENT_STATES, CLOSINGS, GRADES, ORDER_STATUSES, PRIORITIES } from '../../cases/life/order.ts'
import { GUARDS, type LifeTable, OVERS } from '../../cases/life/table.ts'
import { RIGHTS } from '../../cases/rights.ts'

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
const Position = Type.Object(
  {
    longitude: Type.Number({ minimum: 70, maximum: 140 }),
    latitude: Type.Number({ minimum: 0, maximum: 60 }),
    accuracyM: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000 })),
  },
  { additionalProperties: false },
)

/** The form of one act. */
export function act<Name extends string, Parts extends Record<string, TSchema>>(name: Name, parts: Parts) {
  return Type.Object({ do: Type.Literal(name), ...parts }, { additionalProperties: false })
}

/** One of several acts: by its `do` a body is held against one form alone, so that only what is wrong there is named. */
export function oneAct<Form>(forms: readonly TSchema[]) {
  return Type.Unsafe<Form>({
    type: 'object',
    required: ['do'],
    discriminator: { propertyName: 'do' },
    oneOf: forms,
  })
}

/** All that a person may do to an order over HTTP; registering is saving its form, and the archive is a job's. */
export type ActForm = Exclude<Act, { readonly do: 'register' | 'archive' }>
const Acts = [
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
  act('arrive', { unit: Unit, point: orNull(Position) }),
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
]
/** Ids are what their patterns say; whether there is such a unit or order, the act finds out. */
export const ActForm = oneAct<ActForm>(Acts)

const Instant = Type.String({ format: 'date-time' })

/** What a person may try with an order now; `unit`: for whose part, null for the order's own. */
export const PossibleActView = Type.Object({ do: Type.String(), unit: orNull(Type.String()) })

export const AssignmentView = Type.Object({
  unit: Type.String(),
  unitName: Type.String(),
  role: Type.Enum(['lead', 'co']),
  state: Type.Enum(ASSIGNMENT_STATES),
  from: orNull(Type.String()),
  person: orNull(Type.String()),
  assignedAt: Instant,
  signedAt: orNull(Instant),
  contactedAt: orNull(Instant),
  answeredAt: orNull(Instant),
  binding: Type.Boolean(),
})

/** A clock with what it comes to; `dueAt` is null while it is paused. */
export const ClockView = Type.Object({
  kind: Type.Enum(CLOCK_KINDS),
  unit: orNull(Type.String()),
  startedAt: Instant,
  plannedAt: Instant,
  yellowAt: orNull(Instant),
  dueAt: orNull(Instant),
  stoppedAt: orNull(Instant),
  paused: Type.Boolean(),
})

/** How an order stands: beside its form, all that its life knows. */
export const CaseView = Type.Object({
  id: Type.String(),
  number: Type.String(),
  status: Type.Enum(ORDER_STATUSES),
  priority: Type.Enum(PRIORITIES),
  assignments: Type.Array(AssignmentView),
  clocks: Type.Array(ClockView),
  hold: orNull(
    Type.Object({
      kind: Type.Enum(['need-info', 'legal-procedure']),
      state: Type.Enum(['asked', 'held']),
      reason: Type.String(),
      since: Instant,
    }),
  ),
  extensionAsk: orNull(Type.Object({ days: Type.Integer(), reason: Type.String(), askedAt: Instant })),
  extensions: Type.Integer(),
  supervision: Type.Integer(),
  reworks: Type.Integer(),
  returns: Type.Integer(),
  callBackTries: Type.Array(Instant),
  grade: orNull(Type.Enum(GRADES)),
  closing: orNull(Type.Enum(CLOSINGS)),
  closedAt: orNull(Instant),
  mergedInto: orNull(Type.String()),
  /** Orders that were merged into this one: their citizens get its answer. */
  merged: Type.Array(Type.Object({ id: Type.String(), number: Type.String(), openedAt: Instant })),
  overrideAsk: orNull(Type.Object({ to: Type.Enum(ORDER_STATUSES), reason: Type.String() })),
  possible: Type.Array(PossibleActView),
  version: Type.Integer(),
})
export type CaseView = Static<typeof CaseView>

/** One thing on the order's timeline: of its case, or of the call behind it. */
export const TimelineEntry = Type.Object({
  /** No other entry's of this timeline: several may have been done in one instant. */
  id: Type.String(),
  at: Instant,
  kind: Type.Enum(['act', 'call']),
  /** The act, or what happened to the call. */
  what: Type.String(),
  by: orNull(Type.String()),
  from: orNull(Type.Enum(ORDER_STATUSES)),
  to: orNull(Type.Enum(ORDER_STATUSES)),
  why: Type.String(),
  /** What was written, by field. */
  texts: Type.Record(Type.String(), Type.String()),
  detail: Type.Record(Type.String(), Type.Unknown()),
  /** The call that it is about. */
  call: orNull(Type.String()),
})
export type TimelineEntry = Static<typeof TimelineEntry>

export const OrderParams = Type.Object({ id: Type.String({ format: 'uuid' }) })

/** Sent again after a lost answer, the same key does nothing a second time. */
export const ActHeaders = Type.Object({
  'if-match': Type.String({ pattern: '^"?[0-9]{1,9}"?$' }),
  'idempotency-key': Type.Optional(Type.String({ minLength: 8, maxLength: 80 })),
})

const exactly = { additionalProperties: false } as const
const Name = Type.String({ minLength: 1, maxLength: 40 })
const Names = Type.Array(Name, { maxItems: 40 })

const Who = Type.Union([Type.Object({ right: Name, over: Name }, exactly), Type.Literal('service')])
const Move = Type.Object(
  { from: Names, to: Names, who: Type.Array(Who, { maxItems: 20 }), guards: Names },
  exactly,
)

/** The table's shape; whether its words are known and its ways lead anywhere is checked beyond this. */
export const Table = Type.Unsafe<LifeTable>(
  Type.Object(
    { moves: Type.Record(Type.String(), Move), numbers: Type.Record(Type.String(), Type.Number()) },
    exactly,
  ),
)

/** The version that orders begin with now. */
export const LifeTableView = Type.Object({ version: Type.Integer(), table: Table })
export type LifeTableView = Static<typeof LifeTableView>

/**
 * What a table may say. By act: where it may begin, where it can lead to (nowhere: the status stays), whether the table
 * chooses among those, and the guards that it cannot do without.
 */
export const LifeTableFrame = Type.Object({
  acts: Type.Record(
    Type.String(),
    Type.Object({
      from: Type.Array(Type.Enum(ORDER_STATUSES)),
      to: Type.Array(Type.Enum(ORDER_STATUSES)),
      choosesTo: Type.Boolean(),
      guards: Type.Array(Type.Enum(GUARDS)),
    }),
  ),
  guards: Type.Array(Type.Enum(GUARDS)),
  rights: Type.Array(Type.Enum(RIGHTS)),
  overs: Type.Array(Type.Enum(OVERS)),
})
export type LifeTableFrame = Static<typeof LifeTableFrame>

/** What is wrong, by the place's path. */
export const LifeTableCheck = Type.Object({ problems: Type.Record(Type.String(), Type.String()) })
export type LifeTableCheck = Static<typeof LifeTableCheck>

export const VersionParams = Type.Object({ version: Type.String({ pattern: '^[1-9][0-9]{0,8}$' }) })

/** A version as it was published; `publishedBy` is null for what a city begins with. */
export const LifeTableVersion = Type.Object({
  version: Type.Integer(),
  why: Type.String(),
  publishedBy: Type.Union([Type.String(), Type.Null()]),
  at: Type.String({ format: 'date-time' }),
})
export type LifeTableVersion = Static<typeof LifeTableVersion>

export const LifeTableForm = Type.Object(
  { table: Table, why: Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' }) },
  exactly,
)
export type LifeTableForm = Static<typeof LifeTableForm>
