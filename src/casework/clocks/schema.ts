import { type Static, type TSchema, Type } from 'typebox'
import type { ClockLimits } from '../../cases/clocks/limits.ts'

const orNull = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()])
const exactly = { additionalProperties: false } as const

/** On the wall, in milliseconds; or so many working days. */
const Limit = Type.Union([
  Type.Object({ unit: Type.Literal('wall'), ms: Type.Integer() }, exactly),
  Type.Object({ unit: Type.Literal('working-days'), days: Type.Integer() }, exactly),
])

/** P3 by the code of the order's type; `*` for types that have no row. null: there is none. */
const byPriority = <T extends TSchema>(cell: T) =>
  Type.Object({ P1: orNull(cell), P2: orNull(cell), P3: Type.Record(Type.String(), orNull(cell)) }, exactly)

const Extension = Type.Object(
  { times: Type.Integer(), most: Limit, leaderFrom: orNull(Type.Integer()) },
  exactly,
)

const limits = byPriority(Limit)
const extensions = Type.Optional(byPriority(Extension))

const TABLE = {
  hours: Type.Array(Type.Object({ from: Type.String(), to: Type.String() }, exactly), { maxItems: 4 }),
  limits: Type.Object(
    {
      dispatch: limits,
      sign: limits,
      contact: limits,
      handle: limits,
      'call-back': limits,
      rework: limits,
    },
    exactly,
  ),
  extensions: Type.Object(
    {
      dispatch: extensions,
      sign: extensions,
      contact: extensions,
      handle: extensions,
      'call-back': extensions,
      rework: extensions,
    },
    exactly,
  ),
  dispatch: Type.Object({ capMs: Type.Integer(), floorMs: Type.Integer() }, exactly),
  escalateSignAfterMs: Type.Array(Type.Integer(), { maxItems: 2 }),
}

/** The table of time limits; what is possible in each cell is checked beyond this. */
export const LimitsTable = Type.Unsafe<ClockLimits>(Type.Object(TABLE, exactly))

/** The table, and why it is published. */
export const LimitsForm = Type.Unsafe<ClockLimits & { readonly why: string }>(
  Type.Object({ ...TABLE, why: Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' }) }, exactly),
)
export type LimitsForm = Static<typeof LimitsForm>

/** A version as it was published; `publishedBy` is null for what a city begins with. */
const Publication = Type.Object({
  version: Type.Integer(),
  why: Type.String(),
  publishedBy: orNull(Type.String()),
  at: Type.String({ format: 'date-time' }),
})

export const LimitsView = Type.Object({ version: Type.Integer(), limits: LimitsTable })
export type LimitsView = Static<typeof LimitsView>

/** The version in force, and all there have been, the newest first. */
export const CurrentLimitsView = Type.Object({
  version: Type.Integer(),
  limits: LimitsTable,
  versions: Type.Array(Publication),
})
export type CurrentLimitsView = Static<typeof CurrentLimitsView>

/** What is wrong, by the place's path. */
export const LimitsCheck = Type.Object({ problems: Type.Record(Type.String(), Type.String()) })
export type LimitsCheck = Static<typeof LimitsCheck>

export const VersionParams = Type.Object({ version: Type.String({ pattern: '^[1-9][0-9]{0,8}$' }) })
