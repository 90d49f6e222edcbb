import { Popover } from 'antd'
import { useState } from 'react'
import type { CalendarDay } from '../../floor/calendar/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import styles from './calendar.module.css'
import { DayForm } from './day-form.tsx'
import { daysOfMonth } from './days-of-month.ts'

interface Props {
  readonly year: number
  readonly month: number
  readonly special: ReadonlyMap<string, CalendarDay>
  readonly today: string
}

export function Month({ year, month, special, today }: Props) {
  const { t } = useWords()
  const { before, days } = daysOfMonth(year, month)
  return (
    <section className={styles.month}>
      <h2>{t('calendar.month', { month })}</h2>
      <div className={styles.grid}>
        {before.map(weekday => (
          <span key={weekday} />
        ))}
        {days.map(({ day, weekday }) => (
          <Day key={day} day={day} weekday={weekday} is={special.get(day) ?? null} isToday={day === today} />
        ))}
      </div>
    </section>
  )
}

interface DayProps {
  readonly day: string
  readonly weekday: number
  readonly is: CalendarDay | null
  readonly isToday: boolean
}

function Day({ day, weekday, is, isToday }: DayProps) {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  const kind = is === null ? (weekday > 5 ? 'weekend' : 'usual') : is.works ? 'worked' : 'off'
  const close = () => setOpen(false)
  return (
    <Popover
      trigger="click"
      open={open}
      onOpenChange={setOpen}
      title={day}
      destroyOnHidden
      content={<DayForm day={day} is={is} onDone={close} />}
    >
      <button
        type="button"
        className={css(styles.day, styles[kind], isToday && styles.today)}
        title={is?.name}
        data-testid={`day-${day}`}
        data-kind={kind}
      >
        {Number(day.slice(8))}
        {is !== null && <small>{t(is.works ? 'calendar.mark.worked' : 'calendar.mark.off')}</small>}
      </button>
    </Popover>
  )
}
