import type { UnitForm, UnitView } from '../../casework/units/schema.ts'

export type Contact = UnitForm['contacts'][number]
export type Hours = UnitForm['dutyHours']

/** In the order in which somebody is looked for. */
export const DUTIES = [
  'leader',
  'liaison',
  'handler',
  'expert',
  'mediator',
] as const satisfies readonly Contact['duty'][]

export const KINDS = [
  'city',
  'district',
  'street',
  'community',
  'bureau',
  'office',
  'utility',
  'hub',
] as const satisfies readonly UnitForm['kind'][]

/** What usually hangs below a unit of a kind. */
const BELOW: Readonly<Partial<Record<UnitForm['kind'], UnitForm['kind']>>> = {
  district: 'street',
  street: 'community',
  bureau: 'office',
  office: 'office',
}

/** A unit that is to be added. @param above the kind of the one it hangs below; null: it is the first of all */
export function blankBelow(above: UnitForm['kind'] | null): UnitForm {
  return {
    name: '',
    aliases: [],
    kind: above === null ? 'city' : (BELOW[above] ?? 'bureau'),
    area: null,
    phones: [],
    dutyHours: null,
    takesOrders: true,
    contacts: [],
  }
}

export const BLANK_CONTACT: Contact = {
  duty: 'handler',
  name: '',
  phone: null,
  staff: null,
  field: null,
  hours: null,
}

/** Every hour of the week, for a contact whose unit is not there all the time. */
export const WHOLE_WEEK: NonNullable<Hours> = [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' }]

export function formOf(unit: UnitView): UnitForm {
  const { name, aliases, kind, area, phones, dutyHours, takesOrders, contacts } = unit
  return { name, aliases, kind, area, phones, dutyHours, takesOrders, contacts }
}

/** Experts and mediators are looked for by their field. */
export function hasField(duty: Contact['duty']): boolean {
  return duty === 'expert' || duty === 'mediator'
}

/** With another duty: a field stays only where one belongs. */
export function withDuty(contact: Contact, duty: Contact['duty']): Contact {
  return { ...contact, duty, field: hasField(duty) ? contact.field : null }
}
