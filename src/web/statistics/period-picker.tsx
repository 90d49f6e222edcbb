import { Input, Segmented } from 'antd'
import { useWords } from '../kit/language.tsx'
import { type Days, PERIOD_KINDS, type PeriodKind, problemWith } from '../kit/period.ts'
import styles from './statistics.module.css'

interface Props {
  readonly kind: PeriodKind
  readonly days: Days
  readonly today: string
  readonly onChange: (kind: PeriodKind, days: Days) => void
}

export function PeriodPicker({ kind, days, today, onChange }: Props) {
  const { t } = useWords()
  const problem = problemWith(days)
  const field = (end: keyof Days) => (
    <Input
      type="date"
      className={styles.day ?? ''}
      value={days[end]}
      max={today}
      status={problem === null ? '' : 'error'}
      aria-label={t(`statistics.period.${end}`)}
      onChange={event => onChange('custom', { ...days, [end]: event.target.value })}
      data-testid={`period-${end}`}
    />
  )
  return (
    <div className={styles.period}>
      <Segmented<PeriodKind>
        value={kind}
        onChange={chosen => onChange(chosen, days)}
        options={PERIOD_KINDS.map(value => ({ value, label: t(`statistics.period.${value}`) }))}
        aria-label={t('statistics.period')}
        data-testid="period"
      />
      {kind === 'custom' && (
        <>
          {field('first')}–{field('last')}
          {problem !== null && <em role="alert">{t(`statistics.period.${problem}`)}</em>}
        </>
      )}
    </div>
  )
}
