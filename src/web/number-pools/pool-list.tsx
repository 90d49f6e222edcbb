import { Tag } from 'antd'
import type { PoolView } from '../../casework/masking/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { hashOf } from '../shell/place.ts'
import styles from './number-pools.module.css'
import { Occupancy } from './occupancy.tsx'

const COLOUR = { ok: 'success', low: 'warning', dry: 'error' } as const

interface Props {
  readonly pools: readonly PoolView[]
  readonly chosen: string | null
  readonly isEdited: (id: string) => boolean
}

export function PoolList({ pools, chosen, isEdited }: Props) {
  const { t } = useWords()
  return (
    <nav className={styles.list} aria-label={t('number-pools.title')}>
      {pools.map(pool => (
        <a
          key={pool.id}
          href={hashOf('number-pools', pool.id)}
          className={css(styles.item, isEdited(pool.id) && styles.edited, !pool.active && styles.off)}
          aria-current={pool.id === chosen ? 'true' : undefined}
          data-testid={`pool-${pool.id}`}
          data-state={pool.state}
        >
          <span className={styles.itemHead}>
            <b>{pool.name}</b>
            <PoolState pool={pool} />
          </span>
          <Occupancy pool={pool} />
          <small>
            <span>
              {pool.first}–{pool.last} · {t(`number-pools.use.${pool.use}`)}
            </span>
            <span>{t('number-pools.free.count', { count: pool.free })}</span>
          </small>
        </a>
      ))}
    </nav>
  )
}

export function PoolState({ pool: { active, state } }: { readonly pool: PoolView }) {
  const { t } = useWords()
  if (!active) return <Tag>{t('number-pools.off')}</Tag>
  return <Tag color={COLOUR[state]}>{t(`number-pools.state.${state}`)}</Tag>
}
