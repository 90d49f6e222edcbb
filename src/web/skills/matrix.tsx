import { CheckOutlined, HistoryOutlined, UndoOutlined } from '@ant-design/icons'
import { Button, Tooltip } from 'antd'
import { type CSSProperties, type KeyboardEvent, useRef, useState } from 'react'
import type { Skill, StaffView } from '../../people/skills/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { useQueues } from '../queues/use-queues.ts'
import { type Cell, levelTyped, moved } from './levels.ts'
import styles from './skills.module.css'
import type { MatrixState } from './use-matrix.ts'

interface Props {
  readonly skills: readonly Skill[]
  readonly staff: readonly StaffView[]
  readonly matrix: MatrixState
  readonly onHistory: (staff: string) => void
}

/** One cell is in the order of Tab; arrows move the focus, digits fill. */
export function Matrix({ skills, staff, matrix, onHistory }: Props) {
  const { t } = useWords()
  const table = useRef<HTMLTableElement>(null)
  const [at, setAt] = useState<Cell>({ row: 0, column: 0 })
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    const [person, skill] = [staff[at.row], skills[at.column]]
    if (person === undefined || skill === undefined) return
    const level = levelTyped(event.key)
    const to = moved(at, event.key, staff.length, skills.length)
    if (level === undefined && to === null) return
    event.preventDefault()
    if (level !== undefined) matrix.put(person, skill.id, level)
    if (to !== null) focus(to)
  }
  const focus = (cell: Cell) => {
    setAt(cell)
    table.current?.querySelector<HTMLElement>(`[data-cell="${cell.row}/${cell.column}"]`)?.focus()
  }
  return (
    <table ref={table} className={styles.matrix} data-testid="matrix">
      <Head skills={skills} staff={staff} matrix={matrix} />
      <tbody>
        {staff.map((person, row) => (
          <tr key={person.id} className={css(matrix.edited.includes(person.id) && styles.edited)}>
            <th scope="row">
              <b>{person.agentNumber}</b> {person.name}
            </th>
            {skills.map((skill, column) => (
              <LevelCell
                key={skill.id}
                person={person}
                skill={skill}
                level={matrix.levelsOf(person)[skill.id] ?? null}
                place={{ row, column }}
                current={at.row === row && at.column === column}
                onFocus={() => setAt({ row, column })}
                onKey={onKey}
              />
            ))}
            <td className={styles.acts}>
              {matrix.edited.includes(person.id) ? (
                <>
                  <Button
                    size="small"
                    type="primary"
                    icon={<CheckOutlined />}
                    aria-label={t('settings.save')}
                    onClick={() => matrix.save(person.id)}
                    data-testid={`save-${person.agentNumber}`}
                  />
                  <Button
                    size="small"
                    icon={<UndoOutlined />}
                    aria-label={t('settings.undo')}
                    onClick={() => matrix.undo(person.id)}
                  />
                </>
              ) : (
                <Button
                  size="small"
                  type="text"
                  icon={<HistoryOutlined />}
                  aria-label={t('settings.history')}
                  onClick={() => onHistory(person.id)}
                />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Each skill with how many have it, and the queues that ask for it. */
function Head({ skills, staff, matrix }: Omit<Props, 'onHistory'>) {
  const { t, nameOf } = useWords()
  const queues = useQueues().data ?? []
  return (
    <thead>
      <tr>
        <th scope="col">{t('skills.agent')}</th>
        {skills.map(skill => {
          const count = staff.filter(person => matrix.levelsOf(person)[skill.id] !== undefined).length
          const needs = queues.flatMap(queue =>
            queue.needs
              .filter(need => need.skill === skill.id)
              .map(({ level }) => t('skills.needed', { queue: nameOf(queue), level })),
          )
          return (
            <th key={skill.id} scope="col">
              <b>{nameOf(skill)}</b>
              <small>{t('skills.people', { count })}</small>
              <small>{needs.join(' · ')}</small>
            </th>
          )
        })}
        <td />
      </tr>
    </thead>
  )
}

interface CellProps {
  readonly person: StaffView
  readonly skill: Skill
  readonly level: number | null
  readonly place: Cell
  readonly current: boolean
  readonly onFocus: () => void
  readonly onKey: (event: KeyboardEvent) => void
}

function LevelCell({ person, skill, level, place, current, onFocus, onKey }: CellProps) {
  const { t, nameOf } = useWords()
  const below = useQueues().data?.find(queue =>
    queue.needs.some(need => need.skill === skill.id && level !== null && level < need.level),
  )
  const needed = below?.needs.find(need => need.skill === skill.id)
  const tint: CSSProperties & Record<'--strength', string> = { '--strength': `${(level ?? 0) * 7}%` }
  const said = t('skills.cell', { agent: person.name, skill: nameOf(skill) })
  return (
    <Tooltip
      title={
        below !== undefined && needed !== undefined
          ? t('skills.below', { queue: nameOf(below), level: needed.level })
          : undefined
      }
      mouseEnterDelay={0.4}
    >
      <td className={styles.level}>
        <button
          type="button"
          className={css(styles.cell, below !== undefined && styles.below)}
          style={tint}
          tabIndex={current ? 0 : -1}
          onFocus={onFocus}
          onKeyDown={onKey}
          aria-label={`${said}：${level ?? '—'}`}
          data-cell={`${place.row}/${place.column}`}
          data-testid={`level-${person.agentNumber}-${skill.id}`}
        >
          {level ?? ''}
        </button>
      </td>
    </Tooltip>
  )
}
