import { Alert, Button, Empty, Segmented, Skeleton } from 'antd'
import { useState } from 'react'
import type { NumberPage, PoolView } from '../../casework/masking/schema.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { dateAndTime } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import { hashOf } from '../shell/place.ts'
import styles from './number-pools.module.css'
import { NUMBER_STATES } from './pool-form.ts'
import { type NumberState, useNumbers } from './use-pools.ts'

/** The numbers of a pool by how they stand, with who has them and until when. */
export function PoolNumbers({ pool }: { readonly pool: PoolView }) {
  const { t } = useWords()
  const [state, setState] = useState<NumberState>('bound')
  return (
    <section className={styles.card} data-testid="pool-numbers">
      <header>
        <h2>{t('number-pools.numbers')}</h2>
        <Segmented
          size="small"
          value={state}
          onChange={setState}
          options={NUMBER_STATES.map(value => ({
            value,
            label: `${t(`number-pools.${value}`)} ${pool[value]}`,
          }))}
          data-testid="number-states"
        />
      </header>
      <Numbers key={state} pool={pool.id} state={state} />
    </section>
  )
}

function Numbers({ pool, state }: { readonly pool: string; readonly state: NumberState }) {
  const { t } = useWords()
  const numbers = useNumbers(pool, state)
  if (numbers.isPending) return <Skeleton active />
  if (numbers.isError) return <Alert type="error" showIcon title={t(problemKey(numbers.error))} />
  const items = numbers.data.pages.flatMap(page => page.items)
  if (items.length === 0) {
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t(`number-pools.none.${state}`)} />
  }
  return (
    <div className={styles.numbers}>
      <table>
        <thead>
          <tr>
            <th>{t('number-pools.number')}</th>
            <th>{t(`number-pools.until.${state}`)}</th>
            <th>{state !== 'free' && t('number-pools.unit')}</th>
            <th>{state !== 'free' && t('number-pools.order')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map(item => (
            <Row key={item.short} item={item} />
          ))}
        </tbody>
      </table>
      {numbers.hasNextPage && (
        <Button
          block
          type="link"
          loading={numbers.isFetchingNextPage}
          onClick={() => void numbers.fetchNextPage()}
          data-testid="numbers-more"
        >
          {t('number-pools.more')}
        </Button>
      )}
    </div>
  )
}

function Row({ item }: { readonly item: NumberPage['items'][number] }) {
  const { t } = useWords()
  const now = useNow(false)
  const { short, state, until, unit, order } = item
  const open = state === 'free' ? 'number-pools.never-used' : 'number-pools.open-end'
  return (
    <tr data-testid={`number-${short}`}>
      <th scope="row">{short}</th>
      <td>{until === null ? <small>{t(open)}</small> : dateAndTime(until, now)}</td>
      <td>{unit}</td>
      <td>{order !== null && <a href={hashOf('orders', order.id)}>{order.number}</a>}</td>
    </tr>
  )
}
