import type { PoolView } from '../../casework/masking/schema.ts'
import { useWords } from '../kit/language.tsx'
import styles from './number-pools.module.css'
import { shares } from './pool-form.ts'

/** Bound, resting and free as one bar; the mark is where what is free gets low. */
export function Occupancy({ pool }: { readonly pool: PoolView }) {
  const { t } = useWords()
  const { total, bound, resting, free, lowAt, state } = pool
  const share = shares(pool)
  return (
    <div
      className={styles.bar}
      role="img"
      aria-label={t('number-pools.bar', { total, bound, resting, free, low: lowAt })}
      title={t('number-pools.bar', { total, bound, resting, free, low: lowAt })}
      data-state={state}
      data-testid="occupancy"
    >
      <i className={styles.bound} style={{ width: `${share.bound}%` }} />
      <i className={styles.resting} style={{ width: `${share.resting}%` }} />
      {total > 0 && lowAt < total && (
        <i className={styles.lowMark} style={{ left: `${(1 - lowAt / total) * 100}%` }} />
      )}
    </div>
  )
}
