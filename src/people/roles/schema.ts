import { type Static, Type } from 'typebox'
import { RIGHTS } from '../../cases/rights.ts'

export const RightSchema = Type.Enum(RIGHTS)

/** A role that somebody holds; `unit` is null for one over the whole city. */
export const GrantSchema = Type.Object(
  {
    role: Type.String({ minLength: 1, maxLength: 40 }),
    unit: Type.Union([Type.String({ minLength: 1, maxLength: 41 }), Type.Null()]),
  },
  { additionalProperties: false },
)

export const GrantedUnit = Type.Object({ id: Type.String(), nameZh: Type.String() })

export const Role = Type.Object({
  code: Type.String(),
  nameZh: Type.String(),
  nameEn: Type.String(),
  rights: Type.Array(RightSchema),
  overUnit: Type.Boolean(),
  version: Type.Integer(),
})
export type Role = Static<typeof Role>
