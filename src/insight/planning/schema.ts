import { type Static, Type } from 'typebox'

const Fraction = Type.Number({ minimum: 0, maximum: 1 })

/** What is expected, and what is wanted. Without patience nobody gives up (Erlang C); with it, Erlang A. */
export const ErlangQuestion = Type.Object(
  {
    calls: Type.Number({ exclusiveMinimum: 0, maximum: 1_000_000, description: 'calls in the interval' }),
    intervalS: Type.Integer({ minimum: 60, maximum: 86_400 }),
    ahtS: Type.Number({ minimum: 10, maximum: 7_200, description: 'mean handling time: talk and wrap-up' }),
    serviceLevel: Type.Number({
      minimum: 0.01,
      maximum: 0.9999,
      description: 'wanted: answered within withinS ÷ all calls, such as 0.95',
    }),
    withinS: Type.Number({ minimum: 0, maximum: 600 }),
    patienceS: Type.Optional(
      Type.Number({
        minimum: 1,
        maximum: 3_600,
        description: 'mean time after which a waiting caller leaves',
      }),
    ),
    maxOccupancy: Type.Optional(Type.Number({ minimum: 0.05, maximum: 1 })),
  },
  { additionalProperties: false },
)
export type ErlangQuestion = Static<typeof ErlangQuestion>

/** asaS is null where the queue grows without end. abandonment is 0 in Erlang C, which knows none. */
export const StaffingRow = Type.Object({
  agents: Type.Integer(),
  waitProbability: Fraction,
  serviceLevel: Fraction,
  asaS: Type.Union([Type.Number(), Type.Null()]),
  occupancy: Fraction,
  abandonment: Fraction,
})
export type StaffingRow = Static<typeof StaffingRow>

export const ErlangAnswer = Type.Object({
  model: Type.Union([Type.Literal('erlang-c'), Type.Literal('erlang-a')]),
  trafficErlang: Type.Number(),
  /** The smallest number of agents that meets what is wanted. */
  needed: StaffingRow,
  /** The same for a few agents fewer and more. */
  around: Type.Array(StaffingRow),
})
export type ErlangAnswer = Static<typeof ErlangAnswer>
