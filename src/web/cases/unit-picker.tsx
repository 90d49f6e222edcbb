import { Select } from 'antd'
import { useWords } from '../kit/language.tsx'
import { useUnitRows } from './use-case.ts'

interface One {
  readonly value: string | null
  readonly autoFocus?: boolean
  /** What an empty one says; how to find a unit, if nothing else. */
  readonly placeholder?: string
  readonly onChange: (unit: string | null) => void
}

/** Units that take orders, found by typing their name, what people call them, or their id. */
export function UnitPicker({ value, autoFocus = false, placeholder, onChange }: One) {
  const { t } = useWords()
  const options = useUnitOptions()
  return (
    <Select
      value={value}
      autoFocus={autoFocus}
      onChange={unit => onChange(unit ?? null)}
      options={options}
      showSearch={{ optionFilterProp: 'search' }}
      allowClear
      placeholder={placeholder ?? t('field.unit-search')}
      notFoundContent={t('field.unit-none')}
      aria-label={t('field.unit')}
      data-testid="unit-picker"
    />
  )
}

interface Several {
  readonly value: readonly string[]
  readonly except: string | null
  readonly onChange: (units: readonly string[]) => void
}

export function UnitsPicker({ value, except, onChange }: Several) {
  const { t } = useWords()
  const options = useUnitOptions()
  return (
    <Select
      mode="multiple"
      value={[...value]}
      onChange={units => onChange(units)}
      options={options.filter(option => option.value !== except)}
      showSearch={{ optionFilterProp: 'search' }}
      maxCount={11}
      placeholder={t('field.unit-search')}
      notFoundContent={t('field.unit-none')}
      aria-label={t('field.co')}
      data-testid="units-picker"
    />
  )
}

function useUnitOptions() {
  return useUnitRows()
    .filter(({ takesOrders, closed }) => takesOrders && !closed)
    .map(({ id, name, aliases }) => ({
      value: id,
      label: name,
      search: [name, ...aliases, id].join(' '),
    }))
}
