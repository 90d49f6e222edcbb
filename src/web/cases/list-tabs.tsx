import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import styles from './list-tabs.module.css'
import type { Tab } from './tabs.ts'
import { useCounts } from './use-orders.ts'

interface Props {
  readonly tabs: readonly Tab[]
  readonly chosen: Tab
  readonly onChoose: (tab: Tab) => void
}

export function ListTabs({ tabs, chosen, onChoose }: Props) {
  const { t } = useWords()
  const countOf = useCounts()
  return (
    <div className={styles.tabs} role="tablist">
      {tabs.map(tab => (
        <button
          key={tab}
          type="button"
          role="tab"
          aria-selected={tab === chosen}
          onClick={() => onChoose(tab)}
          data-testid={`tab-${tab}`}
        >
          {t(`orders.tab.${tab}`)}
          <Count tab={tab} count={countOf(tab)} />
        </button>
      ))}
    </div>
  )
}

function Count({ tab, count }: { readonly tab: Tab; readonly count: number | null }) {
  if (count === null || count === 0) return null
  return (
    <span className={css(styles.count, tab === 'overdue' && styles.countLate)} data-testid={`count-${tab}`}>
      {count}
    </span>
  )
}
