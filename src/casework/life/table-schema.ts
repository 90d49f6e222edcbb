import { type Static, Type } from 'typebox'
import type { LifeTable } from '../../cases/life/table.ts'

const exactly = { additionalProperties: false } as const
const Name = Type.String({ minLength: 1, maxLength: 40 })
const Names = Type.Array(Name, { maxItems: 40 })

const Who = Type.Union([Type.Object({ right: Name, over: Name }, exactly), Type.Literal('service')])
const Move = Type.Object(
  { from: Names, to: Names, who: Type.Array(Who, { maxItems: 20 }), guards: Names },
  exactly,
)

/** The table's shape; whether its words are known and its ways lead anywhere is checked beyond this. */
const Table = Type.Unsafe<LifeTable>(
  Type.Object(
    { moves: Type.Record(Type.String(), Move), numbers: Type.Record(Type.String(), Type.Number()) },
    exactly,
  ),
)

/** The version that orders begin with now. */
export const LifeTableView = Type.Object({ version: Type.Integer(), table: Table })
export type LifeTableView = Static<typeof LifeTableView>

/** A version as it was published; `publishedBy` is null for what a city begins with. */
export const LifeTableVersion = Type.Object({
  version: Type.Integer(),
  why: Type.String(),
  publishedBy: Type.Union([Type.String(), Type.Null()]),
  at: Type.String({ format: 'date-time' }),
})
export type LifeTableVersion = Static<typeof LifeTableVersion>

export const LifeTableForm = Type.Object(
  { table: Table, why: Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' }) },
  exactly,
)
export type LifeTableForm = Static<typeof LifeTableForm>
