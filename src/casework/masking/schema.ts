import { type Static, type TSchema, Type } from 'typebox'
import { MASK_DIRECTIONS } from '../../cases/masking/binding.ts'
import { END_REASONS, POOL_USES } from '../../cases/masking/lease.ts'
import { MASK_REFUSALS } from '../../cases/masking/route.ts'
import { CARRIER_STATES } from './carrier-rules.ts'

const orNull = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()])
const Instant = Type.String({ format: 'date-time' })
const Unit = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,40}$' })
const Reason = Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' })
const Short = Type.String({ pattern: '^[0-9]{4,15}$' })
const Id = Type.String({ format: 'uuid' })
const Hours = Type.Integer({ minimum: 1, maximum: 8_760 })

export const OrderParams = Type.Object({ id: Id })
export const BindingParams = Type.Object({ id: Id })
export const PoolParams = Type.Object({ id: Id })
/** Sent again with the same key, a request is not done twice. */
export const IdempotencyKey = Type.Object({
  'idempotency-key': Type.Optional(Type.String({ minLength: 8, maxLength: 80 })),
})

/** What a binding may be used for: as many calls, as long, and whether the voice is kept. */
const TERMS = {
  direction: Type.Enum(MASK_DIRECTIONS),
  mostCallsADay: Type.Integer({ minimum: 1, maximum: 200 }),
  mostTalkMinutes: Type.Integer({ minimum: 1, maximum: 240 }),
  records: Type.Boolean(),
}

export const NewBindingForm = Type.Object(
  { unit: Unit, ...TERMS, hours: Hours, pin: Type.Boolean(), reason: Reason },
  { additionalProperties: false },
)
export type NewBindingForm = Static<typeof NewBindingForm>

export const ExtendForm = Type.Object({ hours: Hours, reason: Reason }, { additionalProperties: false })
export type ExtendForm = Static<typeof ExtendForm>
export const EndForm = Type.Object({ reason: Reason }, { additionalProperties: false })
export type EndForm = Static<typeof EndForm>

/** One of the unit's numbers, as `unitPhones` has it: it rings first. */
export const CallForm = Type.Object(
  { phone: Type.String({ pattern: '^\\+?[0-9][0-9-]{2,19}$' }) },
  { additionalProperties: false },
)
export type CallForm = Static<typeof CallForm>

/**
 * A binding (号码绑定) without the citizen's number. `waiting`: it has no number yet, since the pool was dry or
 * the carrier has not answered; `resting`: it is over and its number waits before anybody else gets it; `over`: its number may be anybody's.
 */
export const BindingView = Type.Object({
  id: Type.String(),
  order: Type.Object({ id: Type.String(), number: Type.String() }),
  unit: Type.Object({ id: Type.String(), name: Type.String() }),
  /** What both sides dial: the carrier's number in a city that masks with one. Null: there is none yet. */
  short: orNull(Type.String()),
  /** How it stands at the carrier, with the last trouble there as a code; null: no carrier has to do with it. */
  carrier: orNull(Type.Object({ state: Type.Enum(CARRIER_STATES), problem: orNull(Type.String()) })),
  state: Type.Enum(['waiting', 'active', 'over', 'resting']),
  ...TERMS,
  validFrom: Instant,
  /** Null: as long as its order is open, and the grace after. */
  validUntil: orNull(Instant),
  endedAt: orNull(Instant),
  endReason: orNull(Type.Enum(END_REASONS)),
  /** By all bindings of the order for this unit. */
  callsToday: Type.Integer(),
  hasPin: Type.Boolean(),
  /** Three wrong PINs within an hour: none is taken for a while. */
  pinLocked: Type.Boolean(),
  madeBy: Type.Enum(['dispatch', 'hand']),
  /** The unit's telephones, for whoever acts for it; empty for everybody else. */
  unitPhones: Type.Array(Type.String()),
  mayCall: Type.Boolean(),
  /** Extend, end, PIN. */
  mayChange: Type.Boolean(),
  inCall: Type.Boolean(),
  version: Type.Integer(),
})
export type BindingView = Static<typeof BindingView>

/** The newest first. `units`: those of the order for which a binding may be made now. */
export const BindingList = Type.Object({
  items: Type.Array(BindingView),
  mayBind: Type.Boolean(),
  units: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
  /** Nobody is shown the citizen's number here. */
  numberHidden: Type.Literal(true),
})
export type BindingList = Static<typeof BindingList>

