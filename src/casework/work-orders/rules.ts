import { type Outcome, ok } from '#kernel/outcome.ts'
import type { WorkOrderForm } from './schema.ts'

/** What a code names, as the tables know it. */
export interface KnownCodes {
  readonly type: boolean
  /** The category exists and is an item, the lowest level. */
  readonly categoryItem: boolean
  readonly area: boolean
}

/** A registered order has a type, a category and a title. */
export function checkForm(form: WorkOrderForm, known: KnownCodes): Outcome<WorkOrderForm> {
  const fields: Record<string, string> = {}
  if (form.typeCode === null) fields.typeCode = 'required'
  else if (!known.type) fields.typeCode = 'unknown'
  if (form.categoryCode === null) fields.categoryCode = 'required'
  else if (!known.categoryItem) fields.categoryCode = 'unknown'
  if (form.areaCode !== undefined && form.areaCode !== null && !known.area) fields.areaCode = 'unknown'
  if (form.title.trim() === '') fields.title = 'required'
  if (Object.keys(fields).length > 0) return { ok: false, refusal: { code: 'bad-input', fields } }
  return ok({ ...form, title: form.title.trim(), place: form.place.trim() })
}
