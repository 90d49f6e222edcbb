import { type Static, type TSchema, Type } from 'typebox'
import { ORDER_STATUSES, PRIORITIES } from '../../cases/life/order.ts'
import { OpeningHoursForm } from '../../floor/lines/index.ts'

const orNull = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()])
const Instant = Type.String({ format: 'date-time' })
const Word = Type.String({ minLength: 1, maxLength: 20, pattern: '\\S' })
const Words = Type.Array(Word, { maxItems: 60, uniqueItems: true })
/** Empty is `required`, and not of a wrong form besides. */
const UnitRef = Type.String({
  minLength: 1,
  pattern: '^([a-z0-9][a-z0-9-]{0,40}|\\{[a-z-]{1,30}\\})?$',
})
const CategoryCode = Type.String({ pattern: '^[0-9](-[0-9]{2}(-[0-9]{3})?)?$' })
const Code = Type.String({ pattern: '^[0-9]{6,15}$' })

const FIELDS = {
  /** A group, an area or an item; null: whatever the order is about. */
  categoryPrefix: orNull(CategoryCode),
  /** Null: anywhere. */
  areaCode: orNull(Code),
  /** On the city's clock and calendar; null: at all times. */
  hours: orNull(Type.Array(OpeningHoursForm, { minItems: 1, maxItems: 20 })),
  /** The text has one of these at least, all of these, none of these. */
  anyWords: Words,
  allWords: Words,
  noWords: Words,
  /** 主办: a unit's id, or one of `PLACEHOLDERS`, which the place fills in. */
  lead: UnitRef,
  /** 协办. */
  coUnits: Type.Array(UnitRef, { maxItems: 5, uniqueItems: true }),
  /** Somebody by name; or the nearest who has a duty and, if it is given, a field (专长). */
  personName: orNull(Type.String({ minLength: 1, maxLength: 40, pattern: '\\S' })),
  personDuty: orNull(Type.Enum(['liaison', 'handler', 'leader', 'expert', 'mediator'])),
  personField: orNull(Word),
  priority: orNull(Type.Enum(['P1', 'P2', 'P3'])),
  /** Where the duty is written down. */
  note: Type.String({ maxLength: 300 }),
}

/** What one kind of order is sent by (派单规则). */
export const DutyRuleForm = Type.Object(FIELDS, { additionalProperties: false })
export type DutyRuleForm = Static<typeof DutyRuleForm>

/** `position`: where it is put in, 1 being the first; else at the end. */
export const NewDutyRuleForm = Type.Object(
  { ...FIELDS, position: Type.Optional(Type.Integer({ minimum: 1 })) },
  { additionalProperties: false },
)
export type NewDutyRuleForm = Static<typeof NewDutyRuleForm>

/** `version` is what a PUT or DELETE names in If-Match. */
export const DutyRuleView = Type.Object({
  id: Type.String(),
  position: Type.Integer(),
  ...FIELDS,
  version: Type.Integer(),
})
export type DutyRuleView = Static<typeof DutyRuleView>

export const DutyRuleParams = Type.Object({ id: Type.String({ format: 'uuid' }) })

/** All of them, in the order wanted. */
export const DutyRuleOrder = Type.Object(
  { ids: Type.Array(Type.String({ format: 'uuid' }), { uniqueItems: true, maxItems: 5_000 }) },
  { additionalProperties: false },
)

/**
 * The words that tell a category or an urgency, by list: a category's code, or `P0-110`, `P0-119`, `P0-120`, `P0-122`,
 * `P1`, `P2`.
 */
export const WordLists = Type.Record(
  Type.String({ maxLength: 20 }),
  Type.Array(Type.String({ maxLength: 100 }), { maxItems: 300 }),
  { maxProperties: 1_000 },
)
export type WordLists = Static<typeof WordLists>

/** `version` is what a PUT names in If-Match: one over all lists. */
export const DispatchWords = Type.Object({ version: Type.Integer(), lists: WordLists })
export type DispatchWords = Static<typeof DispatchWords>

