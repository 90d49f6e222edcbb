import { EditOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useSyncExternalStore } from 'react'
import { useWords } from '../kit/language.tsx'
import styles from './order.module.css'
import type { UnsavedOrders } from './unsaved-orders.ts'

interface Props {
  readonly unsaved: UnsavedOrders
  /** The one that is in the form. */
  readonly except: string | null
  readonly onOpen: (order: string) => void
}

/** Orders begun and not saved: the next call takes the form, and nothing written before is forgotten. */
export function UnsavedList({ unsaved, except, onOpen }: Props) {
  const { t } = useWords()
  const entries = useSyncExternalStore(unsaved.watch, unsaved.list).filter(entry => entry.id !== except)
  if (entries.length === 0) return null
  return (
    <nav className={styles.unsaved} aria-label={t('order.unsaved-list')} data-testid="unsaved-orders">
      <span>{t('order.unsaved-list')}</span>
      {entries.map(entry => (
        <Button key={entry.id} size="small" icon={<EditOutlined />} onClick={() => onOpen(entry.id)}>
          {entry.label}
        </Button>
      ))}
    </nav>
  )
}
