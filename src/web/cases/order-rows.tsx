import type { OrderLine } from '../../casework/order-list/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { dateAndTime } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import { hashOf } from '../shell/place.ts'
import { Due } from './due.tsx'
import styles from './order-rows.module.css'
import { PriorityMark, SecretTag, StatusTag, SupervisionTag } from './tags.tsx'
import { useUnitName } from './use-case.ts'

interface Props {
  readonly orders: readonly OrderLine[]
  /** The one that keys move over. */
  readonly marked: string | null
  /** The one that stands at the right. */
  readonly open: string | null
  /** In a list of one status nobody needs to be told it. */
  readonly showStatus: boolean
}

export function OrderRows({ orders, marked, open, showStatus }: Props) {
  return (
    <ul className={styles.rows} data-testid="order-rows">
      {orders.map(order => (
        <Row
          key={order.id}
          order={order}
          marked={order.id === marked}
          open={order.id === open}
          showStatus={showStatus}
        />
      ))}
    </ul>
  )
}

function Row(props: {
  readonly order: OrderLine
  readonly marked: boolean
  readonly open: boolean
  readonly showStatus: boolean
}) {
  const { t } = useWords()
  const now = useNow(false)
  const unitName = useUnitName()
  const { order, marked, open, showStatus } = props
  return (
    <li>
      <a
        href={hashOf('orders', order.id)}
        className={css(styles.row, marked && styles.marked, open && styles.open)}
        aria-current={open ? 'true' : undefined}
        ref={element => {
          if (marked) element?.scrollIntoView({ block: 'nearest' })
        }}
        data-testid={`order-${order.id}`}
      >
        <span className={styles.line}>
          <PriorityMark priority={order.priority} />
          <b>{order.title || t('orders.untitled')}</b>
          {order.dueAt !== null && <Due dueAt={order.dueAt} soon={order.soon} />}
        </span>
        <span className={styles.line}>
          {showStatus && <StatusTag status={order.status} />}
          <SupervisionTag level={order.supervision} />
          {order.secret && <SecretTag />}
          {order.leadUnit !== null && <span className={styles.rowUnit}>{unitName(order.leadUnit)}</span>}
          <span className={styles.place}>{order.place}</span>
          <small>{dateAndTime(order.openedAt, now)}</small>
        </span>
      </a>
    </li>
  )
}
