import { Tag } from 'antd'
import type { OrderStatus, Priority } from '../../cases/life/order.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import styles from './marks.module.css'

const COLOUR: Readonly<Record<OrderStatus, string>> = {
  draft: 'default',
  'to-dispatch': 'warning',
  'to-sign': 'warning',
  'in-hand': 'processing',
  'to-review': 'purple',
  'to-call-back': 'cyan',
  closed: 'success',
  archived: 'default',
  emergency: 'error',
  void: 'default',
  merged: 'default',
}

export function StatusTag({ status }: { readonly status: OrderStatus }) {
  const { t } = useWords()
  return (
    <Tag color={COLOUR[status]} className={styles.tag ?? ''}>
      {t(`case.status.${status}`)}
    </Tag>
  )
}

/** What is ordinary is not shouted about. */
export function PriorityMark({ priority }: { readonly priority: Priority }) {
  const { t } = useWords()
  return (
    <span className={css(styles.priority)} data-priority={priority} title={t(`case.priority.${priority}`)}>
      {priority}
    </span>
  )
}

export function SupervisionTag({ level }: { readonly level: number }) {
  const { t } = useWords()
  if (!isLevel(level)) return null
  return (
    <Tag color="error" className={styles.tag ?? ''}>
      {t(`supervision.${level}`)}
    </Tag>
  )
}

function isLevel(level: number): level is 1 | 2 | 3 | 4 | 5 {
  return level >= 1 && level <= 5
}

export function SecretTag() {
  const { t } = useWords()
  return (
    <Tag color="purple" className={styles.tag ?? ''}>
      {t('case.secret')}
    </Tag>
  )
}
