import { type Static, type TSchema, Type } from 'typebox'
import { WordId } from '../skills/index.ts'

const orNull = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()])
const Instant = Type.String({ format: 'date-time' })
const Day = Type.String({ format: 'date' })
const Text = Type.String({ maxLength: 4_000 })

/** The shift that a note is about: the day on which it began. */
export const NewHandoverForm = Type.Object({ day: Day, shift: WordId }, { additionalProperties: false })
export type NewHandoverForm = Static<typeof NewHandoverForm>

/** Notable cases, outages and changed knowledge, equipment, what else; `matters` are left to the next shift. */
export const HandoverForm = Type.Object(
  {
    cases: Text,
    changes: Text,
    equipment: Text,
    note: Text,
    matters: Type.Array(Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' }), { maxItems: 50 }),
  },
  { additionalProperties: false },
)
export type HandoverForm = Static<typeof HandoverForm>

export const AddendumForm = Type.Object(
  { text: Type.String({ minLength: 1, maxLength: 2_000, pattern: '\\S' }) },
  { additionalProperties: false },
)

/**
 * Calls that came into a queue during the shift, counted as on the shift lead's floor; `missedOpen`: missed calls that
 * nobody has called back, at the moment of publishing.
 */
export const HandoverFigures = Type.Object({
  offered: Type.Integer(),
  answered: Type.Integer(),
  abandoned: Type.Integer(),
  missedOpen: Type.Integer(),
})

/** An unfinished matter, from the note of the shift that first wrote it down. */
export const Matter = Type.Object({
  id: Type.Integer(),
  text: Type.String(),
  day: Day,
  shift: WordId,
  doneAt: orNull(Instant),
  doneBy: orNull(Type.String()),
})
export type Matter = Static<typeof Matter>

/** `doneBy`, `by` and names are people's names; `staff` their ids. */
export const HandoverView = Type.Object({
  id: Type.Integer(),
  day: Day,
  shift: WordId,
  startsAt: Instant,
  endsAt: Instant,
  state: Type.Union([Type.Literal('draft'), Type.Literal('published')]),
  figures: HandoverFigures,
  cases: Type.String(),
  changes: Type.String(),
  equipment: Type.String(),
  note: Type.String(),
  /** This shift's own. */
  matters: Type.Array(Matter),
  /** From earlier shifts: those that were open when this note was published, or are now. */
  carried: Type.Array(Matter),
  addenda: Type.Array(Type.Object({ at: Instant, by: Type.String(), text: Type.String() })),
  signatures: Type.Array(Type.Object({ staff: Type.String(), name: Type.String(), at: Instant })),
  /** Rostered for the shift that follows, and not signed yet. */
  awaited: Type.Array(Type.Object({ staff: Type.String(), name: Type.String() })),
  writtenBy: Type.String(),
  /** Who wrote it has read it, and signs nothing. */
  writtenByMe: Type.Boolean(),
  publishedAt: orNull(Instant),
  signedByMe: Type.Boolean(),
  version: Type.Integer(),
})
export type HandoverView = Static<typeof HandoverView>

export const HandoverRow = Type.Object({
  id: Type.Integer(),
  day: Day,
  shift: WordId,
  startsAt: Instant,
  endsAt: Instant,
  state: HandoverView.properties.state,
  writtenBy: Type.String(),
  publishedAt: orNull(Instant),
  signatures: Type.Integer(),
  openMatters: Type.Integer(),
  signedByMe: Type.Boolean(),
})
export type HandoverRow = Static<typeof HandoverRow>

export const HandoverQuery = Type.Object(
  { cursor: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}_[0-9]{1,15}$' })) },
  { additionalProperties: false },
)
export const HandoverPage = Type.Object({ items: Type.Array(HandoverRow), next: orNull(Type.String()) })
export type HandoverPage = Static<typeof HandoverPage>

/** What stands between me and ready. `hours`: how long a note must be signed; 0 when none need be. */
export const UnreadHandovers = Type.Object({ hours: Type.Integer(), items: Type.Array(HandoverView) })
export type UnreadHandovers = Static<typeof UnreadHandovers>

export const IdParams = Type.Object({ id: Type.String({ pattern: '^[0-9]{1,15}$' }) })
