import type { OpeningHours } from '#database/types.ts'
import type { UnitId } from '#kernel/ids.ts'
import { badInput, type Outcome, ok } from '#kernel/outcome.ts'
import type { Instant } from '#kernel/time.ts'
import type { CityCalendar } from '../../floor/calendar/index.ts'
import { isDenied, withoutArea } from '../../floor/call-control/index.ts'
import { isOpen } from '../../floor/lines/index.ts'
import { sameNumber } from '../citizens/index.ts'
import type { ContactForm, UnitForm } from './schema.ts'
import type { UnitTree } from './tree.ts'

/** What a form may name. */
export interface Known {
  readonly area: boolean
  /** Contacts that the unit has already. */
  readonly contacts: ReadonlySet<string>
  readonly staff: ReadonlySet<string>
  /** Numbers of the hotline itself. */
  readonly ours: ReadonlySet<string>
  /** Numbers that begin so are called for nobody. */
  readonly deniedPrefixes: readonly string[]
}

export function checkUnit(given: UnitForm, known: Known): Outcome<UnitForm> {
  const form = trimmed(given)
  const problems: Record<string, string> = { ...hoursProblems('dutyHours', form.dutyHours) }
  if (form.name === '') problems.name = 'required'
  if (!known.area) problems.area = 'unknown'
  form.phones.forEach((phone, index) => {
    Object.assign(problems, phoneProblems(`phones.${index}`, phone, known))
  })
  const seen = new Set<string>()
  form.contacts.forEach((contact, index) => {
    Object.assign(problems, contactProblems(`contacts.${index}`, contact, known))
    if (contact.id === undefined) return
    if (seen.has(contact.id)) problems[`contacts.${index}.id`] = 'repeated'
    seen.add(contact.id)
  })
  return Object.keys(problems).length > 0 ? badInput(problems) : ok(form)
}

/** Experts and mediators are looked for by their field; to others none belongs. */
export function hasField(duty: ContactForm['duty']): boolean {
  return duty === 'expert' || duty === 'mediator'
}

function contactProblems(at: string, contact: ContactForm, known: Known): Record<string, string> {
  const problems: Record<string, string> = {
    ...hoursProblems(`${at}.hours`, contact.hours),
    ...(contact.phone === null ? {} : phoneProblems(`${at}.phone`, contact.phone, known)),
  }
  if (contact.name === '') problems[`${at}.name`] = 'required'
  if (contact.id !== undefined && !known.contacts.has(contact.id)) problems[`${at}.id`] = 'unknown'
  if (contact.staff !== null && !known.staff.has(contact.staff)) problems[`${at}.staff`] = 'unknown'
  if (hasField(contact.duty) && contact.field === null) problems[`${at}.field`] = 'required'
  if (!hasField(contact.duty) && contact.field !== null) problems[`${at}.field`] = 'not-a-field'
  return problems
}

/** A unit is called at its telephones: by a number of ours calls would go round, by another they would cost money. */
function phoneProblems(at: string, phone: string, { ours, deniedPrefixes }: Known): Record<string, string> {
  if (dialledForms(phone).some(form => ours.has(form))) return { [at]: 'number-is-ours' }
  return isDenied(sameNumber(phone), deniedPrefixes) ? { [at]: 'number-not-allowed' } : {}
}

/** With and without its area code: a carrier brings both back to us. */
export function dialledForms(phone: string): readonly string[] {
  const number = sameNumber(phone)
  return [...new Set([number, withoutArea(number)])]
}

function hoursProblems(at: string, hours: readonly OpeningHours[] | null): Record<string, string> {
  const wrong = (hours ?? []).flatMap(({ from, to }, index) => (from === to ? [index] : []))
  return Object.fromEntries(wrong.map(index => [`${at}.${index}.to`, 'same-as-from']))
}

function trimmed(form: UnitForm): UnitForm {
  return {
    ...form,
    name: form.name.trim(),
    aliases: form.aliases.map(alias => alias.trim()),
    contacts: form.contacts.map(contact => ({
      ...contact,
      name: contact.name.trim(),
      // Blanks alone are no field.
      field: contact.field?.trim() || null,
    })),
  }
}

/** Where a unit may hang: below one that is there and open, and not below itself. */
export function checkParent(tree: UnitTree, parent: UnitId, moved: UnitId | null): Outcome<void> {
  const above = tree.unit(parent)
  if (above === null) return badInput({ parent: 'unknown' })
  if (moved !== null && above.path.includes(moved)) return badInput({ parent: 'below-itself' })
  return above.closed ? badInput({ parent: 'closed' }) : ok(undefined)
}

/** The contacts who are at hand at this moment. */
export function onDuty<Contact extends { readonly hours: readonly OpeningHours[] | null }>(
  dutyHours: readonly OpeningHours[] | null,
  contacts: readonly Contact[],
  at: Instant,
  calendar: CityCalendar,
): readonly Contact[] {
  return contacts.filter(({ hours }) => isOpen(hours ?? dutyHours, at, calendar))
}
