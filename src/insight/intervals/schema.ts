import { type Static, Type } from 'typebox'

const Instant = Type.String({ format: 'date-time' })
const Count = Type.Integer({ minimum: 0 })

/** part ÷ whole; null when the whole is 0. */
export const Share = Type.Object({
  part: Count,
  whole: Count,
  value: Type.Union([Type.Number(), Type.Null()]),
})
export type Share = Static<typeof Share>

/** totalMs ÷ calls; null without calls. */
export const Mean = Type.Object({
  totalMs: Count,
  calls: Count,
  meanMs: Type.Union([Count, Type.Null()]),
})
export type Mean = Static<typeof Mean>

const answered = {
  offered: Count,
  answered: Count,
  /** By the answer's `bandsS`, each including the ones before. */
  answeredWithin: Type.Array(Count),
  /** ASA. */
  speedOfAnswer: Mean,
  /** AHT and its parts, of answered calls that are over. */
  handling: Type.Object({ announcement: Mean, talk: Mean, hold: Mean, wrapUp: Mean, whole: Mean }),
}
export const AnsweredFigures = Type.Object(answered)
export type AnsweredFigures = Static<typeof AnsweredFigures>

const queue = {
  ...answered,
  /** Short abandons included; also told apart. */
  abandoned: Count,
  abandonedWithin: Type.Array(Count),
  shortAbandoned: Count,
  /** Left the first queue by a step of overflow, whatever came of it. */
  overflowed: Count,
  /** Ended unanswered after the longest step of the first queue. */
  timedOut: Count,
  /** Told that all lines are busy; among the failed. */
  turnedAway: Count,
  /** Ended before an answer through no doing of the caller's. */
  failed: Count,
  waiting: Count,
  serviceLevel: Share,
  answerRate: Share,
  answerRateWithoutShort: Share,
}
export const QueueFigures = Type.Object(queue)
export type QueueFigures = Static<typeof QueueFigures>

const agent = {
  ...answered,
  /** What the agent's seats did within the interval. */
  time: Type.Object({ availableMs: Count, talkingMs: Count, wrapUpMs: Count, notReadyMs: Count }),
  /** In milliseconds. */
  occupancy: Share,
}
export const AgentFigures = Type.Object(agent)
export type AgentFigures = Static<typeof AgentFigures>

/** `key`: the line's number, the code of the queue or skill ('-': none needed), the agent's id, or 'all'. */
const place = { start: Instant, key: Type.String(), name: Type.String() }

export const Formula = Type.Object({
  id: Type.String(),
  version: Type.Integer(),
  nameZh: Type.String(),
  nameEn: Type.String(),
  formulaZh: Type.String(),
  formulaEn: Type.String(),
  source: Type.String(),
})
export type Formula = Static<typeof Formula>

export const Step = Type.Union([Type.Literal('15m'), Type.Literal('1h'), Type.Literal('1d')])
export type Step = Static<typeof Step>

const common = {
  from: Instant,
  to: Instant,
  step: Step,
  bandsS: Type.Array(Type.Integer()),
  /** The service level wanted, such as 0.95 within 15 s. */
  target: Type.Number(),
  answerWithinS: Type.Integer(),
  shortAbandonS: Type.Integer(),
  formulas: Type.Array(Formula),
}

export const QueueIntervals = Type.Object({
  ...common,
  by: Type.Union([Type.Literal('all'), Type.Literal('line'), Type.Literal('queue'), Type.Literal('skill')]),
  rows: Type.Array(Type.Object({ ...place, ...queue })),
  /** Each call once, also where it stands in two skills. */
  total: QueueFigures,
})
export type QueueIntervals = Static<typeof QueueIntervals>

export const AgentIntervals = Type.Object({
  ...common,
  by: Type.Literal('agent'),
  rows: Type.Array(
    Type.Object({ ...place, agentNumber: Type.Union([Type.String(), Type.Null()]), ...agent }),
  ),
  total: AgentFigures,
})
export type AgentIntervals = Static<typeof AgentIntervals>

export const Intervals = Type.Union([QueueIntervals, AgentIntervals])
export type Intervals = Static<typeof Intervals>

/** from and to stand on whole steps of the city's clock; only groups in which something happened have a row. */
export const IntervalsQuery = Type.Object(
  {
    from: Instant,
    to: Instant,
    by: Type.Union([
      Type.Literal('all'),
      Type.Literal('line'),
      Type.Literal('queue'),
      Type.Literal('skill'),
      Type.Literal('agent'),
    ]),
    step: Type.Optional(Step),
    format: Type.Optional(Type.Union([Type.Literal('json'), Type.Literal('csv')])),
  },
  { additionalProperties: false },
)
export type IntervalsQuery = Static<typeof IntervalsQuery>

/** Left out: now. */
export const AnswerRateQuery = Type.Object({ at: Type.Optional(Instant) }, { additionalProperties: false })
export type AnswerRateQuery = Static<typeof AnswerRateQuery>

/** Of the calls offered from `from` up to `at`; the target is GB/T 33358-2016's. */
export const AnswerRate = Type.Object({
  from: Instant,
  at: Instant,
  target: Type.Number(),
  figures: QueueFigures,
  formulas: Type.Array(Formula),
})
export type AnswerRate = Static<typeof AnswerRate>

/** Both on quarter hours of the city's clock. */
export const RollingQuery = Type.Object({ from: Instant, to: Instant }, { additionalProperties: false })
export type RollingQuery = Static<typeof RollingQuery>

/** Of the 24 hours before `at`. */
export const RollingRate = Type.Object({ at: Instant, answerRate: Share })
export type RollingRate = Static<typeof RollingRate>

/** One rate a quarter hour, from `from` to `to` or now, both included. */
export const RollingRates = Type.Object({
  from: Instant,
  to: Instant,
  target: Type.Number(),
  rates: Type.Array(RollingRate),
  formulas: Type.Array(Formula),
})
export type RollingRates = Static<typeof RollingRates>
