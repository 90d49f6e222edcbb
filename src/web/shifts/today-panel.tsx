import type { Roster } from '../../people/shifts/schema.ts'
import { useWords } from '../kit/language.tsx'
import { clock, dayOf } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import { attendanceToday } from './attendance-today.ts'
import { AttendanceLine } from './shift-chip.tsx'
import { shiftTint } from './shift-colour.ts'
import styles from './side.module.css'

/** Who is late, absent or here without being planned, today. Nothing while another week is shown. */
export function TodayPanel({ roster, today }: { readonly roster: Roster; readonly today: string }) {
  const { t, nameOf } = useWords()
  const now = useNow()
  const { due, came, remarkable } = attendanceToday(roster, today, now)
  const unplanned = roster.notRostered.filter(({ from }) => dayOf(Date.parse(from)) === today)
  const shows = roster.entries.some(({ day }) => day === today) || unplanned.length > 0
  if (!shows) return null
  const nameOfShift = (id: string) => {
    const shift = roster.shifts.find(known => known.id === id)
    return shift === undefined ? id : nameOf(shift)
  }
  return (
    <section className={styles.card} data-testid="today">
      <h2>{t('shifts.today')}</h2>
      <dl className={styles.counts}>
        <dt>{t('shifts.due')}</dt>
        <dd>{due}</dd>
        <dt>{t('shifts.came')}</dt>
        <dd>{came}</dd>
      </dl>
      {remarkable.length === 0 && <p>{t('shifts.all-well')}</p>}
      <ul className={styles.people}>
        {remarkable.map(entry => (
          <li key={entry.id} style={shiftTint(roster.shifts, entry.shift)}>
            <i>{nameOfShift(entry.shift)}</i>
            <b>{entry.name}</b>
            <AttendanceLine attendance={entry.attendance} />
          </li>
        ))}
      </ul>
      {unplanned.length > 0 && (
        <>
          <h3>{t('shifts.not-rostered')}</h3>
          <ul className={styles.people}>
            {unplanned.map(stay => (
              <li key={`${stay.staff} ${stay.from}`}>
                <i>{stay.seat}</i>
                <b>{stay.name}</b>
                <span>
                  {clock(stay.from).slice(0, 5)}–{stay.to === null ? '' : clock(stay.to).slice(0, 5)}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
