import { type Static, Type } from 'typebox'
import { Formula, Share } from '../intervals/index.ts'

const Instant = Type.String({ format: 'date-time' })
const Count = Type.Integer({ minimum: 0 })

const figures = {
  /** Calls at whose end the citizen was asked. */
  asked: Count,
  /** By the grade: 1 very satisfied … 5 very dissatisfied. */
  grades: Type.Array(Count, { minItems: 5, maxItems: 5 }),
  notRated: Count,
  /** 参评率 = rated ÷ asked. */
  rated: Share,
  /** 满意率 = grades 1 and 2 ÷ rated. */
  satisfied: Share,
}
export const RatingFigures = Type.Object(figures)
export type RatingFigures = Static<typeof RatingFigures>

/** `key`: the agent's id or the queue's; '-' where there is none. */
export const RatingRow = Type.Object({
  key: Type.String(),
  nameZh: Type.String(),
  nameEn: Type.String(),
  agentNumber: Type.Union([Type.String(), Type.Null()]),
  ...figures,
})
export type RatingRow = Static<typeof RatingRow>

export const RatingBy = Type.Union([Type.Literal('agent'), Type.Literal('queue')])
export type RatingBy = Static<typeof RatingBy>

export const Ratings = Type.Object({
  from: Instant,
  to: Instant,
  by: RatingBy,
  rows: Type.Array(RatingRow),
  total: RatingFigures,
  formulas: Type.Array(Formula),
})
export type Ratings = Static<typeof Ratings>

/** from and to as of the intervals: on quarter hours, a month at most. */
export const RatingsQuery = Type.Object(
  { from: Instant, to: Instant, by: RatingBy },
  { additionalProperties: false },
)
export type RatingsQuery = Static<typeof RatingsQuery>
