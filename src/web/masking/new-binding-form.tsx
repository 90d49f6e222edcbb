import { App, Checkbox, Input, InputNumber, Segmented, Select } from 'antd'
import { useState } from 'react'
import type { BindingList, NewBindingForm as Form } from '../../casework/masking/schema.ts'
import { newKey } from '../cases/use-case.ts'
import { useWords } from '../kit/language.tsx'
import { Field } from '../settings/field.tsx'
import { MASK_DIRECTIONS_SHOWN } from './binding-words.ts'
import { Composer, fieldProblems } from './composer.tsx'
import { HoursInput } from './hours-input.tsx'
import { LONGEST_REASON, MOST_CALLS_A_DAY, MOST_TALK_MINUTES } from './limits.ts'
import styles from './masking.module.css'
import type { GivenPin } from './pin-dialog.tsx'
import { useNewBinding } from './use-bindings.ts'

/** What most orders need; whoever binds may say otherwise. */
const USUAL = {
  direction: 'both',
  hours: 72,
  mostCallsADay: 10,
  mostTalkMinutes: 30,
  records: true,
  pin: false,
  reason: '',
} as const satisfies Partial<Form>

interface Props {
  readonly order: string
  /** For which a binding may be made. */
  readonly units: BindingList['units']
  readonly onClose: () => void
  readonly onPin: (pin: GivenPin) => void
}

export function NewBindingForm({ order, units, onClose, onPin }: Props) {
  const { t } = useWords()
  const { message } = App.useApp()
  const [form, setForm] = useState<Form>({ ...USUAL, unit: units[0]?.id ?? '' })
  const [key, setKey] = useState(newKey)
  const [missing, setMissing] = useState(false)
  const binding = useNewBinding(order)
  const problems = fieldProblems(binding.error)
  const change = (part: Partial<Form>) => {
    setForm({ ...form, ...part })
    setMissing(false)
    // Something else under the same key would be refused.
    setKey(newKey())
  }
  const send = () => {
    if (form.reason.trim() === '') return setMissing(true)
    binding.mutate(
      { form, key },
      {
        onSuccess: made => {
          const { short, carrier } = made.binding
          const waiting = t(carrier === null ? 'mask.bound.waiting' : 'mask.bound.carrier')
          message.success(short === null ? waiting : t('mask.bound', { short }))
          if (made.pin !== null) onPin({ pin: made.pin, short })
          onClose()
        },
      },
    )
  }
  return (
    <Composer
      title={t('mask.new')}
      testid="new-binding"
      error={binding.error}
      send={t('mask.new.send')}
      sending={binding.isPending}
      onSend={send}
      onClose={onClose}
    >
      <Field label={t('mask.new.unit')} problem={problems.unit}>
        <Select
          size="small"
          value={form.unit}
          options={units.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={unit => change({ unit })}
          data-testid="new-unit"
        />
      </Field>
      <Field label={t('mask.new.hours')} problem={problems.hours}>
        <HoursInput value={form.hours} onChange={hours => change({ hours })} />
      </Field>
      <Field label={t('mask.new.direction')} problem={problems.direction}>
        <Segmented
          size="small"
          value={form.direction}
          options={MASK_DIRECTIONS_SHOWN.map(value => ({ value, label: t(`mask.direction.${value}`) }))}
          onChange={direction => change({ direction })}
          data-testid="new-direction"
        />
      </Field>
      <div className={styles.pair}>
        <Field label={t('mask.new.most-calls')} problem={problems.mostCallsADay}>
          <InputNumber
            size="small"
            min={1}
            max={MOST_CALLS_A_DAY}
            precision={0}
            value={form.mostCallsADay}
            onChange={most => change({ mostCallsADay: most ?? form.mostCallsADay })}
            suffix={t('mask.new.calls-unit')}
            data-testid="new-most-calls"
          />
        </Field>
        <Field label={t('mask.new.most-talk')} problem={problems.mostTalkMinutes}>
          <InputNumber
            size="small"
            min={1}
            max={MOST_TALK_MINUTES}
            precision={0}
            value={form.mostTalkMinutes}
            onChange={most => change({ mostTalkMinutes: most ?? form.mostTalkMinutes })}
            suffix={t('mask.new.minutes-unit')}
            data-testid="new-most-talk"
          />
        </Field>
      </div>
      <div className={styles.checks}>
        <Checkbox checked={form.records} onChange={event => change({ records: event.target.checked })}>
          {t('mask.new.records')}
        </Checkbox>
        <Checkbox
          checked={form.pin}
          onChange={event => change({ pin: event.target.checked })}
          data-testid="new-pin"
        >
          {t('mask.new.pin')}
        </Checkbox>
      </div>
      <Field label={t('mask.reason')} problem={missing ? 'required' : problems.reason}>
        <Input
          size="small"
          value={form.reason}
          maxLength={LONGEST_REASON}
          onChange={event => change({ reason: event.target.value })}
          data-testid="reason"
        />
      </Field>
    </Composer>
  )
}
