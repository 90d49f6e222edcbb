import { Empty, Input, Segmented, Spin } from 'antd'
import { useState } from 'react'
import type { Me } from '../../people/sessions/schema.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { dayOf } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import { DayPanel } from './day-panel.tsx'
import styles from './leader-day.module.css'
import { OwedList } from './owed-list.tsx'
import { Planner } from './planner.tsx'
import { useLeaderDays } from './use-leader-day.ts'

type Shown = 'days' | 'plan' | 'owed'

/** 局区长值班: the list of the evening before, called back one by one; and whoever is still owed an answer. */
export default function LeaderDayPage({ me }: { readonly me: Me }) {
  const { t } = useWords()
  const now = useNow(false)
  const callsBack = me.rights.includes('order.call-back')
  const tabs: readonly Shown[] = [
    'days',
    ...(mayPlan(me) ? (['plan'] as const) : []),
    ...(callsBack ? (['owed'] as const) : []),
  ]
  const [shown, setShown] = useState<Shown>(callsBack ? 'days' : 'plan')
  const [day, setDay] = useState(() => dayOf(now))
  return (
    <main className={styles.page} data-testid="leader-days">
      <header className={styles.tools}>
        <h1>{t('leader-day.title')}</h1>
        <Segmented<Shown>
          value={shown}
          onChange={setShown}
          options={tabs.map(value => ({ value, label: t(`leader-day.${value}`) }))}
        />
        {shown === 'days' && (
          <Input
            className={styles.date ?? ''}
            type="date"
            value={day}
            aria-label={t('leader-day.day')}
            onChange={event => event.target.value !== '' && setDay(event.target.value)}
          />
        )}
        <span className={styles.quiet}>{t('leader-day.what')}</span>
      </header>
      {shown === 'days' ? (
        <Days day={day} mayAct={callsBack} />
      ) : shown === 'plan' ? (
        <Planner />
      ) : (
        <OwedList />
      )}
    </main>
  )
}

/** As the service has it: whoever runs the floor, or sets the city up. */
function mayPlan({ role, rights }: Me): boolean {
  return role === 'shift-lead' || role === 'admin' || rights.includes('settings.edit')
}

function Days({ day, mayAct }: { readonly day: string; readonly mayAct: boolean }) {
  const { t } = useWords()
  const days = useLeaderDays(day)
  const [chosen, setChosen] = useState<string | null>(null)
  if (days.data === undefined) {
    return days.isError ? <Empty description={t(problemKey(days.error))} /> : <Spin />
  }
  const open = days.data.find(({ id }) => id === chosen) ?? days.data[0]
  if (open === undefined) return <Empty description={t('leader-day.none')} />
  return (
    <>
      {days.data.length > 1 && (
        <Segmented
          value={open.id}
          onChange={setChosen}
          options={days.data.map(({ id, leader, unitName: unit }) => ({
            value: id,
            label: t('leader-day.of', { leader, unit }),
          }))}
        />
      )}
      <DayPanel key={open.id} id={open.id} mayAct={mayAct} />
    </>
  )
}
