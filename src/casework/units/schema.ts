import { type Static, type TSchema, Type } from 'typebox'
import { OpeningHoursForm } from '../../floor/lines/index.ts'

const orNull = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()])
const UnitIdText = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,40}$' })
const Phone = Type.String({ pattern: '^\\+?[0-9][0-9-]{2,19}$' })
const Name = Type.String({ minLength: 1, maxLength: 60 })
/** Null: round the clock, or for a contact the unit's own. */
const Hours = orNull(Type.Array(OpeningHoursForm, { minItems: 1, maxItems: 20 }))

/** 城市, 区, 街道/镇, 社区/村, 委办局, 下属机构, 公用事业, 枢纽. */
export const UnitKind = Type.Union([
  Type.Literal('city'),
  Type.Literal('district'),
  Type.Literal('street'),
  Type.Literal('community'),
  Type.Literal('bureau'),
  Type.Literal('office'),
  Type.Literal('utility'),
  Type.Literal('hub'),
])

const CONTACT = {
  /** 联络员, 专职办理人员, 负责人, 行业专家, 人民调解员. */
  duty: Type.Union([
    Type.Literal('liaison'),
    Type.Literal('handler'),
    Type.Literal('leader'),
    Type.Literal('expert'),
    Type.Literal('mediator'),
  ]),
  name: Name,
  phone: orNull(Phone),
  /** The account of this person, where there is one. */
  staff: orNull(Type.String({ format: 'uuid' })),
  /** 专长: of experts and mediators, and of nobody else. */
  field: orNull(Name),
  /** Null: at hand whenever the unit is. */
  hours: Hours,
}

/** Without an id: somebody new. Whoever is not named goes. */
export const ContactForm = Type.Object(
  { id: Type.Optional(Type.String({ format: 'uuid' })), ...CONTACT },
  { additionalProperties: false },
)
export type ContactForm = Static<typeof ContactForm>

const FIELDS = {
  name: Name,
  /** What people call it, for searching: 住建局, 物业. */
  aliases: Type.Array(Type.String({ minLength: 1, maxLength: 40, pattern: '\\S' }), {
    maxItems: 40,
    uniqueItems: true,
  }),
  kind: UnitKind,
  area: orNull(Type.String({ pattern: '^[0-9]{6,15}$' })),
  phones: Type.Array(Phone, { maxItems: 10, uniqueItems: true }),
  /** Null: round the clock. */
  dutyHours: Hours,
  takesOrders: Type.Boolean(),
}

export const UnitForm = Type.Object(
  { ...FIELDS, contacts: Type.Array(ContactForm, { maxItems: 100 }) },
  { additionalProperties: false },
)
export type UnitForm = Static<typeof UnitForm>

/** `parent` may be null for the very first unit only: it is the root of all. */
export const NewUnitForm = Type.Object(
  { id: UnitIdText, parent: orNull(UnitIdText), ...UnitForm.properties },
  { additionalProperties: false },
)
export type NewUnitForm = Static<typeof NewUnitForm>

export const MoveForm = Type.Object({ parent: UnitIdText }, { additionalProperties: false })
export const CloseForm = Type.Object({ closed: Type.Boolean() }, { additionalProperties: false })

/** A unit in the tree. `openOrders`: assignments of its own that it has still to answer. */
export const UnitRow = Type.Object({
  id: Type.String(),
  parent: orNull(Type.String()),
  name: Type.String(),
  aliases: Type.Array(Type.String()),
  kind: UnitKind,
  area: FIELDS.area,
  takesOrders: Type.Boolean(),
  closed: Type.Boolean(),
  openOrders: Type.Integer(),
})
export type UnitRow = Static<typeof UnitRow>

/**
 * One unit (承办单位). `path` goes from the root to the unit itself; `onDuty` names the contacts at hand now; `version`
 * is what a PUT names in If-Match.
 */
export const UnitView = Type.Object({
  id: Type.String(),
  parent: orNull(Type.String()),
  path: Type.Array(Type.String()),
  ...FIELDS,
  contacts: Type.Array(Type.Object({ id: Type.String(), ...CONTACT })),
  closed: Type.Boolean(),
  onDuty: Type.Array(Type.String()),
  version: Type.Integer(),
})
export type UnitView = Static<typeof UnitView>

export const UnitQuery = Type.Object(
  {
    /** Part of a name, of what people call it, or of the id. */
    search: Type.Optional(Type.String({ maxLength: 60 })),
  },
  { additionalProperties: false },
)
export type UnitQuery = Static<typeof UnitQuery>

export const UnitParams = Type.Object({ id: UnitIdText })

/** An area of the city; a code begins with that of the area around it. */
export const AreaView = Type.Object({
  code: Type.String(),
  parent: orNull(Type.String()),
  name: Type.String(),
  aliases: Type.Array(Type.String()),
})
export type AreaView = Static<typeof AreaView>
