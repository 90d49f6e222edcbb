import { useWords } from '../kit/language.tsx'
import styles from './fresh-bar.module.css'

interface Props {
  readonly fresh: number
  readonly gone: number
  readonly onRenew: () => void
}

/** What a list has to show that it does not show yet: it lies over the rows, so that none of them moves. */
export function FreshBar({ fresh, gone, onRenew }: Props) {
  const { t } = useWords()
  const parts = [
    ...(fresh > 0 ? [t('orders.fresh', { count: fresh })] : []),
    ...(gone > 0 ? [t('orders.gone-on', { count: gone })] : []),
  ]
  return (
    <div className={styles.bar} aria-live="polite">
      {parts.length > 0 && (
        <button type="button" onClick={onRenew} data-testid="orders-fresh">
          {parts.join(' · ')} <kbd>R</kbd>
        </button>
      )}
    </div>
  )
}
