import { App, Input } from 'antd'
import { useState } from 'react'
import type { BindingView } from '../../casework/masking/schema.ts'
import { useWords } from '../kit/language.tsx'
import { Field } from '../settings/field.tsx'
import { Changes, Composer, fieldProblems } from './composer.tsx'
import { LONGEST_REASON } from './limits.ts'
import styles from './masking.module.css'
import { useBindingAct } from './use-bindings.ts'

interface Props {
  readonly binding: BindingView
  readonly onClose: () => void
}

/** It cannot be taken back, so it says what it does before it is sent. */
export function EndForm({ binding, onClose }: Props) {
  const { t } = useWords()
  const { message } = App.useApp()
  const [opened] = useState(binding)
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const ending = useBindingAct(binding)
  const send = () => {
    if (reason.trim() === '') return setMissing(true)
    ending.mutate(
      { act: 'end', reason },
      {
        onSuccess: () => {
          message.success(t('mask.end.done', { short: binding.short ?? '' }))
          onClose()
        },
      },
    )
  }
  return (
    <Composer
      title={t('mask.end.sure')}
      testid="end-form"
      error={ending.error}
      send={t('mask.end.sure')}
      sending={ending.isPending}
      disabled={!binding.mayChange}
      danger
      onSend={send}
      onClose={onClose}
    >
      <Changes before={opened} after={binding} />
      <p className={styles.quiet}>{t('mask.end.what')}</p>
      <Field label={t('mask.reason')} problem={missing ? 'required' : fieldProblems(ending.error).reason}>
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
