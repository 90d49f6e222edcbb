import type { CaseView } from '../../casework/life/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { dateAndTime } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import frame from './case.module.css'
import styles from './case-clocks.module.css'
import { Due } from './due.tsx'
import { isSoonDue } from './time-left.ts'

type ClockRow = CaseView['clocks'][number]

/** The clocks that run, first due first; then those that have stopped, in time or late. */
export function CaseClocks({ view }: { readonly view: CaseView }) {
  const { t } = useWords()
  const running = view.clocks.filter(({ stoppedAt }) => stoppedAt === null)
  const stopped = view.clocks.filter(({ stoppedAt }) => stoppedAt !== null)
  running.sort((a, b) => (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9'))
  const nameOfUnit = (unit: string | null) =>
    unit === null ? null : (view.assignments.find(part => part.unit === unit)?.unitName ?? unit)
  return (
    <section className={frame.part} data-testid="case-clocks">
      <h3>{t('case.clocks')}</h3>
      {view.clocks.length === 0 && <p className={frame.quiet}>{t('case.clocks.none')}</p>}
      <ul className={styles.clocks}>
        {[...running, ...stopped].map(clock => (
          <ClockLine
            key={`${clock.kind} ${clock.unit} ${clock.startedAt}`}
            clock={clock}
            unit={nameOfUnit(clock.unit)}
          />
        ))}
      </ul>
    </section>
  )
}

function ClockLine({ clock, unit }: { readonly clock: ClockRow; readonly unit: string | null }) {
  const { t } = useWords()
  const now = useNow(false)
  const { kind, dueAt, stoppedAt, paused } = clock
  return (
    <li className={css(stoppedAt !== null && frame.past)}>
      <b>{t(`clock.${kind}`)}</b>
      <span>{unit}</span>
      <small>{dueAt !== null && t('clock.due-at', { time: dateAndTime(dueAt, now) })}</small>
      {stoppedAt !== null ? (
        <Stopped late={dueAt !== null && stoppedAt > dueAt} />
      ) : paused || dueAt === null ? (
        <span className={styles.paused}>{t('clock.paused')}</span>
      ) : (
        <Due dueAt={dueAt} soon={isSoonDue(now, instantsOf(clock, dueAt))} />
      )}
    </li>
  )
}

function instantsOf({ startedAt, yellowAt }: ClockRow, dueAt: string) {
  return {
    startedAt: Date.parse(startedAt),
    yellowAt: yellowAt === null ? null : Date.parse(yellowAt),
    dueAt: Date.parse(dueAt),
  }
}

function Stopped({ late }: { readonly late: boolean }) {
  const { t } = useWords()
  return <span className={css(late && styles.late)}>{t(late ? 'clock.stopped-late' : 'clock.stopped')}</span>
}
