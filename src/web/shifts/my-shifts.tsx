import { Alert, Empty } from 'antd'
import type { ReactNode } from 'react'
import type { MyShifts, RosterEntry } from '../../people/shifts/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { clock, dayOf } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import { Opening } from '../kit/whole-page.tsx'
import { daysFrom, mondayOf, WEEKDAYS, weekdayOf } from './days.ts'
import styles from './mine.module.css'
import { AttendanceLine } from './shift-chip.tsx'
import { shiftTint } from './shift-colour.ts'
import page from './shifts.module.css'
import { useMyShifts } from './use-roster.ts'

/** This week and the next, of whoever looks. */
export function MyShiftsPanel({ chooser }: { readonly chooser: ReactNode }) {
  const { t } = useWords()
  const now = useNow()
  const today = dayOf(now)
  const from = mondayOf(today)
  const mine = useMyShifts(from)
  return (
    <>
      <header className={page.head}>
        <h1>{t('shifts.mine')}</h1>
        {chooser}
        {mine.data !== undefined && <NextShift mine={mine.data} now={now} />}
      </header>
      {mine.isError && <Alert type="error" showIcon title={t('shifts.failed')} />}
      {mine.data === undefined ? (
        !mine.isError && <Opening />
      ) : (
        <>
          {mine.data.entries.length === 0 && (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('shifts.my.none')} />
          )}
          <div className={styles.calendar} data-testid="my-shifts">
            {WEEKDAYS.map(day => (
              <b key={day}>{t(`shifts.weekday.${day}`)}</b>
            ))}
            {daysFrom(from, 14).map(day => (
              <DayCard key={day} day={day} mine={mine.data} today={today} />
            ))}
          </div>
        </>
      )}
    </>
  )
}

function DayCard(props: { readonly day: string; readonly mine: MyShifts; readonly today: string }) {
  const { t } = useWords()
  const { day, mine, today } = props
  const entries = mine.entries.filter(entry => entry.day === day)
  return (
    <article className={css(styles.day, day === today && styles.isToday, day < today && styles.past)}>
      <time>{day.slice(5)}</time>
      {entries.length === 0 && <p>{t('shifts.my.rest')}</p>}
      {entries.map(entry => (
        <Own key={entry.id} entry={entry} mine={mine} />
      ))}
      <footer>
        {mine.duties
          .filter(duty => duty.day === day)
          .map(duty => (
            <small key={duty.duty}>
              {t(`shifts.day-duty.${duty.duty}`)} {duty.name} {duty.phone}
            </small>
          ))}
      </footer>
    </article>
  )
}

function Own({ entry, mine }: { readonly entry: RosterEntry; readonly mine: MyShifts }) {
  const { t, nameOf } = useWords()
  const shift = mine.shifts.find(known => known.id === entry.shift)
  return (
    <div className={styles.own} style={shiftTint(mine.shifts, entry.shift)}>
      <b>{shift === undefined ? entry.shift : nameOf(shift)}</b>
      <span>
        {clock(entry.startsAt).slice(0, 5)}–{clock(entry.endsAt).slice(0, 5)}
      </span>
      {entry.duty !== 'agent' && <em>{t(`shifts.duty.${entry.duty}`)}</em>}
      {entry.attendance !== null && entry.attendance.state !== 'to-come' && (
        <small>
          <AttendanceLine attendance={entry.attendance} />
        </small>
      )}
    </div>
  )
}

function NextShift({ mine, now }: { readonly mine: MyShifts; readonly now: number }) {
  const { t, nameOf } = useWords()
  const next = mine.entries.find(entry => Date.parse(entry.endsAt) > now)
  const shift = mine.shifts.find(known => known.id === next?.shift)
  if (next === undefined || shift === undefined) return null
  const running = Date.parse(next.startsAt) <= now
  return (
    <p className={styles.next} style={shiftTint(mine.shifts, next.shift)}>
      {t(running ? 'shifts.my.now' : 'shifts.my.next')}
      <b>
        {t(`shifts.weekday.${weekdayOf(next.day)}`)} {next.day.slice(5)} {nameOf(shift)}{' '}
        {clock(next.startsAt).slice(0, 5)}–{clock(next.endsAt).slice(0, 5)}
      </b>
    </p>
  )
}
