import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { dateAndTime } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import { hashOf } from '../shell/place.ts'
import type { CalmRow } from './calm-list.ts'
import { Due } from './due.tsx'
import styles from './order-rows.module.css'
import { PriorityMark, SecretTag, StatusTag, SupervisionTag } from './tags.tsx'
import { useUnitName } from './use-case.ts'

interface Props {
  readonly rows: readonly CalmRow[]
  /** The one that keys move over. */
  readonly marked: string | null
  /** The one that stands at the right. */
  readonly open: string | null
  /** In a list of one status nobody needs to be told it. */
  readonly showStatus: boolean
}

export function OrderRows({ rows, marked, open, showStatus }: Props) {
  return (
    <ul className={styles.rows} data-testid="order-rows">
      {rows.map(row => (
        <Row
          key={row.order.id}
          row={row}
          marked={row.order.id === marked}
          open={row.order.id === open}
          showStatus={showStatus}
        />
      ))}
    </ul>
  )
}

function Row(props: {
  readonly row: CalmRow
  readonly marked: boolean
  readonly open: boolean
  readonly showStatus: boolean
}) {
  const { t } = useWords()
  const now = useNow(false)
  const unitName = useUnitName()
  const { marked, open, showStatus } = props
  const { order, gone } = props.row
  return (
    <li>
      <a
        href={hashOf('orders', order.id)}
        className={css(styles.row, marked && styles.marked, open && styles.open, gone && styles.gone)}
        aria-current={open ? 'true' : undefined}
        ref={element => {
          if (marked) element?.scrollIntoView({ block: 'nearest' })
        }}
        data-testid={`order-${order.id}`}
      >
        <span className={styles.line}>
          <PriorityMark priority={order.priority} />
          <b>{order.title || t('orders.untitled')}</b>
          {gone ? (
            <i>{t('orders.row-gone')}</i>
          ) : (
            order.dueAt !== null && <Due dueAt={order.dueAt} soon={order.soon} />
          )}
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
