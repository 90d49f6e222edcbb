import { SafetyCertificateOutlined } from '@ant-design/icons'
import { Alert, Button, Divider } from 'antd'
import { useEffect, useState } from 'react'
import { useWords } from '../kit/language.tsx'
import { type PlainTextKey, TEXTS } from '../kit/texts.ts'
import styles from './sign-in.module.css'
import { SIGN_IN_PATH } from './use-ways.ts'

/** The way to the provider's page; below the password form where there is one. */
export function SingleSignOnButton({ alone }: { readonly alone: boolean }) {
  const { t } = useWords()
  const [leaving, setLeaving] = useState(false)
  return (
    <>
      {!alone && (
        <Divider plain className={styles.or ?? ''}>
          {t('sign-in.or')}
        </Divider>
      )}
      <Button
        block
        size="large"
        type={alone ? 'primary' : 'default'}
        icon={<SafetyCertificateOutlined />}
        href={SIGN_IN_PATH}
        loading={leaving}
        onClick={() => setLeaving(true)}
        autoFocus={alone}
        data-testid="single-sign-on"
      >
        {t('sign-in.single-sign-on')}
      </Button>
    </>
  )
}

/** Why the provider's page led back here. Told once: a reload of the page is a new beginning. */
export function SingleSignOnProblem() {
  const { t } = useWords()
  const [code] = useState(() => new URLSearchParams(location.search).get('sign-in'))
  useEffect(() => {
    if (code !== null) history.replaceState(null, '', location.pathname + location.hash)
  }, [code])
  if (code === null) return null
  return (
    <Alert
      type={code === 'denied' || code === 'expired' ? 'warning' : 'error'}
      showIcon
      className={styles.error ?? ''}
      title={t(problemKey(code))}
      data-testid="single-sign-on-problem"
      data-problem={code}
    />
  )
}

function problemKey(code: string): PlainTextKey {
  const key = `sign-in.problem.${code}`
  return isProblemKey(key) ? key : 'sign-in.problem.failed'
}

function isProblemKey(key: string): key is Extract<PlainTextKey, `sign-in.problem.${string}`> {
  return key in TEXTS
}
