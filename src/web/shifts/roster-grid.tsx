import { type KeyboardEvent, memo, useRef } from 'react'
import type { Roster, RosterEntry, RosterPerson, ShiftView } from '../../people/shifts/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { daysFrom, weekdayOf } from './days.ts'
import { DutyRows } from './duty-rows.tsx'
import styles from './grid.module.css'
import { ShiftChip } from './shift-chip.tsx'
import { shiftTint } from './shift-colour.ts'
import type { usePlanning } from './use-roster.ts'

export interface Cell {
  readonly staff: string
  readonly day: string
}

export type Planning = ReturnType<typeof usePlanning>

interface Props {
  readonly roster: Roster
  readonly people: readonly RosterPerson[]
  readonly today: string
  readonly chosen: Cell | null
  readonly planning: Planning
  readonly onChoose: (cell: Cell) => void
}

const NONE: readonly RosterEntry[] = []

/** People down, days across. A digit plans the shift of that place, Delete takes off what is there. */
export function RosterGrid({ roster, people, today, chosen, planning, onChoose }: Props) {
  const { t } = useWords()
  const table = useRef<HTMLTableElement>(null)
  const { shifts, from } = roster
  const days = daysFrom(from, 7)
  const ofCell = Map.groupBy(roster.entries, entry => `${entry.staff} ${entry.day}`)
  const entriesOf = ({ staff, day }: Cell) => ofCell.get(`${staff} ${day}`) ?? NONE

  const onKey = (event: KeyboardEvent, cell: Cell) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    const person = people.find(({ id }) => id === cell.staff)
    const shift = /^[1-9]$/.test(event.key) ? shifts[Number(event.key) - 1] : undefined
    if (person !== undefined && shift !== undefined) {
      planning.add.mutate({ ...cell, shift: shift.id, duty: usualDuty(person) })
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      for (const { id } of entriesOf(cell)) planning.takeOff.mutate(id)
    } else if (!moveFocus(table.current, event)) return
    event.preventDefault()
  }
  const groups = [
    { title: t('shifts.leads'), people: people.filter(person => person.leads) },
    { title: t('shifts.agents'), people: people.filter(person => !person.leads) },
  ].filter(group => group.people.length > 0)

  return (
    <table className={styles.grid} ref={table} data-testid="roster">
      <thead>
        <tr>
          <th />
          {days.map(day => (
            <th key={day} className={css(day === today && styles.today)}>
              {t(`shifts.weekday.${weekdayOf(day)}`)} <span>{day.slice(5)}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <DutyRows days={days} today={today} duties={roster.duties} onSave={planning.nameDuty.mutate} />
        <Strength days={days} today={today} roster={roster} />
      </tbody>
      {groups.map(group => (
        <tbody key={group.title}>
          <tr className={styles.group}>
            <th colSpan={8}>{group.title}</th>
          </tr>
          {group.people.map(person => (
            <tr key={person.id}>
              <th scope="row">
                {person.name} <small>{person.agentNumber}</small>
              </th>
              {days.map(day => {
                const cell = { staff: person.id, day }
                return (
                  <td key={day} className={css(day === today && styles.today)}>
                    <button
                      type="button"
                      className={css(
                        styles.cell,
                        chosen?.staff === person.id && chosen.day === day && styles.chosen,
                      )}
                      aria-label={`${person.name} ${day}`}
                      onClick={() => onChoose(cell)}
                      onFocus={() => onChoose(cell)}
                      onKeyDown={event => onKey(event, cell)}
                      data-testid={`cell-${person.agentNumber ?? person.name}-${day}`}
                    >
                      <Chips entries={entriesOf(cell)} shifts={shifts} />
                    </button>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  )
}

/** What somebody is planned for unless it is said otherwise. */
export function usualDuty({ leads }: RosterPerson): RosterEntry['duty'] {
  return leads ? 'shift-lead' : 'agent'
}

const Chips = memo(function Chips(props: {
  readonly entries: readonly RosterEntry[]
  readonly shifts: readonly ShiftView[]
}) {
  return props.entries.map(entry => <ShiftChip key={entry.id} entry={entry} shifts={props.shifts} />)
})

/** How many agents each shift of a day has. */
function Strength({ days, today, roster }: Pick<Props, 'roster' | 'today'> & { days: readonly string[] }) {
  const { t, nameOf } = useWords()
  const agents = roster.entries.filter(entry => entry.duty === 'agent')
  return (
    <tr className={styles.strength}>
      <th scope="row">{t('shifts.per-shift')}</th>
      {days.map(day => (
        <td key={day} className={css(day === today && styles.today)}>
          {roster.shifts.map(shift => {
            const count = agents.filter(entry => entry.day === day && entry.shift === shift.id).length
            return (
              <span
                key={shift.id}
                style={shiftTint(roster.shifts, shift.id)}
                title={`${nameOf(shift)} ${shift.from}–${shift.to}`}
                className={css(count === 0 && (day < today ? styles.past : styles.nobody))}
              >
                {nameOf(shift).slice(0, 1)} {count}
              </span>
            )
          })}
        </td>
      ))}
    </tr>
  )
}

/** @returns false when the key is no arrow, or there is nothing that way */
function moveFocus(table: HTMLTableElement | null, event: KeyboardEvent): boolean {
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key]
  if (table === null || step === undefined) return false
  const cells = [...table.querySelectorAll<HTMLElement>(`button.${styles.cell}`)]
  const at = cells.findIndex(cell => cell.contains(document.activeElement))
  cells[at + step]?.focus()
  return true
}
