import { Typography } from 'antd'
import styles from './copyable.module.css'
import { useWords } from './language.tsx'

/** What is to be carried elsewhere as it is: a secret, a digest, a command. */
export function Copyable({ text, testId }: { readonly text: string; readonly testId?: string }) {
  const { t } = useWords()
  return (
    <Typography.Text
      className={styles.copyable ?? ''}
      copyable={{ text, tooltips: [t('kit.copy'), t('kit.copied')] }}
      data-testid={testId}
    >
      <code>{text}</code>
    </Typography.Text>
  )
}
