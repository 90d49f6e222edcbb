import { HistoryOutlined, LeftOutlined, RightOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Spin } from 'antd'
import { useState } from 'react'
import type { CalendarDay } from '../../floor/calendar/schema.ts'
import type { ConfigChange } from '../../floor/config-changes/schema.ts'
import type { Me } from '../../people/sessions/schema.ts'
import { codeOf, get, post } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { useToday } from '../kit/use-today.ts'
import { HistoryDrawer } from '../settings/history-drawer.tsx'
import shared from '../settings/settings.module.css'
import styles from './calendar.module.css'
import { Month } from './month.tsx'

const MONTHS = [...Array(12).keys()].map(index => index + 1)

/** The city's calendar: holidays, and the weekends that are worked in their stead. */
export default function CalendarPage(_: { readonly me: Me }) {
  const { t } = useWords()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const today = useToday()
  const [year, setYear] = useState(Number(today.slice(0, 4)))
  const [showsHistory, setShowsHistory] = useState(false)
  const days = useQuery({
    queryKey: ['calendar', year],
    queryFn: () => get<readonly CalendarDay[]>(`/api/calendar?year=${year}`),
  })
  const fill = useMutation({
    mutationFn: () => post<readonly CalendarDay[]>('/api/calendar/fill', { year }),
    onSuccess: filled => {
      queries.setQueryData(['calendar', year], filled)
      message.success(t('calendar.filled'))
    },
    onError: error =>
      codeOf(error) === 'bad-input'
        ? message.info(t('calendar.not-announced', { year }))
        : message.error(t(problemKey(error))),
  })
  const special = new Map((days.data ?? []).map(day => [day.day, day]))
  return (
    <div className={shared.page}>
      <header className={shared.head}>
        <h1>{t('calendar.title')}</h1>
        <Button
          aria-label={t('calendar.earlier')}
          icon={<LeftOutlined />}
          onClick={() => setYear(year - 1)}
          data-testid="year-before"
        />
        <b className={styles.year} data-testid="year">
          {t('calendar.year', { year })}
        </b>
        <Button
          aria-label={t('calendar.later')}
          icon={<RightOutlined />}
          onClick={() => setYear(year + 1)}
          data-testid="year-after"
        />
        <span className={shared.quiet}>{t('calendar.what')}</span>
        <Button
          className={shared.push ?? ''}
          type="text"
          icon={<HistoryOutlined />}
          onClick={() => setShowsHistory(true)}
          data-testid="all-history"
        >
          {t('settings.history')}
        </Button>
        <Button type="primary" loading={fill.isPending} onClick={() => fill.mutate()} data-testid="fill">
          {t('calendar.fill')}
        </Button>
      </header>
      {days.isError && <Alert type="error" banner title={t(problemKey(days.error))} />}
      {days.isPending ? (
        <Spin className={styles.opening ?? ''} />
      ) : (
        <main className={styles.months}>
          {MONTHS.map(month => (
            <Month key={month} year={year} month={month} special={special} today={today} />
          ))}
        </main>
      )}
      <HistoryDrawer
        open={showsHistory}
        onClose={() => setShowsHistory(false)}
        subjects={['calendar-day']}
        only={null}
        describe={useDescription()}
      />
    </div>
  )
}

function useDescription() {
  const { t } = useWords()
  return ({ key, before, after }: ConfigChange) => {
    const shown = (side: ConfigChange['before']) =>
      side === null
        ? t('calendar.usual')
        : `${t(side.works === true ? 'calendar.worked' : 'calendar.off')} ${String(side.name)}`
    return { title: key, parts: [{ label: key, before: shown(before), after: shown(after) }] }
  }
}
