import { Alert, Button } from 'antd'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { spaced } from '../kit/phone-number.ts'
import { clock } from '../kit/time.ts'
import styles from './desk.module.css'
import type { Notice } from './desk-state.ts'

interface Props {
  readonly notices: readonly Notice[]
  readonly onDismiss: () => void
}

export function MissedNotices({ notices, onDismiss }: Props) {
  const { t } = useWords()
  if (notices.length === 0) return null
  return (
    <Alert
      type="warning"
      className={css(styles.notices)}
      data-testid="notices"
      title={
        <div className={styles.noticeHead}>
          <b>{t('notice.title')}</b>
          <Button size="small" onClick={onDismiss} data-testid="dismiss-notices">
            {t('notice.dismiss')}
          </Button>
        </div>
      }
      description={
        <ul>
          {notices.map(({ pop, why }) => (
            <li key={pop.callId} data-testid={`notice-${why}`}>
              <time>{clock(pop.offeredAt)}</time>
              <b>{pop.callerNumber === '' ? t('pop.withheld') : spaced(pop.callerNumber)}</b>
              <span>{t(`notice.${why}`)}</span>
            </li>
          ))}
        </ul>
      }
    />
  )
}
