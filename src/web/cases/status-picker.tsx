import { Select } from 'antd'
import type { OrderStatus } from '../../cases/life/order.ts'
import { useWords } from '../kit/language.tsx'

/** Where an order may be put outside the table; true: it may. */
const REACHABLE: Readonly<Record<OrderStatus, boolean>> = {
  draft: false,
  'to-dispatch': true,
  'to-sign': true,
  'in-hand': true,
  'to-review': true,
  'to-call-back': true,
  closed: true,
  archived: false,
  emergency: true,
  void: true,
  merged: false,
}

interface Props {
  readonly now: OrderStatus
  readonly value: OrderStatus | null
  readonly onChange: (status: OrderStatus) => void
}

export function StatusPicker({ now, value, onChange }: Props) {
  const { t } = useWords()
  const names = (Object.keys(REACHABLE) as OrderStatus[]).filter(name => REACHABLE[name] && name !== now)
  return (
    <Select
      value={value}
      onChange={onChange}
      options={names.map(name => ({ value: name, label: t(`case.status.${name}`) }))}
      placeholder={t('field.choose')}
      aria-label={t('field.toStatus')}
    />
  )
}
