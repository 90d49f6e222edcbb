import { type Static, Type } from 'typebox'

const SeatNumberText = Type.String({ pattern: '^[0-9]{4}$' })
const LineNumberText = Type.String({ pattern: '^[0-9+*#]{2,20}$' })
/** Looked at by the rules, which say what is wrong with it. */
const NumberText = Type.String({ minLength: 1, maxLength: 40 })
const exactly = { additionalProperties: false }

export const TransferTargetForm = Type.Union([
  Type.Object({ kind: Type.Literal('seat'), seat: SeatNumberText }, exactly),
  Type.Object({ kind: Type.Literal('queue'), queue: Type.String({ minLength: 1, maxLength: 40 }) }, exactly),
  /** Goes to the line's queue. */
  Type.Object({ kind: Type.Literal('line'), line: LineNumberText }, exactly),
  /** An entry of the directory. */
  Type.Object({ kind: Type.Literal('entry'), id: Type.String({ format: 'uuid' }) }, exactly),
  Type.Object({ kind: Type.Literal('outside'), number: NumberText }, exactly),
])
export type TransferTargetForm = Static<typeof TransferTargetForm>

export const TransferBody = Type.Object(
  {
    target: TransferTargetForm,
    /** Handed on at once; asked first while the citizen hears music; a talk of three. */
    how: Type.Union([Type.Literal('blind'), Type.Literal('consult'), Type.Literal('conference')]),
  },
  exactly,
)
export type TransferBody = Static<typeof TransferBody>

export const MuteBody = Type.Object({ muted: Type.Boolean() }, exactly)

/** Keys of the telephone (RFC 4733). */
export const DigitsBody = Type.Object({ digits: Type.String({ pattern: '^[0-9*#]{1,32}$' }) }, exactly)

export const DialBody = Type.Object(
  {
    number: NumberText,
    /** The entry of the missed-call list that this answers; it is claimed for the one who dials. */
    missedCall: Type.Optional(Type.Integer({ minimum: 1 })),
    /** Whose number the citizen sees; left out: the hotline's main one. */
    line: Type.Optional(LineNumberText),
  },
  exactly,
)
export type DialBody = Static<typeof DialBody>

export const AutoAnswerBody = Type.Object({ on: Type.Boolean() }, exactly)
