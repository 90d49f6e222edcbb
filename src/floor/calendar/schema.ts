import { type Static, Type } from 'typebox'

const Day = Type.String({ format: 'date' })

/** A day that is not what its weekday says. `works`: a weekend that is worked (调休); else a public holiday. */
export const CalendarDay = Type.Object({
  day: Day,
  works: Type.Boolean(),
  name: Type.String({ minLength: 1, maxLength: 40, pattern: '\\S' }),
})
export type CalendarDay = Static<typeof CalendarDay>

const { works, name } = CalendarDay.properties
export const CalendarDayForm = Type.Object({ works, name }, { additionalProperties: false })
export type CalendarDayForm = Static<typeof CalendarDayForm>

export const DayParams = Type.Object({ day: Day })
export const YearQuery = Type.Object(
  { year: Type.String({ pattern: '^20[0-9]{2}$' }) },
  { additionalProperties: false },
)
export const FillForm = Type.Object(
  { year: Type.Integer({ minimum: 2004, maximum: 2099 }) },
  { additionalProperties: false },
)