const Pin = Type.String({ pattern: '^[0-9]{6}$' })
/** The PIN is shown this once; null: none was wished. */
export const NewBinding = Type.Object({ binding: BindingView, pin: orNull(Pin) })
export type NewBinding = Static<typeof NewBinding>
export const NewPin = Type.Object({ binding: BindingView, pin: Pin })
export type NewPin = Static<typeof NewPin>
/** The call that rings the handler's telephone now. */
export const StartedCall = Type.Object({ call: Type.String() })
export type StartedCall = Static<typeof StartedCall>

export const CALL_RESULTS = ['running', 'talked', 'not-reached', 'gave-up', 'refused'] as const

/** A call through a short number or a carrier's; the newest first. */
export const BindingCall = Type.Object({
  call: Type.String(),
  at: Instant,
  /** Null: neither, a stranger who was turned away. */
  from: orNull(Type.Enum(['unit', 'citizen'])),
  /** Who asked for it from the page; null: one side dialled. */
  by: orNull(Type.String()),
  result: Type.Enum(CALL_RESULTS),
  /** While it goes on: whose telephone rings, or that both talk; null: it is over. */
  stage: orNull(Type.Enum(['unit', 'citizen', 'talking'])),
  /** Why it was refused, or which side was not reached. */
  reason: orNull(
    Type.Union([Type.Enum(MASK_REFUSALS), Type.Enum(['unit-not-reached', 'citizen-not-reached'])]),
  ),
  talkMs: orNull(Type.Integer()),
  recording: Type.Enum(['none', 'waiting', 'ready', 'missing']),
  mayHear: Type.Boolean(),
  /** Who keeps the recording when it is not here; null: nobody else. */
  keptBy: orNull(Type.Enum(['carrier'])),
})
export type BindingCall = Static<typeof BindingCall>
export const BindingCallList = Type.Object({ items: Type.Array(BindingCall) })

const POOL = {
  name: Type.String({ minLength: 1, maxLength: 60, pattern: '\\S' }),
  use: Type.Enum(POOL_USES),
  /** The range, both of one length: 95000 to 95999. */
  first: Short,
  last: Short,
  /** For so long after its binding nobody else gets a number (冷却). */
  restHours: Type.Integer({ minimum: 0, maximum: 8_760 }),
  /** As few free numbers raise the alarm. */
  lowAt: Type.Integer({ minimum: 0, maximum: 100_000 }),
  /** No: no number of it is given out any more. */
  active: Type.Boolean(),
}

/** A pool of short numbers (号码池). */
export const PoolForm = Type.Object(POOL, { additionalProperties: false })
export type PoolForm = Static<typeof PoolForm>

/** With how its numbers stand: `free` + `bound` + `resting` are `total`. */
export const PoolView = Type.Object({
  id: Type.String(),
  ...POOL,
  total: Type.Integer(),
  free: Type.Integer(),
  bound: Type.Integer(),
  resting: Type.Integer(),
  state: Type.Enum(['ok', 'low', 'dry']),
  /** Bindings of this use that wait for a number. */
  waiting: Type.Integer(),
  version: Type.Integer(),
})
export type PoolView = Static<typeof PoolView>
export const PoolList = Type.Object({ items: Type.Array(PoolView) })

const NUMBER_STATES = ['free', 'bound', 'resting'] as const
export const NumberQuery = Type.Object(
  {
    state: Type.Optional(Type.Enum(NUMBER_STATES)),
    /** The last number of the page before. */
    after: Type.Optional(Short),
  },
  { additionalProperties: false },
)
export type NumberQuery = Static<typeof NumberQuery>

/** A page of a pool's numbers, by number; `next` goes into `after`. */
export const NumberPage = Type.Object({
  items: Type.Array(
    Type.Object({
      short: Type.String(),
      state: Type.Enum(NUMBER_STATES),
      /** Free: since when; resting: until when; bound: null when its end is not known. */
      until: orNull(Instant),
      /** Who has it, or had it last while it rests. */
      order: orNull(Type.Object({ id: Type.String(), number: Type.String() })),
      unit: orNull(Type.String()),
    }),
  ),
  next: orNull(Type.String()),
})
export type NumberPage = Static<typeof NumberPage>
