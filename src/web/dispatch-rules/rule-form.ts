import type { DutyRuleForm, DutyRuleView } from '../../casework/dispatch/schema.ts'

export const RULE_FIELDS = [
  'categoryPrefix',
  'areaCode',
  'anyWords',
  'allWords',
  'noWords',
  'hours',
  'lead',
  'coUnits',
  'personName',
  'personDuty',
  'personField',
  'priority',
  'note',
] as const satisfies readonly (keyof DutyRuleForm)[]

export const BLANK_RULE: DutyRuleForm = {
  categoryPrefix: null,
  areaCode: null,
  hours: null,
  anyWords: [],
  allWords: [],
  noWords: [],
  lead: '',
  coUnits: [],
  personName: null,
  personDuty: null,
  personField: null,
  priority: null,
  note: '',
}

export const PERSON_DUTIES = ['handler', 'liaison', 'leader', 'expert', 'mediator'] as const
export const RULE_PRIORITIES = ['P1', 'P2', 'P3'] as const

/** The units that a place fills in, as a rule names them in braces. */
export const LOCAL_UNITS = ['community', 'street', 'district', 'justice-office'] as const

export function formOf({ id: _, position: __, version: ___, ...form }: DutyRuleView): DutyRuleForm {
  return form
}

/** What is found by typing: every part that the list shows. */
export function rulesShown(
  rules: readonly DutyRuleView[],
  search: string,
  textOf: (rule: DutyRuleView) => string,
): readonly DutyRuleView[] {
  const words = search.trim().toLowerCase().split(/\s+/)
  return rules.filter(rule => {
    const text = textOf(rule).toLowerCase()
    return words.every(word => text.includes(word))
  })
}

/** Of two orders that differ by one moved rule, where it was and where it is, 1 being the first; null: they are the same. */
export function moveBetween(
  before: readonly unknown[],
  after: readonly unknown[],
): { readonly from: number; readonly to: number } | null {
  const first = after.findIndex((id, index) => id !== before[index])
  if (first < 0) return null
  const last = after.findLastIndex((id, index) => id !== before[index])
  const wentUp = after[first] === before[last]
  return wentUp ? { from: last + 1, to: first + 1 } : { from: first + 1, to: last + 1 }
}

/** The ids with one of them at another place, 1 being the first. */
export function movedTo(ids: readonly string[], id: string, position: number): readonly string[] {
  const others = ids.filter(one => one !== id)
  return others.toSpliced(position - 1, 0, id)
}
