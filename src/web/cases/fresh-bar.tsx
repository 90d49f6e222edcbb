import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import styles from './fresh-bar.module.css'

interface Props {
  readonly fresh: number
  readonly gone: number
  /** What is said while there is nothing new. */
  readonly calm: string
  readonly onRenew: () => void
}

/** A line above the list that is always there, so that no row moves when it has something to tell. */
export function FreshBar({ fresh, gone, calm, onRenew }: Props) {
  const { t } = useWords()
  const parts = [
    ...(fresh > 0 ? [t('orders.fresh', { count: fresh })] : []),
    ...(gone > 0 ? [t('orders.gone-on', { count: gone })] : []),
  ]
  return (
    <div className={css(styles.bar, parts.length > 0 && styles.telling)} aria-live="polite">
      {parts.length === 0 ? (
        calm
      ) : (
        <button type="button" onClick={onRenew} data-testid="orders-fresh">
          {parts.join(' · ')} <kbd>R</kbd>
        </button>
      )}
    </div>
  )
}
