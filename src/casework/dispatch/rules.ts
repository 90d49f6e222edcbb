import type { AreaCode, UnitId } from '#kernel/ids.ts'
import { badInput, type Outcome, ok } from '#kernel/outcome.ts'
import type { Instant } from '#kernel/time.ts'
import { isOpen } from '../../floor/lines/index.ts'
import type { StaffActor } from '../../people/roles/index.ts'
import type { Contact, DispatchCatalogue, DutyRule } from './catalogue.ts'
import { PLACEHOLDERS } from './catalogue.ts'
import type { DutyRuleForm } from './schema.ts'
import { plainText } from './word-index.ts'

/** Whoever registers or sends orders: the answer tells of orders that others may not read. */
export function mayAsk({ city }: Pick<StaffActor, 'city'>): boolean {
  return city.has('order.register') || city.has('order.dispatch')
}

/** An order as far as it is known. */
export interface Question {
  readonly categoryCode: string | null
  readonly area: AreaCode | null
  /** All that the citizen said, the place with it. */
  readonly text: string
  readonly at: Instant
}

/** Whom a rule names. The person belongs to one of the units. */
export interface Match {
  readonly rule: DutyRule
  readonly lead: UnitId
  readonly coUnits: readonly UnitId[]
  readonly person: { readonly unit: UnitId; readonly name: string } | null
}

export type WhyNot = 'category' | 'area' | 'time' | 'words' | 'no-unit'

export interface Trial {
  readonly tried: readonly { readonly rule: DutyRule; readonly failed: WhyNot | null }[]
  readonly match: Match | null
}

/** The rules in order up to the first that matches and has a lead that takes orders. */
export function tryRules(question: Question, catalogue: DispatchCatalogue): Trial {
  const text = plainText(question.text)
  const chain = new Set(catalogue.areas.chain(question.area))
  const tried: { rule: DutyRule; failed: WhyNot | null }[] = []
  for (const rule of catalogue.rules) {
    const failed = whyNot(rule, question, text, chain, catalogue)
    const match = failed === null ? resolve(rule, question, catalogue) : null
    tried.push({ rule, failed: failed ?? (match === null ? 'no-unit' : null) })
    if (match !== null) return { tried, match }
  }
  return { tried, match: null }
}

function whyNot(
  rule: DispatchCatalogue['rules'][number],
  { categoryCode, at }: Question,
  text: string,
  chain: ReadonlySet<AreaCode>,
  { calendar }: DispatchCatalogue,
): WhyNot | null {
  if (rule.categoryPrefix !== null && !isWithin(categoryCode, rule.categoryPrefix)) return 'category'
  if (rule.areaCode !== null && !chain.has(rule.areaCode)) return 'area'
  const { any, all, none } = rule.plain
  const has = (word: string) => text.includes(word)
  if ((any.length > 0 && !any.some(has)) || !all.every(has) || none.some(has)) return 'words'
  return isOpen(rule.hours, at, calendar) ? null : 'time'
}

/** Whether a category is the one named or lies in it: 1-04-002 is within 1-04. */
function isWithin(code: string | null, prefix: string): boolean {
  return code !== null && (code === prefix || code.startsWith(`${prefix}-`))
}

function resolve(rule: DutyRule, question: Question, catalogue: DispatchCatalogue): Match | null {
  const { area } = question
  const lead = catalogue.unit(rule.lead, area)
  if (lead === null) return null
  const coUnits = new Set(rule.coUnits.map(ref => catalogue.unit(ref, area)).filter(unit => unit !== null))
  coUnits.delete(lead)
  const person = personOf(rule, [lead, ...coUnits], question, catalogue)
  if (person !== null && person.unit !== lead) coUnits.add(person.unit)
  return { rule, lead, coUnits: [...coUnits], person }
}

/**
 * Whoever is named; or of those who fit one of the units themselves, else one near the place, else any in the city; of
 * several there, one who is at hand.
 */
function personOf(
  { personName, personDuty, personField }: DutyRule,
  units: readonly UnitId[],
  { area, at }: Question,
  catalogue: DispatchCatalogue,
): Match['person'] {
  if (personName === null && personDuty === null) return null
  const fits = ({ name, duty, field }: Contact) =>
    personName === null
      ? duty === personDuty && (personField === null || (field ?? '').includes(personField))
      : name === personName
  const chain = catalogue.areas.chain(area)
  /** Smaller is nearer. */
  const distance = ({ unit }: Contact) => {
    if (units.includes(unit)) return units.indexOf(unit) - units.length
    const area = catalogue.units.get(unit)?.area ?? null
    return area !== null && chain.includes(area) ? chain.indexOf(area) : chain.length
  }
  const away = ({ hours }: Contact) => (isOpen(hours, at, catalogue.calendar) ? 0 : 1)
  const nearest = catalogue.contacts
    .filter(fits)
    .toSorted((a, b) => distance(a) - distance(b) || away(a) - away(b))[0]
  return nearest === undefined ? null : { unit: nearest.unit, name: nearest.name }
}

/** What a form may name. */
export interface Known {
  readonly categories: { has(code: string): boolean }
  readonly areas: { has(code: string): boolean }
  readonly units: { has(id: string): boolean }
}

/** Every wrong field is named: codes that nothing has, a unit twice, a person told in two ways. */
export function checkRule(form: DutyRuleForm, known: Known): Outcome<DutyRuleForm> {
  const problems: Record<string, string> = {}
  const { categoryPrefix, areaCode, lead, coUnits, hours } = form
  if (categoryPrefix !== null && !known.categories.has(categoryPrefix)) problems.categoryPrefix = 'unknown'
  if (areaCode !== null && !known.areas.has(areaCode)) problems.areaCode = 'unknown'
  const isUnit = (ref: string) => PLACEHOLDERS.includes(ref) || known.units.has(ref)
  if (!isUnit(lead)) problems.lead = 'unknown'
  coUnits.forEach((ref, index) => {
    if (!isUnit(ref)) problems[`coUnits.${index}`] = 'unknown'
    else if (ref === lead) problems[`coUnits.${index}`] = 'same-as-lead'
  })
  hours?.forEach(({ from, to }, index) => {
    if (from === to) problems[`hours.${index}.to`] = 'same-as-from'
  })
  if (form.personName !== null && form.personDuty !== null) problems.personDuty = 'not-with-name'
  if (form.personField !== null && form.personDuty === null) problems.personField = 'needs-duty'
  return Object.keys(problems).length > 0 ? badInput(problems) : ok(trimmed(form))
}

function trimmed(form: DutyRuleForm): DutyRuleForm {
  const each = (words: readonly string[]) => [...new Set(words.map(word => word.trim()))]
  return {
    ...form,
    anyWords: each(form.anyWords),
    allWords: each(form.allWords),
    noWords: each(form.noWords),
    personName: form.personName?.trim() ?? null,
    personField: form.personField?.trim() ?? null,
    note: form.note.trim(),
  }
}