/** What is known of an order so far; the longest texts are those of a work order. */
export const SuggestionForm = Type.Object(
  {
    title: Type.String({ maxLength: 100 }),
    text: Type.String({ maxLength: 8_000 }),
    place: Type.String({ maxLength: 300 }),
    categoryCode: orNull(CategoryCode),
    /** As the agent chose it: the place is then not asked. */
    areaCode: Type.Optional(Code),
    point: Type.Optional(
      Type.Object(
        {
          longitude: Type.Number({ minimum: -180, maximum: 180 }),
          latitude: Type.Number({ minimum: -90, maximum: 90 }),
        },
        { additionalProperties: false },
      ),
    ),
    callerNumber: Type.Optional(Type.String({ maxLength: 40 })),
    /** The order itself, which is not like itself. */
    orderId: Type.Optional(Type.String({ format: 'uuid' })),
    /** When it is sent; now, if it does not say. */
    at: Type.Optional(Instant),
  },
  { additionalProperties: false },
)
export type SuggestionForm = Static<typeof SuggestionForm>

const Named = Type.Object({ code: Type.String(), name: Type.String() })

/** Why a unit is named; a screen has a sentence for each code. */
export const Reason = Type.Union([
  /** Rule `position` of the duty catalogue, as of its `version`; `note` cites the duty. */
  Type.Object({
    code: Type.Literal('rule'),
    rule: Type.String(),
    position: Type.Integer(),
    version: Type.Integer(),
    note: Type.String(),
  }),
  /** `went` of the last `of` such orders in this area went there. */
  Type.Object({
    code: Type.Literal('history'),
    went: Type.Integer(),
    of: Type.Integer(),
    area: Type.String(),
  }),
  /** It answers for the place. */
  Type.Object({ code: Type.Literal('area'), area: Type.String() }),
])
export type Reason = Static<typeof Reason>

/** `alternative`: who might lead it instead. */
export const SuggestedUnit = Type.Object({
  unit: Type.String(),
  name: Type.String(),
  role: Type.Enum(['lead', 'co', 'alternative']),
  person: orNull(Type.String()),
  reasons: Type.Array(Reason),
})
export type SuggestedUnit = Static<typeof SuggestedUnit>

/** `from`: the agent chose it, the place or the text names it, or the caller's last order was there. */
export const SuggestedArea = Type.Object({
  ...Named.properties,
  from: Type.Enum(['given', 'place', 'text', 'caller']),
  /** Two or more when the text may mean any of them: `code` is then the area around them. */
  candidates: Type.Array(Named),
})
export type SuggestedArea = Static<typeof SuggestedArea>

/** The likeliest first, with the words that tell. */
export const SuggestedCategory = Type.Object({ ...Named.properties, words: Type.Array(Type.String()) })
export type SuggestedCategory = Static<typeof SuggestedCategory>

export const SuggestedPriority = Type.Object({
  priority: Type.Enum(PRIORITIES),
  /** For P0: who is called at once. */
  emergency: orNull(Type.Enum(['110', '119', '120', '122'])),
  reason: Type.Union([
    Type.Object({ code: Type.Literal('words'), words: Type.Array(Type.String()) }),
    Type.Object({ code: Type.Literal('rule'), position: Type.Integer(), version: Type.Integer() }),
    Type.Object({ code: Type.Literal('ordinary') }),
  ]),
})
export type SuggestedPriority = Static<typeof SuggestedPriority>

export const SimilarOrder = Type.Object({
  id: Type.String(),
  number: Type.String(),
  title: Type.String(),
  status: Type.Enum(ORDER_STATUSES),
  openedAt: Instant,
  /** 0 to 1: how many pairs of characters both have. */
  similarity: Type.Number(),
})
export type SimilarOrder = Static<typeof SimilarOrder>

export const Suggestion = Type.Object({
  area: orNull(SuggestedArea),
  /** Empty when the agent has chosen one. */
  categories: Type.Array(SuggestedCategory),
  priority: SuggestedPriority,
  units: Type.Array(SuggestedUnit, { maxItems: 3 }),
  similar: Type.Array(SimilarOrder),
})
export type Suggestion = Static<typeof Suggestion>

/** Each rule up to the one that matches: why it was passed over; null for the one that was not. */
export const RuleTrial = Type.Object({
  suggestion: Suggestion,
  tried: Type.Array(
    Type.Object({
      id: Type.String(),
      position: Type.Integer(),
      failed: orNull(Type.Enum(['category', 'area', 'time', 'words', 'no-unit'])),
    }),
  ),
})
export type RuleTrial = Static<typeof RuleTrial>
