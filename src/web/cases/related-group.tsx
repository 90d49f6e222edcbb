import { useState } from 'react'
import type { OrderStatus } from '../../cases/life/order.ts'
import type { RelatedOrder } from '../../casework/relations/schema.ts'
import { useWords } from '../kit/language.tsx'
import { dateAndTime } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import { hashOf } from '../shell/place.ts'
import frame from './case.module.css'
import styles from './case-related.module.css'
import { Due } from './due.tsx'
import { StatusTag } from './tags.tsx'

export type GroupName =
  | 'parent'
  | 'part'
  | 'repeat'
  | 'near'
  | 'mergedInto'
  | 'merged'
  | 'citizen'
  | 'similar'

interface Props {
  readonly group: GroupName
  readonly orders: readonly RelatedOrder[]
  /** Null for whoever may not. */
  readonly onTie: ((order: RelatedOrder) => void) | null
  readonly onUntie: ((order: RelatedOrder) => void) | null
  readonly onMerge: ((into: string) => void) | null
}

/** A caller of long standing has dozens: the newest are enough until somebody asks for all. */
const SHOWN_FIRST = 4

const TIED: ReadonlySet<GroupName> = new Set(['parent', 'part', 'repeat', 'near'])
const GUESSED: ReadonlySet<GroupName> = new Set(['citizen', 'similar'])
const OVER: ReadonlySet<OrderStatus> = new Set(['closed', 'archived', 'emergency', 'void', 'merged'])
const TAKES_NONE: ReadonlySet<OrderStatus> = new Set(['archived', 'emergency', 'void', 'merged'])

export function RelatedGroup({ group, orders, onTie, onUntie, onMerge }: Props) {
  const { t } = useWords()
  const [all, setAll] = useState(false)
  const shown = all ? orders : orders.slice(0, SHOWN_FIRST)
  return (
    <div className={styles.related} data-testid={`related-group-${group}`}>
      <h4>
        {t(`related.${group}`)}
        {group === 'part' && <PartsDone parts={orders} />}
      </h4>
      <ul>
        {shown.map(order => (
          <Row
            key={order.id}
            order={order}
            onTie={GUESSED.has(group) ? onTie : null}
            onUntie={TIED.has(group) ? onUntie : null}
            onMerge={GUESSED.has(group) && !TAKES_NONE.has(order.status) ? onMerge : null}
          />
        ))}
      </ul>
      {shown.length < orders.length && (
        <button type="button" className={frame.link} onClick={() => setAll(true)}>
          {t('related.more', { count: orders.length - shown.length })}
        </button>
      )}
    </div>
  )
}

/** How far the parts have come, in a word. */
export function PartsDone({ parts }: { readonly parts: readonly RelatedOrder[] }) {
  const { t } = useWords()
  const over = parts.filter(({ status }) => OVER.has(status)).length
  return <small data-testid="parts-done">{t('related.parts-done', { over, count: parts.length })}</small>
}

interface RowProps extends Pick<Props, 'onTie' | 'onUntie' | 'onMerge'> {
  readonly order: RelatedOrder
}

function Row({ order, onTie, onUntie, onMerge }: RowProps) {
  const { t } = useWords()
  const now = useNow(false)
  const { id, title, number, status, leadUnitName, openedAt, dueAt } = order
  return (
    <li data-testid={`related-${id}`} data-status={status}>
      <a href={hashOf('orders', id)}>
        <span>
          <b>{title || t('orders.untitled')}</b>
          <StatusTag status={status} />
          {dueAt !== null && !OVER.has(status) && <Due dueAt={dueAt} soon={false} />}
        </span>
        <small>
          {[number, leadUnitName, dateAndTime(openedAt, now)].filter(part => part !== null).join(' · ')}
        </small>
      </a>
      <span className={styles.acts}>
        {onTie !== null && (
          <button type="button" className={frame.link} onClick={() => onTie(order)} data-testid="row-tie">
            {t('related.tie-this')}
          </button>
        )}
        {onMerge !== null && (
          <button type="button" className={frame.link} onClick={() => onMerge(id)} data-testid="row-merge">
            {t('related.merge-this')}
          </button>
        )}
        {onUntie !== null && (
          <button type="button" className={frame.link} onClick={() => onUntie(order)} data-testid="row-untie">
            {t('related.untie')}
          </button>
        )}
      </span>
    </li>
  )
}
