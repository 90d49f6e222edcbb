import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import type { OrderPage } from '../../casework/order-list/schema.ts'
import { useOrder } from '../calls/use-order.ts'
import { get } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import { likelyOthers, useRelated } from './use-related.ts'

interface Props {
  readonly value: string | null
  /** The order itself. */
  readonly except: string
  readonly onChange: (order: string | null) => void
}

interface Named {
  readonly id: string
  readonly number: string
  readonly title: string
}

/** Another order: one of those beside it, or by its number or words of it. */
export function OrderPicker({ value, except, onChange }: Props) {
  const { t } = useWords()
  const [text, setText] = useState('')
  const wanted = text.trim()
  const searching = wanted.length >= 2
  const { data } = useQuery({
    queryKey: ['orders', 'pick', wanted],
    queryFn: () => get<OrderPage>(`/api/work-orders?${new URLSearchParams({ text: wanted, limit: '10' })}`),
    enabled: searching,
    placeholderData: keepPreviousData,
  })
  const related = useRelated(except).data
  const optionOf = ({ id, number, title }: Named) => ({
    value: id,
    label: `${number} ${title || t('orders.untitled')}`,
  })
  const found = searching ? (data?.orders ?? []) : related === undefined ? [] : likelyOthers(related)
  const others = found.filter(({ id }) => id !== except).map(optionOf)
  return (
    <Select
      value={value}
      onChange={order => onChange(order ?? null)}
      labelRender={({ label, value: order }) => label ?? <Chosen id={String(order)} />}
      options={
        others.length === 0
          ? []
          : [{ label: t(searching ? 'field.into.found' : 'field.into.likely'), options: others }]
      }
      showSearch={{ onSearch: setText, filterOption: false }}
      allowClear
      placeholder={t('field.into.hint')}
      notFoundContent={searching ? t('orders.none.found') : t('field.into.hint')}
      aria-label={t('field.into')}
      data-testid="order-picker"
    />
  )
}

/** One that was chosen elsewhere, or before: it is not among what is offered now. */
function Chosen({ id }: { readonly id: string }) {
  const { data } = useOrder(id)
  return <>{data === undefined ? '…' : `${data.number} ${data.title}`}</>
}
