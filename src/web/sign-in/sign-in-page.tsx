import { LockOutlined, UserOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Form, Input } from 'antd'
import { type KeyboardEvent, useEffect, useState } from 'react'
import type { Me } from '../../people/sessions/schema.ts'
import { Problem, post } from '../kit/api.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { LanguageButton } from '../kit/language-button.tsx'
import { Mark } from '../kit/mark.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { browserMemory } from '../kit/remembered.ts'
import { duration } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import styles from './sign-in.module.css'
import { SingleSignOnButton, SingleSignOnProblem } from './single-sign-on.tsx'
import { useWays } from './use-ways.ts'

interface Credentials {
  readonly login: string
  readonly password: string
}

export function SignInPage() {
  const { t } = useWords()
  useForgottenReader()
  return (
    <main className={styles.page}>
      <header className={styles.corner}>
        <LanguageButton />
      </header>
      <section className={styles.card}>
        <Mark large />
        <h1 className={styles.name}>{t('app.name')}</h1>
        <p className={styles.motto}>{t('sign-in.motto')}</p>
        <SingleSignOnProblem />
        <Ways />
      </section>
    </main>
  )
}

function Ways() {
  const ways = useWays()
  if (ways.isPending) return null
  // A service that does not say so has passwords.
  const { password, singleSignOn } = ways.data ?? { password: true, singleSignOn: false }
  return (
    <>
      {password && <SignInForm />}
      {singleSignOn && <SingleSignOnButton alone={!password} />}
    </>
  )
}

const KEPT: readonly unknown[] = ['session', 'sign-in']

/** Whoever signs in next sees nothing of the one before. Only now: a page still open would ask for it again. */
function useForgottenReader(): void {
  const queries = useQueryClient()
  useEffect(() => {
    queries.removeQueries({ predicate: query => !KEPT.includes(query.queryKey[0]) })
  }, [queries])
}

function SignInForm() {
  const { t } = useWords()
  const queries = useQueryClient()
  const [capsLock, setCapsLock] = useState(false)
  const lastLogin = browserMemory.read('login') ?? ''
  const signIn = useMutation({
    mutationFn: (credentials: Credentials) => post<Me>('/api/session', credentials),
    onSuccess: me => {
      browserMemory.write('login', me.login)
      queries.setQueryData(['session'], me)
    },
  })
  const waitMs = useWaitMs(signIn.error, signIn.submittedAt)
  const noticeCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'))

  return (
    <Form<Credentials>
      layout="vertical"
      size="large"
      requiredMark={false}
      initialValues={{ login: lastLogin, password: '' }}
      onFinish={values => signIn.mutate({ login: values.login.trim(), password: values.password })}
      data-testid="sign-in"
    >
      <Form.Item
        name="login"
        label={t('sign-in.login')}
        rules={[{ required: true, whitespace: true, message: t('sign-in.login-missing') }]}
      >
        <Input
          prefix={<UserOutlined />}
          autoComplete="username"
          autoFocus={lastLogin === ''}
          data-testid="sign-in-login"
        />
      </Form.Item>
      <Form.Item
        name="password"
        label={t('sign-in.password')}
        rules={[{ required: true, message: t('sign-in.password-missing') }]}
        help={capsLock ? t('sign-in.caps') : undefined}
      >
        <Input.Password
          prefix={<LockOutlined />}
          autoComplete="current-password"
          autoFocus={lastLogin !== ''}
          onKeyUp={noticeCapsLock}
          data-testid="sign-in-password"
        />
      </Form.Item>
      {signIn.error !== null && !signIn.isPending && (
        <Alert
          type={waitMs > 0 ? 'warning' : 'error'}
          showIcon
          className={css(styles.error)}
          title={waitMs > 0 ? t('sign-in.wait', { time: duration(waitMs) }) : t(problemKey(signIn.error))}
          data-testid="sign-in-error"
        />
      )}
      <Button
        type="primary"
        htmlType="submit"
        block
        loading={signIn.isPending}
        disabled={waitMs > 0}
        data-testid="sign-in-submit"
      >
        {t('sign-in.submit')}
      </Button>
    </Form>
  )
}

/** How long the service still wants no further attempt; 0 when it did not say. */
function useWaitMs(error: Error | null, submittedAt: number): number {
  const retryAfterS = error instanceof Problem ? (error.retryAfterS ?? 0) : 0
  useNow(retryAfterS > 0)
  return Math.max(0, submittedAt + retryAfterS * 1_000 - Date.now())
}
