import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Input } from 'antd'
import { type ReactNode, useState } from 'react'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import styles from './case-related.module.css'

interface Props {
  readonly title: ReactNode
  /** What is to be chosen beside the reason. */
  readonly children?: ReactNode
  /** Whether all that has to be chosen is. */
  readonly ready: boolean
  readonly send: (reason: string) => Promise<void>
  readonly onClose: () => void
  readonly testId: string
}

/** Something done for a reason, in place; Ctrl+Enter sends, Escape leaves it. */
export function ReasonForm({ title, children, ready, send, onClose, testId }: Props) {
  const { t } = useWords()
  const [reason, setReason] = useState('')
  const sending = useMutation({ mutationFn: () => send(reason.trim()), onSuccess: onClose })
  const complete = ready && reason.trim() !== ''
  const submit = () => {
    if (complete && !sending.isPending) sending.mutate()
  }
  return (
    <form
      className={styles.form}
      onSubmit={event => {
        event.preventDefault()
        submit()
      }}
      onKeyDown={event => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit()
        else if (event.key === 'Escape' && !event.defaultPrevented) onClose()
      }}
      data-testid={testId}
    >
      <p>{title}</p>
      {sending.isError && <Alert type="error" showIcon title={t(problemKey(sending.error))} />}
      {children}
      <Input.TextArea
        autoSize={{ minRows: 1, maxRows: 4 }}
        autoFocus={ready}
        maxLength={500}
        placeholder={t('field.reason')}
        aria-label={t('field.reason')}
        value={reason}
        onChange={event => setReason(event.target.value)}
        data-testid="reason"
      />
      <footer>
        <Button size="small" onClick={onClose}>
          {t('acts.cancel')} <kbd>Esc</kbd>
        </Button>
        <Button
          size="small"
          type="primary"
          htmlType="submit"
          disabled={!complete}
          loading={sending.isPending}
          data-testid="reason-send"
        >
          {t('acts.send')} <kbd>Ctrl+Enter</kbd>
        </Button>
      </footer>
    </form>
  )
}
