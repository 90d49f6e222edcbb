import { Button, InputNumber, Space } from 'antd'
import { useWords } from '../kit/language.tsx'
import styles from './masking.module.css'

/** A year: no order is at hand for longer. */
const MOST_HOURS = 8_760
const DAY_HOURS = 24
/** A day for what is nearly done, three for most, a week for what needs a visit. */
const USUAL = [24, 72, 168] as const

interface Props {
  readonly value: number
  readonly onChange: (hours: number) => void
}

/** So many hours, the usual numbers of them by one click. */
export function HoursInput({ value, onChange }: Props) {
  const { t } = useWords()
  return (
    <span className={styles.hours}>
      <InputNumber
        size="small"
        min={1}
        max={MOST_HOURS}
        precision={0}
        value={value}
        onChange={hours => onChange(hours ?? value)}
        suffix={t('mask.hours-unit')}
        data-testid="hours"
      />
      <Space.Compact size="small">
        {USUAL.map(hours => (
          <Button
            key={hours}
            type={hours === value ? 'primary' : 'default'}
            ghost={hours === value}
            onClick={() => onChange(hours)}
          >
            {hours > DAY_HOURS ? t('mask.days', { days: hours / DAY_HOURS }) : t('mask.hours', { hours })}
          </Button>
        ))}
      </Space.Compact>
    </span>
  )
}
