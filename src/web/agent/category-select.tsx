import { TreeSelect } from 'antd'
import { useMemo } from 'react'
import { useWords } from '../kit/language.tsx'
import { type CategoryNode, categoryTree } from './order-input.ts'
import { useCategories } from './use-catalogues.ts'

interface Props {
  /** Given by the form. */
  readonly id?: string
  readonly value?: string | null
  readonly onChange?: (code: string | null) => void
}

/** Categories as a tree; typing looks through names along the whole path, and codes. */
export function CategorySelect({ id, value, onChange }: Props) {
  const { t } = useWords()
  const categories = useCategories()
  const tree = useMemo(() => categoryTree(categories), [categories])
  return (
    <TreeSelect<string | null, CategoryNode>
      {...(id === undefined ? {} : { id })}
      value={value ?? null}
      onChange={code => onChange?.(code ?? null)}
      treeData={tree}
      showSearch={{ treeNodeFilterProp: 'search' }}
      treeNodeLabelProp="path"
      allowClear
      placeholder={t('order.category-search')}
      notFoundContent={t('order.category-none')}
      listHeight={320}
      data-testid="order-category"
    />
  )
}
