import { App, Input } from 'antd'
import { useState } from 'react'
import type { BindingView } from '../../casework/masking/schema.ts'
import { useWords } from '../kit/language.tsx'
import { dateAndTime } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import { Field } from '../settings/field.tsx'
import { Changes, Composer, fieldProblems } from './composer.tsx'
import { HoursInput } from './hours-input.tsx'
import { LONGEST_REASON } from './limits.ts'
import { useBindingAct } from './use-bindings.ts'

const HOUR_MS = 3_600_000
const USUAL_HOURS = 24

interface Props {
  readonly binding: BindingView
  readonly onClose: () => void
}

export function ExtendForm({ binding, onClose }: Props) {
  const { t } = useWords()
  const { message } = App.useApp()
  const now = useNow(false)
  const [opened] = useState(binding)
  const [hours, setHours] = useState(USUAL_HOURS)
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const extending = useBindingAct(binding)
  const problems = fieldProblems(extending.error)
  const send = () => {
    if (reason.trim() === '') return setMissing(true)
    extending.mutate(
      { act: 'extend', hours, reason },
      {
        onSuccess: () => {
          message.success(t('mask.extended', { short: binding.short ?? '' }))
          onClose()
        },
      },
    )
  }
  const until = binding.validUntil === null ? null : Date.parse(binding.validUntil) + hours * HOUR_MS
  return (
    <Composer
      title={t('mask.extend')}
      testid="extend-form"
      error={extending.error}
      send={t('mask.extend')}
      sending={extending.isPending}
      disabled={!binding.mayChange}
      onSend={send}
      onClose={onClose}
    >
      <Changes before={opened} after={binding} />
      <Field
        label={t('mask.extend.by')}
        problem={problems.hours}
        hint={
          until !== null && t('mask.extend.to', { time: dateAndTime(new Date(until).toISOString(), now) })
        }
      >
        <HoursInput value={hours} onChange={setHours} />
      </Field>
      <Field label={t('mask.reason')} problem={missing ? 'required' : problems.reason}>
        <Input
          value={reason}
          maxLength={LONGEST_REASON}
          onChange={event => {
            setReason(event.target.value)
            setMissing(false)
          }}
          data-testid="reason"
        />
      </Field>
    </Composer>
  )
}
