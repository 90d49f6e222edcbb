import type { FieldView } from './fields.ts'
import type { ChangedPart } from './history-drawer.tsx'
import { isSame } from './merge.ts'

/**
 * The parts of a form that a change touched. What was added is shown whole; `is` tells a side that this page knows
 * how to show from one of another time.
 */
export function changedParts<Form extends object>(
  fields: readonly FieldView<Form>[],
  before: object | null,
  after: object | null,
  is: (side: object) => side is Form,
): readonly ChangedPart[] {
  const one = before !== null && is(before) ? before : null
  const other = after !== null && is(after) ? after : null
  return fields
    .filter(({ field }) => one === null || other === null || !isSame(one[field], other[field]))
    .map(({ label, show }) => ({
      label,
      before: one === null ? null : show(one),
      after: other === null ? null : show(other),
    }))
    .filter(part => part.before !== null || part.after !== null)
}

/** Whether all of these are there: what was recorded under an older form is not shown as one of today's. */
export function hasFields<Form extends object>(
  fields: readonly (keyof Form & string)[],
): (side: object) => side is Form {
  return (side): side is Form => fields.every(field => field in side)
}
