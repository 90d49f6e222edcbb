import { DeleteOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { Roster, RosterEntry } from '../../people/shifts/schema.ts'
import { useWords } from '../kit/language.tsx'
import { clock } from '../kit/time.ts'
import { weekdayOf } from './days.ts'
import { type Cell, type Planning, usualDuty } from './roster-grid.tsx'
import { AttendanceLine } from './shift-chip.tsx'
import { shiftTint } from './shift-colour.ts'
import styles from './side.module.css'

interface Props {
  readonly roster: Roster
  readonly cell: Cell | null
  readonly planning: Planning
}

/** One person's day in full: what is planned, how it was kept, and what may be planned. */
export function CellPanel({ roster, cell, planning }: Props) {
  const { t, nameOf } = useWords()
  const person = roster.people.find(({ id }) => id === cell?.staff)
  if (cell === null || person === undefined) {
    return <section className={`${styles.card} ${styles.quiet}`}>{t('shifts.cell.none')}</section>
  }
  const entries = roster.entries.filter(entry => entry.staff === cell.staff && entry.day === cell.day)
  const duties: readonly RosterEntry['duty'][] = person.leads ? ['shift-lead', 'chief'] : ['agent']
  return (
    <section className={styles.card} data-testid="cell-panel">
      <h2>
        {person.name} <small>{person.agentNumber}</small>
        <time>
          {t(`shifts.weekday.${weekdayOf(cell.day)}`)} {cell.day.slice(5)}
        </time>
      </h2>
      {entries.length === 0 && <p>{t('shifts.cell.empty')}</p>}
      {entries.map(entry => (
        <Entry key={entry.id} entry={entry} roster={roster} onRemove={planning.takeOff.mutate} />
      ))}
      <h3>{t('shifts.cell.add')}</h3>
      <div className={styles.adds}>
        {roster.shifts.flatMap(shift =>
          duties.map(duty => (
            <Button
              key={`${shift.id} ${duty}`}
              size="small"
              style={shiftTint(roster.shifts, shift.id)}
              onClick={() => planning.add.mutate({ ...cell, shift: shift.id, duty })}
              data-testid={`add-${shift.id}-${duty}`}
            >
              {nameOf(shift)}
              {duty !== usualDuty(person) && ` · ${t(`shifts.duty.${duty}`)}`}
            </Button>
          )),
        )}
      </div>
    </section>
  )
}

function Entry(props: {
  readonly entry: RosterEntry
  readonly roster: Roster
  readonly onRemove: (id: number) => void
}) {
  const { t, nameOf } = useWords()
  const { entry, roster, onRemove } = props
  const shift = roster.shifts.find(known => known.id === entry.shift)
  const time = (iso: string | null) => (iso === null ? '—' : clock(iso).slice(0, 5))
  const { attendance } = entry
  return (
    <div className={styles.entry} style={shiftTint(roster.shifts, entry.shift)}>
      <b>{shift === undefined ? entry.shift : nameOf(shift)}</b>
      <span>
        {time(entry.startsAt)}–{time(entry.endsAt)} · {t(`shifts.duty.${entry.duty}`)}
      </span>
      <Button
        type="text"
        size="small"
        danger
        icon={<DeleteOutlined />}
        aria-label={t('shifts.cell.remove')}
        onClick={() => onRemove(entry.id)}
        data-testid="entry-remove"
      />
      <AttendanceLine attendance={attendance} />
      {attendance?.arrivedAt != null && (
        <small>
          {t('shifts.kept.from-to', { from: time(attendance.arrivedAt), to: time(attendance.leftAt) })}
        </small>
      )}
    </div>
  )
}
