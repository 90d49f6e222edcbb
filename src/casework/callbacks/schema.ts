import { type Static, type TSchema, Type } from 'typebox'
import { GRADES, ORDER_STATUSES, PRIORITIES } from '../../cases/life/order.ts'
import { OrderCitizen } from '../citizens/index.ts'
import { act, oneAct } from '../life/index.ts'
import { STEPS } from './rules.ts'

const orNull = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()])
const Instant = Type.String({ format: 'date-time' })
const Day = Type.String({ format: 'date' })
const Unit = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,40}$' })
const Reason = Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' })
const Words = Type.String({ minLength: 1, maxLength: 8_000, pattern: '\\S' })

export const CallBackQuery = Type.Object(
  {
    /** Orders of this unit and those below it. */
    unit: Type.Optional(Unit),
    /** Orders that one has answered oneself. */
    mine: Type.Optional(Type.Literal('true')),
    /** The last order of the page before. */
    after: Type.Optional(Type.String({ format: 'uuid' })),
  },
  { additionalProperties: false },
)
export type CallBackQuery = Static<typeof CallBackQuery>

const ORDER = {
  id: Type.String(),
  number: Type.String(),
  title: Type.String(),
  priority: Type.Enum(PRIORITIES),
  leadUnit: orNull(Type.String()),
  leadUnitName: orNull(Type.String()),
  supervision: Type.Integer(),
  reworks: Type.Integer(),
  citizen: OrderCitizen,
  openedAt: Instant,
  dueAt: orNull(Instant),
  /** When nobody was reached, the oldest first. */
  tries: Type.Array(Instant),
  /** As many more count before the order is closed as unreachable. */
  triesLeft: Type.Integer(),
  /** When another try counts; null: now. */
  tryAgainAt: orNull(Instant),
  version: Type.Integer(),
}

/** An order whose citizen is to be asked how it went (待回访). */
export const CallBack = Type.Object(ORDER)
export type CallBack = Static<typeof CallBack>

const LEADER = {
  leader: Type.String({ minLength: 1, maxLength: 40, pattern: '\\S' }),
  /** The leader's own account, if there is one. */
  staff: orNull(Type.String({ format: 'uuid' })),
}
/** Call-backs to make; 30 unless it says otherwise. */
const Quota = Type.Integer({ minimum: 1, maximum: 200 })
/** Left out: as it was. */
const Assistants = Type.Array(Type.String({ format: 'uuid' }), { maxItems: 10, uniqueItems: true })
const FORM = { ...LEADER, quota: Type.Optional(Quota), assistants: Type.Optional(Assistants) }

/** Who comes for a unit (值班领导). */
export const LeaderForm = Type.Object(FORM, { additionalProperties: false })
export type LeaderForm = Static<typeof LeaderForm>
export const NewLeaderDayForm = Type.Object(
  { day: Day, unit: Unit, ...FORM },
  { additionalProperties: false },
)
export type NewLeaderDayForm = Static<typeof NewLeaderDayForm>

export const LeaderDayQuery = Type.Object({ from: Day, to: Day })
export type LeaderDayQuery = Static<typeof LeaderDayQuery>

export const LeaderDayParams = Type.Object({ id: Type.String({ format: 'uuid' }) })
export const StepParams = Type.Object({ id: Type.String({ format: 'uuid' }), step: Type.Enum(STEPS) })
export const ItemParams = Type.Object({
  id: Type.String({ format: 'uuid' }),
  order: Type.String({ format: 'uuid' }),
})

const DAY = {
  id: Type.String(),
  day: Day,
  unit: Type.String(),
  unitName: Type.String(),
  ...LEADER,
  quota: Quota,
  /** Who sits beside the leader and enters what the citizens say. */
  assistants: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
  /** Null: not yet; it is made the evening before. */
  preparedAt: orNull(Instant),
  signedInAt: orNull(Instant),
  readHandoversAt: orNull(Instant),
  reviewedOrdersAt: orNull(Instant),
  figures: Type.Object({
    called: Type.Integer(),
    reached: Type.Integer(),
    rated: Type.Integer(),
    satisfied: Type.Integer(),
    solved: Type.Integer(),
  }),
  version: Type.Integer(),
}

/** A leader's day with its figures; reached ÷ quota is how far it has come. */
export const LeaderDay = Type.Object(DAY)
export type LeaderDay = Static<typeof LeaderDay>

export const LeaderDayItem = Type.Object({
  position: Type.Integer(),
  reasons: Type.Array(Type.Enum(['supervised', 'overdue', 'reworked', 'repeated'])),
  status: Type.Enum(ORDER_STATUSES),
  ...ORDER,
  misses: Type.Integer(),
  result: orNull(Type.Enum(['missed', 'reached', 'rated'])),
  grade: orNull(Type.Enum(GRADES)),
  solved: orNull(Type.Boolean()),
  doneAt: orNull(Instant),
  doneBy: orNull(Type.String()),
})
export type LeaderDayItem = Static<typeof LeaderDayItem>

/** With its list, the worst first; orders that the reader may not read are left out. */
export const LeaderDayView = Type.Object({ ...DAY, items: Type.Array(LeaderDayItem) })
export type LeaderDayView = Static<typeof LeaderDayView>

/** How a talk went: the citizen rated, was not reached, or was spoken with and did not rate yet. */
const RESULTS = [
  act('rate', { grade: Type.Enum(GRADES), solved: Type.Boolean(), text: Words }),
  act('miss-call-back', { note: Reason }),
  act('note', { text: Words }),
] as const
export type ResultForm = Static<(typeof RESULTS)[number]>
export const ResultForm = oneAct<ResultForm>(RESULTS)
