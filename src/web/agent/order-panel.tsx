import { FormOutlined } from '@ant-design/icons'
import type { Me } from '../../people/sessions/schema.ts'
import { useWords } from '../kit/language.tsx'
import styles from './order.module.css'
import { OrderForm } from './order-form.tsx'
import { UnsavedList } from './unsaved-list.tsx'
import type { UnsavedOrders } from './unsaved-orders.ts'

interface Props {
  readonly me: Me
  readonly orderId: string | null
  /** Of the call on screen, when the order is its own; shown until the order has been read. */
  readonly callerNumber: string | null
  readonly unsaved: UnsavedOrders
  readonly onOpen: (order: string | null) => void
}

export function OrderPanel({ me, orderId, callerNumber, unsaved, onOpen }: Props) {
  const { t } = useWords()
  return (
    <>
      <UnsavedList unsaved={unsaved} except={orderId} onOpen={onOpen} />
      {orderId === null ? (
        <p className={styles.noOrder} data-testid="no-order">
          <FormOutlined /> {t('order.none')}
        </p>
      ) : (
        <OrderForm
          key={orderId}
          me={me}
          orderId={orderId}
          callerNumber={callerNumber}
          unsaved={unsaved}
          onClose={() => onOpen(null)}
        />
      )}
    </>
  )
}
