import { useMemo } from 'react'
import type { DutyRuleForm } from '../../casework/dispatch/schema.ts'
import { useCategories } from '../agent/use-catalogues.ts'
import { useWords } from '../kit/language.tsx'
import { useHoursText } from '../lines/line-words.ts'
import type { FieldView } from '../settings/fields.ts'
import { useAreaNames } from '../units/use-area-names.ts'
import { useUnits } from '../units/use-units.ts'
import { LOCAL_UNITS } from './rule-form.ts'

/** The name of a unit, or of the unit that a place fills in; the id while it is not known. */
export function useUnitName(): (ref: string) => string {
  const { t } = useWords()
  const units = useUnits().data
  const names = useMemo(() => new Map(units?.map(({ id, name }) => [id, name])), [units])
  return ref => {
    const local = LOCAL_UNITS.find(one => `{${one}}` === ref)
    return local === undefined ? (names.get(ref) ?? ref) : t(`dispatch-rules.local.${local}`)
  }
}

/** An item with the area that it lies in: 占道经营, 市容环境; of an area or a group only its own name. */
export function useCategoryParts(): (code: string) => {
  readonly name: string
  readonly within: string | null
} {
  const categories = useCategories()
  const names = useMemo(() => new Map(categories.map(one => [one.code, one])), [categories])
  return code => {
    const category = names.get(code)
    if (category === undefined) return { name: code, within: null }
    const parent = category.parentCode === null ? undefined : names.get(category.parentCode)
    const isItem = parent !== undefined && parent.parentCode !== null
    return { name: category.nameZh, within: isItem ? parent.nameZh : null }
  }
}

/** `市容环境 / 占道经营`. */
export function useCategoryName(): (code: string) => string {
  const partsOf = useCategoryParts()
  return code => {
    const { name, within } = partsOf(code)
    return within === null ? name : `${within} / ${name}`
  }
}

/** The person whom a rule asks for; null: none. */
export function usePersonText(): (form: DutyRuleForm) => string | null {
  const { t } = useWords()
  return ({ personName, personDuty, personField }) => {
    if (personName !== null) return personName
    if (personDuty === null) return null
    const duty = t(`dispatch-rules.duty.${personDuty}`)
    return personField === null ? duty : `${duty}（${personField}）`
  }
}

/** The parts of a rule in words. */
export function useRuleFields(): readonly FieldView<DutyRuleForm>[] {
  const { t } = useWords()
  const hoursText = useHoursText()
  const unitName = useUnitName()
  const categoryName = useCategoryName()
  const areaName = useAreaNames()
  const none = t('settings.none')
  const words = (field: 'anyWords' | 'allWords' | 'noWords'): FieldView<DutyRuleForm> => ({
    field,
    label: t(`dispatch-rules.${field}`),
    show: form => form[field].join('、') || none,
  })
  return [
    {
      field: 'categoryPrefix',
      label: t('dispatch-rules.category'),
      show: form =>
        form.categoryPrefix === null ? t('dispatch-rules.category.any') : categoryName(form.categoryPrefix),
    },
    {
      field: 'areaCode',
      label: t('dispatch-rules.area'),
      show: form => (form.areaCode === null ? t('dispatch-rules.area.any') : areaName(form.areaCode)),
    },
    words('anyWords'),
    words('allWords'),
    words('noWords'),
    { field: 'hours', label: t('dispatch-rules.hours'), show: form => hoursText(form.hours) },
    { field: 'lead', label: t('dispatch-rules.lead'), show: form => unitName(form.lead) },
    {
      field: 'coUnits',
      label: t('dispatch-rules.coUnits'),
      show: form => form.coUnits.map(unitName).join('、') || none,
    },
    { field: 'personName', label: t('dispatch-rules.personName'), show: form => form.personName ?? none },
    {
      field: 'personDuty',
      label: t('dispatch-rules.personDuty'),
      show: form => (form.personDuty === null ? none : t(`dispatch-rules.duty.${form.personDuty}`)),
    },
    { field: 'personField', label: t('dispatch-rules.personField'), show: form => form.personField ?? none },
    {
      field: 'priority',
      label: t('dispatch-rules.priority'),
      show: form => (form.priority === null ? none : t(`dispatch-rules.priority.${form.priority}`)),
    },
    { field: 'note', label: t('dispatch-rules.note'), show: form => form.note || none },
  ]
}
