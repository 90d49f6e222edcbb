import { Select } from 'antd'
import { useMemo } from 'react'
import { useWords } from '../kit/language.tsx'
import { categoryAreas } from './order-input.ts'
import { useCategories } from './use-catalogues.ts'

interface Props {
  /** Given by the form. */
  readonly id?: string
  readonly value?: string | null
  readonly onChange?: (code: string | null) => void
}

/** Items under their areas; typing looks through names along the whole path, and codes. Enter takes the first. */
export function CategorySelect({ id, value, onChange }: Props) {
  const { t } = useWords()
  const categories = useCategories()
  const areas = useMemo(() => categoryAreas(categories), [categories])
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      value={value ?? null}
      onChange={code => onChange?.(code)}
      options={[...areas]}
      showSearch={{ optionFilterProp: 'search' }}
      optionLabelProp="path"
      placeholder={t('order.category-search')}
      notFoundContent={t('order.category-none')}
      listHeight={320}
      data-testid="order-category"
    />
  )
}
