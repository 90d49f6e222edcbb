import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { ask, codeOf, Problem } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { Field } from '../settings/field.tsx'
import styles from './account.module.css'

const EMPTY = { current: '', next: '', again: '' }

/** One's own password. Every other session ends with the old one. */
export function PasswordForm() {
  const { t } = useWords()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const [form, setForm] = useState(EMPTY)
  const change = useMutation({
    mutationFn: ({ current, next }: typeof EMPTY) =>
      ask('/api/my-password', { method: 'PUT', body: { current, next } }),
    onSuccess() {
      setForm(EMPTY)
      message.success(t('account.changed'))
      queries.invalidateQueries({ queryKey: ['my-sessions'] })
    },
    onError(error) {
      if (codeOf(error) !== 'wrong-password' && codeOf(error) !== 'bad-input') {
        message.error(t(problemKey(error)))
      }
    },
  })
  const wrong = problemsOf(change.error, form)
  const put = (part: Partial<typeof EMPTY>) => {
    change.reset()
    setForm({ ...form, ...part })
  }
  const whole = form.current !== '' && form.next !== '' && form.next === form.again
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (whole) change.mutate(form)
  }
  return (
    <form className={styles.card} onSubmit={submit} data-testid="password-form">
      <h2>{t('account.password')}</h2>
      <Field label={t('account.current')} problem={wrong.current}>
        <Input.Password
          value={form.current}
          autoComplete="current-password"
          maxLength={256}
          onChange={({ target }) => put({ current: target.value })}
          data-testid="password-current"
        />
      </Field>
      <Field label={t('account.next')} problem={wrong.next} hint={t('account.next.what')}>
        <Input.Password
          value={form.next}
          autoComplete="new-password"
          maxLength={256}
          onChange={({ target }) => put({ next: target.value })}
          data-testid="password-next"
        />
      </Field>
      <Field label={t('account.again')} problem={wrong.again}>
        <Input.Password
          value={form.again}
          autoComplete="new-password"
          maxLength={256}
          onChange={({ target }) => put({ again: target.value })}
          data-testid="password-again"
        />
      </Field>
      <Button
        type="primary"
        htmlType="submit"
        disabled={!whole}
        loading={change.isPending}
        data-testid="password-change"
      >
        {t('account.change')}
      </Button>
    </form>
  )
}

/** What the service found, and what is seen before it is asked. */
function problemsOf(error: Error | null, { next, again }: typeof EMPTY) {
  const fields = error instanceof Problem && error.code === 'bad-input' ? error.fields : {}
  return {
    current: codeOf(error) === 'wrong-password' ? 'wrong-password' : fields.current,
    next: fields.next,
    // Not while the second is still being typed.
    again: again.length >= next.length && again !== next ? 'not-the-same' : undefined,
  }
}
