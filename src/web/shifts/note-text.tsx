import { Button } from 'antd'
import type { ReactNode } from 'react'
import type { HandoverView, Matter } from '../../people/handovers/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { clock, dateAndTime } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import { weekdayOf } from './days.ts'
import styles from './note.module.css'
import { useShiftKinds } from './use-handovers.ts'

const FIGURES = ['offered', 'answered', 'abandoned', 'missedOpen'] as const
export const TEXT_FIELDS = ['cases', 'changes', 'equipment', 'note'] as const

/** Which shift a note is about: 周五 11-20 中班 15:30–23:30. */
export function ShiftTitle({
  note,
}: {
  readonly note: Pick<HandoverView, 'day' | 'shift' | 'startsAt' | 'endsAt'>
}) {
  const { t, nameOf } = useWords()
  const shift = useShiftKinds().find(known => known.id === note.shift)
  return (
    <>
      {t(`shifts.weekday.${weekdayOf(note.day)}`)} {note.day.slice(5)}{' '}
      <b>{shift === undefined ? note.shift : nameOf(shift)}</b>{' '}
      <small>
        {clock(note.startsAt).slice(0, 5)}–{clock(note.endsAt).slice(0, 5)}
      </small>
    </>
  )
}

export function Figures({ note }: { readonly note: HandoverView }) {
  const { t } = useWords()
  return (
    <dl className={styles.figures}>
      {FIGURES.map(figure => (
        <div key={figure}>
          <dt>{t(`handover.${figure}`)}</dt>
          <dd>{note.figures[figure]}</dd>
        </div>
      ))}
    </dl>
  )
}

/** The whole note, to be read. `onTick`: left out, matters are only shown. */
export function NoteText(props: { readonly note: HandoverView; readonly onTick?: (matter: number) => void }) {
  const { t } = useWords()
  const { note, onTick } = props
  return (
    <>
      <Figures note={note} />
      {TEXT_FIELDS.map(field => (
        <Part key={field} title={t(`handover.${field}`)}>
          {note[field].trim() === '' ? (
            <p className={styles.nothing}>{t('handover.nothing')}</p>
          ) : (
            <p className={styles.text}>{note[field]}</p>
          )}
        </Part>
      ))}
      <Part title={t('handover.matters')}>
        <Matters matters={note.matters} onTick={onTick} />
      </Part>
      {note.carried.length > 0 && (
        <Part title={t('handover.carried')}>
          <Matters matters={note.carried} onTick={onTick} isCarried />
        </Part>
      )}
      {note.addenda.length > 0 && <Addenda note={note} />}
    </>
  )
}

export function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={styles.part}>
      <h3>{title}</h3>
      {children}
    </section>
  )
}

interface MattersProps {
  readonly matters: readonly Matter[]
  readonly onTick: ((matter: number) => void) | undefined
  /** Says which shift each is from. */
  readonly isCarried?: boolean
}

export function Matters({ matters, onTick, isCarried = false }: MattersProps) {
  const { t } = useWords()
  const now = useNow(false)
  const kinds = useShiftKinds()
  const { nameOf } = useWords()
  if (matters.length === 0) return <p className={styles.nothing}>{t('handover.nothing')}</p>
  return (
    <ul className={styles.matters}>
      {matters.map(matter => {
        const shift = kinds.find(known => known.id === matter.shift)
        return (
          <li key={matter.id} className={css(matter.doneAt !== null && styles.done)}>
            <span>{matter.text}</span>
            {isCarried && (
              <small>
                {matter.day.slice(5)} {shift === undefined ? matter.shift : nameOf(shift)}
              </small>
            )}
            {matter.doneAt !== null ? (
              <small className={styles.tick}>
                ✓ {t('handover.ticked', { name: matter.doneBy ?? '', at: dateAndTime(matter.doneAt, now) })}
              </small>
            ) : (
              onTick !== undefined && (
                <Button size="small" onClick={() => onTick(matter.id)} data-testid={`tick-${matter.id}`}>
                  {t('handover.tick')}
                </Button>
              )
            )}
          </li>
        )
      })}
    </ul>
  )
}

function Addenda({ note }: { readonly note: HandoverView }) {
  const { t } = useWords()
  const now = useNow(false)
  return (
    <Part title={t('handover.addenda')}>
      <ul className={styles.matters}>
        {note.addenda.map(addendum => (
          <li key={`${addendum.at} ${addendum.text}`}>
            <span>{addendum.text}</span>
            <small>
              {addendum.by} {dateAndTime(addendum.at, now)}
            </small>
          </li>
        ))}
      </ul>
    </Part>
  )
}
