import type { QueueForm } from '../../floor/queues/schema.ts'
import { useWords } from '../kit/language.tsx'
import { STRATEGIES } from './queue-form.ts'
import styles from './queues.module.css'

interface Props {
  readonly value: QueueForm['strategy']
  readonly onChange: (strategy: QueueForm['strategy']) => void
}

export function StrategyChoice({ value, onChange }: Props) {
  const { t } = useWords()
  return (
    <fieldset className={styles.card}>
      <legend>{t('queues.strategy')}</legend>
      {STRATEGIES.map(strategy => (
        <label key={strategy} className={styles.strategy} data-testid={`strategy-${strategy}`}>
          <input
            type="radio"
            name="strategy"
            checked={value === strategy}
            onChange={() => onChange(strategy)}
          />
          <span>
            <b>{t(`queues.strategy.${strategy}`)}</b>
            <small className={styles.strategyWhat}>{t(`queues.strategy.${strategy}.what`)}</small>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
