import { type Static, type TSchema, Type } from 'typebox'
import { Name, WordId } from '../skills/index.ts'

const orNull = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()])
const Instant = Type.String({ format: 'date-time' })
/** A calendar day of the city. */
export const Day = Type.String({ format: 'date' })
const Time = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' })

/** A kind of shift (班次): HH:MM on the city's clock; one that ends no later than it begins ends the day after. */
const SHIFT = { nameZh: Name, nameEn: Name, from: Time, to: Time }
export const ShiftForm = Type.Object(SHIFT, { additionalProperties: false })
export type ShiftForm = Static<typeof ShiftForm>
export const NewShiftForm = Type.Object({ id: WordId, ...SHIFT }, { additionalProperties: false })
/** `version` is what a PUT names in If-Match. */
export const ShiftView = Type.Object({ id: WordId, ...SHIFT, version: Type.Integer() })
export type ShiftView = Static<typeof ShiftView>
export const ShiftParams = Type.Object({ id: WordId })

/** Takes calls, leads the shift (值班长), leads them all (总值班长). */
export const ShiftDutySchema = Type.Union([
  Type.Literal('agent'),
  Type.Literal('shift-lead'),
  Type.Literal('chief'),
])
/** 电信值班, 热线办值班: at hand for the day, from elsewhere. */
export const DayDutySchema = Type.Union([Type.Literal('carrier'), Type.Literal('hotline-office')])

export const RosterEntryForm = Type.Object(
  { staff: Type.String({ format: 'uuid' }), day: Day, shift: WordId, duty: ShiftDutySchema },
  { additionalProperties: false },
)
export type RosterEntryForm = Static<typeof RosterEntryForm>

export const RosterForm = Type.Object(
  { entries: Type.Array(RosterEntryForm, { minItems: 1, maxItems: 500 }) },
  { additionalProperties: false },
)

/**
 * How a shift was kept, as seen from the seat: `to-come` until its first minute is over, `not-yet` while it runs and
 * nobody came, `absent` once it is over. Null in an entry: this person sits at no seat.
 */
export const Attendance = Type.Object({
  state: Type.Union([
    Type.Literal('to-come'),
    Type.Literal('not-yet'),
    Type.Literal('on-time'),
    Type.Literal('late'),
    Type.Literal('absent'),
  ]),
  arrivedAt: orNull(Instant),
  leftAt: orNull(Instant),
  lateMinutes: Type.Integer(),
  leftEarlyMinutes: Type.Integer(),
})
export type Attendance = Static<typeof Attendance>

export const RosterEntry = Type.Object({
  id: Type.Integer(),
  staff: Type.String(),
  name: Type.String(),
  agentNumber: orNull(Type.String()),
  day: Day,
  shift: WordId,
  duty: ShiftDutySchema,
  startsAt: Instant,
  endsAt: Instant,
  attendance: orNull(Attendance),
})
export type RosterEntry = Static<typeof RosterEntry>

export const DayDutyForm = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 40, pattern: '\\S' }),
    phone: Type.String({ maxLength: 40 }),
  },
  { additionalProperties: false },
)
export type DayDutyForm = Static<typeof DayDutyForm>
export const DayDutyParams = Type.Object({ day: Day, duty: DayDutySchema })
export const DayDutyView = Type.Object({
  day: Day,
  duty: DayDutySchema,
  name: Type.String(),
  phone: Type.String(),
})
export type DayDutyView = Static<typeof DayDutyView>

export const RosterPerson = Type.Object({
  id: Type.String(),
  name: Type.String(),
  agentNumber: orNull(Type.String()),
  leads: Type.Boolean(),
})
export type RosterPerson = Static<typeof RosterPerson>

/** A stay at a seat that no shift explains. */
export const NotRostered = Type.Object({
  staff: Type.String(),
  name: Type.String(),
  seat: Type.String(),
  from: Instant,
  to: orNull(Instant),
})

/** Seven days from `from`. `people` are those who can be planned, shift leads first. */
export const Roster = Type.Object({
  from: Day,
  shifts: Type.Array(ShiftView),
  people: Type.Array(RosterPerson),
  entries: Type.Array(RosterEntry),
  duties: Type.Array(DayDutyView),
  notRostered: Type.Array(NotRostered),
})
export type Roster = Static<typeof Roster>

export const MyShifts = Type.Object({
  from: Day,
  shifts: Type.Array(ShiftView),
  entries: Type.Array(RosterEntry),
  duties: Type.Array(DayDutyView),
})
export type MyShifts = Static<typeof MyShifts>

export const WeekQuery = Type.Object({ from: Day }, { additionalProperties: false })
export const EntryParams = Type.Object({ id: Type.String({ pattern: '^[0-9]{1,15}$' }) })

/** Both are the first of seven days. */
export const CopyWeekForm = Type.Object({ from: Day, to: Day }, { additionalProperties: false })
/** `skipped`: entries that would overlap what is planned already, or whose person or shift is no longer there. */
export const CopiedWeek = Type.Object({ copied: Type.Integer(), skipped: Type.Integer() })
export type CopiedWeek = Static<typeof CopiedWeek>
