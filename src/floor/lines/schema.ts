import { type Static, Type } from 'typebox'

/** A number that citizens dial. mergeMode: 并入, 双号并行, 设分中心. */
export const LineView = Type.Object({
  number: Type.String(),
  name: Type.String(),
  mergeMode: Type.Union([Type.Literal('merged'), Type.Literal('parallel'), Type.Literal('sub-centre')]),
  queue: Type.String(),
  greets: Type.Boolean(),
  active: Type.Boolean(),
})
export type LineView = Static<typeof LineView>
