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

/** The clocks that run, first due first; those that have stopped are one line, which unfolds. */
export function CaseClocks({ view }: { readonly view: CaseView }) {
  const { t } = useWords()
  const running = view.clocks.filter(({ stoppedAt }) => stoppedAt === null)
  const stopped = view.clocks.filter(({ stoppedAt }) => stoppedAt !== null)
  running.sort((a, b) => (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9'))
  const late = stopped.filter(isLate).length
  return (
    <section className={frame.part} data-testid="case-clocks">
      <h3>{t('case.clocks')}</h3>
      {running.length === 0 && <p className={frame.quiet}>{t('case.clocks.none')}</p>}
      {running.length > 0 && <Lines clocks={running} view={view} />}
      {stopped.length > 0 && (
        <details className={styles.stopped} data-testid="clocks-stopped">
          <summary>
            {t('case.clocks.stopped', { count: stopped.length })}
            <span className={css(late > 0 && styles.late)}>
              {late === 0 ? t('case.clocks.all-in-time') : t('case.clocks.some-late', { count: late })}
            </span>
          </summary>
          <Lines clocks={stopped} view={view} />
        </details>
      )}
    </section>
  )
}

function Lines({ clocks, view }: { readonly clocks: readonly ClockRow[]; readonly view: CaseView }) {
  const nameOfUnit = (unit: string | null) =>
    unit === null ? null : (view.assignments.find(part => part.unit === unit)?.unitName ?? unit)
  return (
    <ul className={styles.clocks}>
      {clocks.map(clock => (
        <ClockLine
          key={`${clock.kind} ${clock.unit} ${clock.startedAt}`}
          clock={clock}
          unit={nameOfUnit(clock.unit)}
        />
      ))}
    </ul>
  )
}

function isLate({ dueAt, stoppedAt }: ClockRow): boolean {
  return dueAt !== null && stoppedAt !== null && stoppedAt > dueAt
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
        <Stopped late={isLate(clock)} />
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
