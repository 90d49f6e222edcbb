import { useQuery } from '@tanstack/react-query'
import type { Related, RelatedOrder } from '../../casework/relations/schema.ts'
import { get } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import { dateAndTime } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import { goTo } from '../shell/place.ts'
import frame from './case.module.css'
import styles from './case-related.module.css'

/** Seldom enough that looking alike is no burden. */
const OFTEN_MS = 60_000

/** Orders beside this one: of the same citizen, near and alike, tied to it, merged into it. */
export function CaseRelated({ id }: { readonly id: string }) {
  const { t } = useWords()
  const { data } = useQuery({
    queryKey: ['case', id, 'related'],
    queryFn: () => get<Related>(`/api/work-orders/${encodeURIComponent(id)}/related`),
    refetchInterval: OFTEN_MS,
  })
  if (data === undefined) return null
  const groups = [
    ['mergedInto', data.mergedInto === null ? [] : [data.mergedInto]],
    ['merged', data.merged],
    ['linked', data.linked],
    ['citizen', data.citizen],
    ['similar', data.similar],
  ] as const
  const some = groups.filter(([, orders]) => orders.length > 0)
  return (
    <section className={frame.part} data-testid="case-related">
      <h3>{t('related.title')}</h3>
      {some.length === 0 && <p className={frame.quiet}>{t('related.none')}</p>}
      {some.map(([group, orders]) => (
        <div key={group} className={styles.related}>
          <h4>{t(`related.${group}`)}</h4>
          <ul>
            {orders.map(order => (
              <Row key={order.id} order={order} />
            ))}
          </ul>
        </div>
      ))}
    </section>
  )
}

function Row({ order }: { readonly order: RelatedOrder }) {
  const { t } = useWords()
  const now = useNow(false)
  return (
    <li>
      <button type="button" onClick={() => goTo('orders', order.id)} data-testid={`related-${order.id}`}>
        <b>{order.title || order.number}</b>
        <small>
          {t(`case.status.${order.status}`)} · {order.leadUnitName ?? ''} {dateAndTime(order.openedAt, now)}
        </small>
      </button>
    </li>
  )
}
