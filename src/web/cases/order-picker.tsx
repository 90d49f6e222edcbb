import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import type { OrderPage } from '../../casework/order-list/schema.ts'
import { get } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'

interface Props {
  readonly value: string | null
  /** The order itself. */
  readonly except: string
  readonly onChange: (order: string | null) => void
}

/** Another order, by its number or by words of it. */
export function OrderPicker({ value, except, onChange }: Props) {
  const { t } = useWords()
  const [text, setText] = useState('')
  const wanted = text.trim()
  const { data } = useQuery({
    queryKey: ['orders', 'pick', wanted],
    queryFn: () => get<OrderPage>(`/api/work-orders?${new URLSearchParams({ text: wanted, limit: '10' })}`),
    enabled: wanted.length >= 2,
    placeholderData: keepPreviousData,
  })
  const options = (data?.orders ?? [])
    .filter(({ id }) => id !== except)
    .map(({ id, number, title }) => ({ value: id, label: `${number} ${title || t('orders.untitled')}` }))
  return (
    <Select
      value={value}
      onChange={order => onChange(order ?? null)}
      options={options}
      showSearch={{ onSearch: setText, filterOption: false }}
      allowClear
      placeholder={t('field.into.hint')}
      notFoundContent={wanted.length < 2 ? null : t('orders.none.found')}
      aria-label={t('field.into')}
      data-testid="order-picker"
    />
  )
}
