import type { UnitForm, UnitRow } from '../../casework/units/schema.ts'
import { useWords } from '../kit/language.tsx'
import { useHoursText } from '../lines/line-words.ts'
import type { FieldView } from '../settings/fields.ts'
import { isSame } from '../settings/merge.ts'
import { type Hours, WHOLE_WEEK } from './unit-form.ts'
import { useAreaNames } from './use-area-names.ts'

/** When a contact is at hand, in one line. */
export function useContactHours(): (hours: Hours) => string {
  const { t } = useWords()
  const hoursText = useHoursText()
  return hours => {
    if (hours === null) return t('units.contact.hours.own')
    return isSame(hours, WHOLE_WEEK) ? t('units.always') : hoursText(hours).replaceAll('\n', '；')
  }
}

/** The parts of a unit that one form edits, in words. */
export function useUnitFields(): readonly FieldView<UnitForm>[] {
  const { t } = useWords()
  const hoursText = useHoursText()
  const contactHours = useContactHours()
  const areaName = useAreaNames()
  const none = t('settings.none')
  const contactText = ({ duty, name, phone, field, hours }: UnitForm['contacts'][number]) =>
    [t(`units.duty.${duty}`), name, field, phone, hours === null ? null : contactHours(hours)]
      .filter(part => part !== null)
      .join(' · ')
  return [
    { field: 'name', label: t('units.name'), show: form => form.name },
    { field: 'aliases', label: t('units.aliases'), show: form => form.aliases.join('、') || none },
    { field: 'kind', label: t('units.kind'), show: form => t(`units.kind.${form.kind}`) },
    {
      field: 'area',
      label: t('units.area'),
      show: form => (form.area === null ? none : areaName(form.area)),
    },
    { field: 'phones', label: t('units.phones'), show: form => form.phones.join('、') || none },
    { field: 'dutyHours', label: t('units.dutyHours'), show: form => hoursText(form.dutyHours) },
    {
      field: 'takesOrders',
      label: t('units.takesOrders'),
      show: form => t(form.takesOrders ? 'yes-no.yes' : 'yes-no.no'),
    },
    {
      field: 'contacts',
      label: t('units.contacts'),
      show: form => form.contacts.map(contactText).join('\n') || none,
    },
  ]
}

/** What is on record beside the form: where the unit hangs, and whether it is closed. */
export type UnitSide = UnitForm & { readonly parent: string | null; readonly closed: boolean }

export function useRecordedFields(units: readonly UnitRow[]): readonly FieldView<UnitSide>[] {
  const { t } = useWords()
  const nameOf = (id: string | null) => units.find(unit => unit.id === id)?.name ?? id ?? t('settings.none')
  return [
    ...useUnitFields(),
    { field: 'parent', label: t('units.parent'), show: ({ parent }) => nameOf(parent) },
    {
      field: 'closed',
      label: t('units.closed.field'),
      show: ({ closed }) => t(closed ? 'yes-no.yes' : 'yes-no.no'),
    },
  ]
}
