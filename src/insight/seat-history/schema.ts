import { type Static, Type } from 'typebox'
import { SeatStateSchema } from '../../floor/seats/index.ts'
import { Formula, Share } from '../intervals/index.ts'

const Instant = Type.String({ format: 'date-time' })
const Count = Type.Integer({ minimum: 0 })

/** A time in one state; cut at the ends of the period. `call`: the one that the seat was busy with. */
export const Spell = Type.Object({
  state: SeatStateSchema,
  reason: Type.Union([Type.String(), Type.Null()]),
  from: Instant,
  to: Instant,
  ms: Count,
  call: Type.Union([Type.String(), Type.Null()]),
})
export type Spell = Static<typeof Spell>

/**
 * From sitting down at a seat to leaving it, or as much of that as lies in the period.
 * `ended`: `open`, and `to` is now; `goes-on` beyond the period; `not-recorded`: somebody sat down anew before the
 * leaving was written, and that is taken for the end.
 */
export const Sitting = Type.Object({
  seat: Type.String(),
  from: Instant,
  to: Instant,
  began: Type.Union([Type.Literal('signed-in'), Type.Literal('before')]),
  ended: Type.Union([
    Type.Literal('signed-out'),
    Type.Literal('open'),
    Type.Literal('goes-on'),
    Type.Literal('not-recorded'),
  ]),
  /** One after the other without a gap; left out where nobody was named. */
  spells: Type.Optional(Type.Array(Spell)),
})
export type Sitting = Static<typeof Sitting>

export const StateSum = Type.Object({
  state: SeatStateSchema,
  reason: Type.Union([Type.String(), Type.Null()]),
  ms: Count,
  /** How many spells. */
  times: Count,
})
export type StateSum = Static<typeof StateSum>

export const AgentHistory = Type.Object({
  staff: Type.String(),
  name: Type.String(),
  agentNumber: Type.Union([Type.String(), Type.Null()]),
  sittings: Type.Array(Sitting),
  /** By state and reason. Together they are exactly `signedInMs`, which is all sittings together. */
  sums: Type.Array(StateSum),
  signedInMs: Count,
  /** In milliseconds. */
  occupancy: Share,
})
export type AgentHistory = Static<typeof AgentHistory>

export const SeatHistory = Type.Object({
  from: Instant,
  to: Instant,
  /** When it was counted; spells that last still end here. */
  at: Instant,
  agents: Type.Array(AgentHistory),
  formulas: Type.Array(Formula),
})
export type SeatHistory = Static<typeof SeatHistory>

const UUID = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'

/** Everybody for at most a day, without spells; up to 25 named with theirs; one person for up to 31 days. */
export const SeatHistoryQuery = Type.Object(
  {
    from: Instant,
    to: Instant,
    /** Ids, with commas between. An agent who names nobody means themself. */
    staff: Type.Optional(Type.String({ pattern: `^${UUID}(,${UUID}){0,24}$` })),
    format: Type.Optional(Type.Union([Type.Literal('json'), Type.Literal('csv')])),
  },
  { additionalProperties: false },
)
export type SeatHistoryQuery = Static<typeof SeatHistoryQuery>
