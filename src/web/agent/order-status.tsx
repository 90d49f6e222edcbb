import { Tag } from 'antd'
import { useWords } from '../kit/language.tsx'
import { clock } from '../kit/time.ts'
import styles from './order.module.css'
import type { Versioned } from './use-work-order.ts'

interface Props {
  readonly current: Versioned | null
  readonly error: Error | null
  readonly dirty: boolean
  readonly restored: boolean
}

export function OrderStatus({ current, error, dirty, restored }: Props) {
  const { t } = useWords()
  const registered = current?.order.status !== 'draft'
  return (
    <span
      className={styles.status}
      role="status"
      data-testid="order-status"
      data-dirty={dirty}
      data-status={current?.order.status ?? 'unread'}
    >
      {current !== null && (
        <Tag color={registered ? 'success' : 'default'}>{t(`case.status.${current.order.status}`)}</Tag>
      )}
      <span className={dirty ? styles.dirty : undefined}>
        {dirty && restored && t('order.restored')}
        {dirty && !restored && t('order.dirty')}
        {!dirty && current === null && t(error === null ? 'app.loading' : 'order.loading')}
        {!dirty && current !== null && <Saved at={current.order.savedAt} />}
      </span>
    </span>
  )
}

function Saved({ at }: { readonly at: string | null }) {
  const { t } = useWords()
  return at === null ? t('order.untouched') : t('order.saved-at', { time: clock(at) })
}
