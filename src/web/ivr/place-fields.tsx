import { Button, Input, Select } from 'antd'
import { useWords } from '../kit/language.tsx'
import styles from './ivr.module.css'
import { usePlaces } from './use-ivr.ts'

/** 国办发〔2022〕12号: the hotline and 110, 119, 120, 122 pass callers to one another. */
const EMERGENCY = ['110', '119', '120', '122']

interface Field<Value> {
  readonly onChange: (value: Value) => void
}

export function QueueField({ queue, onChange }: Field<string | null> & { readonly queue: string | null }) {
  const { t, nameOf } = useWords()
  const { queues } = usePlaces()
  return (
    <Select
      style={{ width: '100%' }}
      allowClear
      value={queue ?? undefined}
      placeholder={t('ivr.card.own-queue')}
      onChange={(value: string | undefined) => onChange(value ?? null)}
      options={queues.map(each => ({ value: each.id, label: nameOf(each) }))}
      data-testid="ivr-queue"
    />
  )
}

export function LineField({ line, onChange }: Field<string> & { readonly line: string }) {
  const { t } = useWords()
  const { lines } = usePlaces()
  return (
    <Select
      style={{ width: '100%' }}
      showSearch={{ optionFilterProp: 'label' }}
      value={line === '' ? null : line}
      placeholder={t('ivr.panel.target')}
      onChange={onChange}
      options={lines.map(({ number, name }) => ({ value: number, label: `${number} ${name}` }))}
      data-testid="ivr-line"
    />
  )
}

export function NumberField({ number, onChange }: Field<string> & { readonly number: string }) {
  const { t } = useWords()
  return (
    <>
      <Input
        value={number}
        inputMode="tel"
        maxLength={21}
        onChange={event => onChange(event.target.value.replace(/[\s-]/g, ''))}
        data-testid="ivr-number"
      />
      <div className={styles.emergency}>
        <small>{t('ivr.panel.emergency')}</small>
        {EMERGENCY.map(each => (
          <Button key={each} size="small" onClick={() => onChange(each)}>
            {each}
          </Button>
        ))}
      </div>
    </>
  )
}
