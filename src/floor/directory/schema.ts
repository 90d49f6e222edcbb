import { type Static, type TSchema, Type } from 'typebox'

const orNull = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()])

const FIELDS = {
  /** Blanks alone are no name. */
  name: Type.String({ minLength: 1, maxLength: 60, pattern: '\\S' }),
  /** 部门, 应急, 其他. */
  kind: Type.Union([Type.Literal('department'), Type.Literal('emergency'), Type.Literal('other')]),
  /** Exactly one of number, queue and line is given: where the call goes. */
  number: orNull(Type.String({ pattern: '^[0-9]{3,20}$' })),
  queue: orNull(Type.String({ minLength: 1, maxLength: 40 })),
  line: orNull(Type.String({ pattern: '^[0-9+*#]{2,20}$' })),
  /** When somebody is there, as people say it. */
  dutyHours: Type.String({ maxLength: 100 }),
  active: Type.Boolean(),
}

export const DirectoryForm = Type.Object(FIELDS, { additionalProperties: false })
export type DirectoryForm = Static<typeof DirectoryForm>

/** Whom a caller can be put through to. `version` is what a PUT names in If-Match. */
export const DirectoryEntry = Type.Object({ id: Type.String(), ...FIELDS, version: Type.Integer() })
export type DirectoryEntry = Static<typeof DirectoryEntry>

export const DirectoryQuery = Type.Object(
  {
    /** Part of a name, or of what leads there. */
    search: Type.Optional(Type.String({ maxLength: 60 })),
    kind: Type.Optional(FIELDS.kind),
  },
  { additionalProperties: false },
)
export type DirectoryQuery = Static<typeof DirectoryQuery>

export const DirectoryParams = Type.Object({ id: Type.String({ format: 'uuid' }) })
