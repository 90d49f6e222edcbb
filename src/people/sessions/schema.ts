import { type Static, Type } from 'typebox'
import { GrantedUnit, RightSchema } from '../roles/index.ts'

export const RoleSchema = Type.Union([
  Type.Literal('agent'),
  Type.Literal('shift-lead'),
  Type.Literal('quality'),
  Type.Literal('admin'),
  Type.Literal('caseworker'),
])

export const SignInBody = Type.Object(
  {
    login: Type.String({ minLength: 1, maxLength: 64 }),
    password: Type.String({ minLength: 1, maxLength: 256 }),
  },
  { additionalProperties: false },
)

/** Who is signed in; `seat` is the seat taken, if any. `rights` are held over the city or over any of `units`. */
export const Me = Type.Object({
  id: Type.String(),
  name: Type.String(),
  login: Type.String(),
  role: RoleSchema,
  agentNumber: Type.Union([Type.String(), Type.Null()]),
  seat: Type.Union([Type.String(), Type.Null()]),
  rights: Type.Array(RightSchema),
  units: Type.Array(GrantedUnit),
})
export type Me = Static<typeof Me>
