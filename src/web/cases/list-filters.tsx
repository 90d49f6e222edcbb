import { SearchOutlined } from '@ant-design/icons'
import { Input, type InputRef, Select } from 'antd'
import type { ReactNode, Ref } from 'react'
import { useWorkOrderTypes } from '../agent/use-catalogues.ts'
import { useWords } from '../kit/language.tsx'
import styles from './list-filters.module.css'
import { UnitPicker } from './unit-picker.tsx'
import type { Filter } from './use-orders.ts'

interface Props {
  readonly chosen: Filter
  readonly onChange: (part: Partial<Filter>) => void
  readonly search: Ref<InputRef>
  /** What else can be done with the list. */
  readonly children: ReactNode
}

export function ListFilters({ chosen, onChange, search, children }: Props) {
  const { t, nameOf } = useWords()
  const types = useWorkOrderTypes()
  return (
    <div className={styles.filters}>
      <div className={styles.search}>
        <Input
          ref={search}
          prefix={<SearchOutlined />}
          placeholder={t('orders.search')}
          aria-label={t('orders.search')}
          maxLength={100}
          value={chosen.text}
          onChange={event => onChange({ text: event.target.value })}
          onKeyDown={event => event.key === 'Escape' && onChange({ text: '' })}
          allowClear
          data-testid="orders-search"
        />
        {children}
      </div>
      <div className={styles.selects}>
        <Select
          value={chosen.priority}
          onChange={priority => onChange({ priority: priority ?? null })}
          options={(['P0', 'P1', 'P2', 'P3'] as const).map(one => ({
            value: one,
            label: t(`case.priority.${one}`),
          }))}
          placeholder={t('orders.priority')}
          aria-label={t('orders.priority')}
          allowClear
        />
        <Select
          value={chosen.type}
          onChange={type => onChange({ type: type ?? null })}
          options={types.map(type => ({ value: type.code, label: nameOf(type) }))}
          placeholder={t('orders.type')}
          aria-label={t('orders.type')}
          allowClear
        />
        <UnitPicker
          value={chosen.unit}
          placeholder={t('orders.unit')}
          onChange={unit => onChange({ unit })}
        />
      </div>
    </div>
  )
}
