import { type Static, Type } from 'typebox'

const LineNumberText = Type.String({ pattern: '^[0-9+*#]{2,20}$' })
const PhoneNumber = Type.String({ pattern: '^\\+?[0-9]{3,20}$' })
const Instant = Type.String({ format: 'date-time' })

/**
 * One span of opening hours on the city's clock: ISO weekdays (1 is Monday) on which it begins, and from when
 * to when. It ends on the next day when `to` is not after `from`'s time of day.
 */
export const OpeningHoursForm = Type.Object(
  {
    days: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { minItems: 1, uniqueItems: true }),
    from: Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' }),
    to: Type.String({ pattern: '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$' }),
  },
  { additionalProperties: false },
)

const FIELDS = {
  name: Type.String({ minLength: 1, maxLength: 60 }),
  /** 并入, 双号并行, 设分中心. */
  mergeMode: Type.Union([Type.Literal('merged'), Type.Literal('parallel'), Type.Literal('sub-centre')]),
  queue: Type.String({ minLength: 1, maxLength: 40 }),
  greets: Type.Boolean(),
  /** Null: round the clock. */
  hours: Type.Union([Type.Array(OpeningHoursForm, { minItems: 1, maxItems: 20 }), Type.Null()]),
  active: Type.Boolean(),
}

export const LineForm = Type.Object(FIELDS, { additionalProperties: false })
export type LineForm = Static<typeof LineForm>

export const NewLineForm = Type.Object({ number: LineNumberText, ...FIELDS }, { additionalProperties: false })

/** A number that citizens dial. `version` is what a PUT names in If-Match. */
export const LineView = Type.Object({ number: Type.String(), ...FIELDS, version: Type.Integer() })
export type LineView = Static<typeof LineView>

export const LineImportForm = Type.Object(
  {
    /** The table with its titles, as the export has it; commas or tabs. */
    csv: Type.String({ minLength: 1, maxLength: 100_000 }),
  },
  { additionalProperties: false },
)

export const LineImportQuery = Type.Object(
  { dryRun: Type.Optional(Type.Union([Type.Literal('true'), Type.Literal('false')])) },
  { additionalProperties: false },
)

/**
 * What an import does with each row, in the order of the table. `row` is the line of the text, 1 the titles;
 * `fields` what differs from the line as it is; `problems` what is wrong, by column.
 */
export const LineImport = Type.Object({
  rows: Type.Array(
    Type.Object({
      row: Type.Integer(),
      number: Type.String(),
      name: Type.String(),
      what: Type.Union([
        Type.Literal('new'),
        Type.Literal('changed'),
        Type.Literal('same'),
        Type.Literal('wrong'),
      ]),
      fields: Type.Array(Type.String()),
      problems: Type.Record(Type.String(), Type.String()),
    }),
  ),
  saved: Type.Boolean(),
})
export type LineImport = Static<typeof LineImport>

export const LineParams = Type.Object({ number: LineNumberText })

/** A caller (恶意骚扰) who is told so and let go, until `expiresAt`. `approvedBy` is somebody else than who asks. */
export const BlockForm = Type.Object(
  {
    number: PhoneNumber,
    reason: Type.String({ minLength: 1, maxLength: 300 }),
    approvedBy: Type.String({ format: 'uuid' }),
    expiresAt: Instant,
  },
  { additionalProperties: false },
)
export type BlockForm = Static<typeof BlockForm>

export const BlockedNumber = Type.Object({
  id: Type.String(),
  number: Type.String(),
  reason: Type.String(),
  createdBy: Type.String(),
  createdByName: Type.String(),
  approvedBy: Type.String(),
  approvedByName: Type.String(),
  createdAt: Instant,
  expiresAt: Instant,
  expired: Type.Boolean(),
})
export type BlockedNumber = Static<typeof BlockedNumber>

export const BlockedNumberParams = Type.Object({ id: Type.String({ format: 'uuid' }) })
