import { LeftOutlined, PlusOutlined, RightOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import type { LeaderDay } from '../../casework/callbacks/schema.ts'
import type { CalendarDay } from '../../floor/calendar/schema.ts'
import { daysOfMonth } from '../calendar/days-of-month.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { useToday } from '../kit/use-today.ts'
import { PlanDialog } from './plan-dialog.tsx'
import { monthAfter, monthOf, stateOf } from './plan-form.ts'
import styles from './planner.module.css'
import { useMonth, useSpecialDays } from './use-planner.ts'

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const
const STATES = ['planned', 'prepared', 'begun', 'missed'] as const

/** A day that is planned, or a day on which one is to be. */
type Opened = { readonly day: string; readonly planned: LeaderDay | null }

/** The leaders' days of a month: who comes for which unit, and how far each day has come. */
export function Planner() {
  const { t } = useWords()
  const today = useToday()
  const [month, setMonth] = useState(() => monthOf(today))
  const [opened, setOpened] = useState<Opened | null>(null)
  const { before, days } = daysOfMonth(month.year, month.month)
  const planned = useMonth(days[0]?.day ?? today, days.at(-1)?.day ?? today)
  const special = new Map(useSpecialDays(month.year).map(one => [one.day, one]))
  const byDay = Map.groupBy(planned.data ?? [], one => one.day)
  return (
    <section className={styles.planner} data-testid="planner">
      <header className={styles.head}>
        <Button
          icon={<LeftOutlined />}
          aria-label={t('leader-day.month.before')}
          onClick={() => setMonth(monthAfter(month, -1))}
          data-testid="month-before"
        />
        <b data-testid="month">{t('leader-day.month', month)}</b>
        <Button
          icon={<RightOutlined />}
          aria-label={t('leader-day.month.after')}
          onClick={() => setMonth(monthAfter(month, 1))}
          data-testid="month-after"
        />
        <Button onClick={() => setMonth(monthOf(today))}>{t('leader-day.month.this')}</Button>
        <ul className={styles.legend}>
          {STATES.map(state => (
            <li key={state} data-state={state}>
              {t(`leader-day.state.${state}`)}
            </li>
          ))}
        </ul>
        <Button
          type="primary"
          icon={<PlusOutlined />}
          onClick={() => setOpened({ day: today, planned: null })}
          data-testid="plan-new"
        >
          {t('leader-day.plan.new')}
        </Button>
      </header>
      {planned.isError && <Alert type="error" showIcon title={t(problemKey(planned.error))} />}
      <div className={styles.month} data-loading={planned.isPending}>
        {WEEKDAYS.map(weekday => (
          <b key={weekday}>{t(`leader-day.weekday.${weekday}`)}</b>
        ))}
        {before.map(weekday => (
          <i key={weekday} />
        ))}
        {days.map(({ day, weekday }) => (
          <DayCell
            key={day}
            day={day}
            weekday={weekday}
            today={today}
            special={special.get(day)}
            leaders={byDay.get(day) ?? []}
            onOpen={one => setOpened({ day, planned: one })}
          />
        ))}
        {WEEKDAYS.slice(days.at(-1)?.weekday ?? WEEKDAYS.length).map(weekday => (
          <i key={`after ${weekday}`} />
        ))}
      </div>
      {opened !== null && (
        <PlanDialog
          key={opened.planned?.id ?? opened.day}
          day={opened.day}
          planned={planned.data?.find(({ id }) => id === opened.planned?.id) ?? opened.planned}
          onClose={() => setOpened(null)}
        />
      )}
    </section>
  )
}

interface CellProps {
  readonly day: string
  readonly weekday: number
  readonly today: string
  readonly special: CalendarDay | undefined
  readonly leaders: readonly LeaderDay[]
  readonly onOpen: (planned: LeaderDay | null) => void
}

function DayCell({ day, weekday, today, special, leaders, onOpen }: CellProps) {
  const { t } = useWords()
  const rests = special === undefined ? weekday > 5 : !special.works
  return (
    <div
      className={css(styles.day, rests && styles.rests, day === today && styles.today)}
      data-testid={`plan-${day}`}
    >
      <header>
        <time dateTime={day}>{Number(day.slice(8))}</time>
        {special !== undefined && <small>{special.name}</small>}
        {day >= today && (
          <button
            type="button"
            aria-label={t('leader-day.plan.on', { day })}
            onClick={() => onOpen(null)}
            data-testid={`plan-add-${day}`}
          >
            <PlusOutlined />
          </button>
        )}
      </header>
      {leaders.map(one => {
        const state = stateOf(one, today)
        const words = t('leader-day.of', { leader: one.leader, unit: one.unitName })
        return (
          <button
            key={one.id}
            type="button"
            className={styles.leader}
            title={`${words} · ${t(`leader-day.state.${state}`)}`}
            onClick={() => onOpen(one)}
            data-state={state}
            data-testid={`planned-${day}-${one.unit}`}
          >
            <b>{one.unitName}</b>
            <span>
              {one.leader}
              {one.assistants.length > 0 && <small> +{one.assistants.length}</small>}
              <em>{state === 'begun' ? `${one.figures.reached}/${one.quota}` : one.quota}</em>
            </span>
          </button>
        )
      })}
    </div>
  )
}
