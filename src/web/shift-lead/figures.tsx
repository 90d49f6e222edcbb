import type { FloorView } from '../../floor/supervision/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { duration } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import styles from './figures.module.css'

/** The floor in figures: now, and today with the formula of the service level beside it. `late`: a wait is too long. */
export function Figures({ view, late }: { readonly view: FloorView; readonly late: boolean }) {
  const { t } = useWords()
  const now = useNow()
  const waits = view.queues.flatMap(queue => queue.callers.map(caller => caller.waitedMs))
  const longest = waits.length === 0 ? null : Math.max(...waits) + now - Date.parse(view.at)
  const ready = view.seats.filter(seat => seat.state === 'ready' && seat.whyNotOffered.length === 0).length
  const { today } = view
  return (
    <section className={styles.figures} data-testid="floor-figures">
      <Figure name={t('floor.now.waiting')} value={waits.length} strong={waits.length > 0} />
      <Figure name={t('floor.now.longest')} value={longest === null ? '—' : duration(longest)} bad={late} />
      <Figure name={t('floor.now.ready')} value={ready} bad={ready === 0 && waits.length > 0} />
      <span className={styles.today}>{t('floor.today')}</span>
      {today === null ? (
        <p className={styles.note}>{t('floor.today.unknown')}</p>
      ) : (
        <>
          <Figure
            name={t('floor.today.offered')}
            value={today.offered}
            what={t('floor.today.offered.what')}
          />
          <Figure name={t('floor.today.answered')} value={today.answered} />
          <Figure
            name={t('floor.today.abandoned')}
            value={today.abandoned}
            what={t('floor.today.abandoned.what', { count: today.shortAbandoned })}
          />
          <Figure name={t('floor.today.within')} value={today.within15s} />
          <Figure
            name={t('floor.today.level')}
            value={today.serviceLevel === null ? '—' : `${(today.serviceLevel * 100).toFixed(1)}%`}
            what={today.serviceLevel === null ? t('floor.today.none') : t('floor.today.level.what')}
            strong
          />
        </>
      )}
    </section>
  )
}

interface FigureProps {
  readonly name: string
  readonly value: number | string
  readonly what?: string
  readonly strong?: boolean
  readonly bad?: boolean
}

function Figure({ name, value, what, strong = false, bad = false }: FigureProps) {
  return (
    <div className={css(styles.figure, strong && styles.strong, bad && styles.bad)}>
      <span>
        {name}
        {what !== undefined && <small>{what}</small>}
      </span>
      <b>{value}</b>
    </div>
  )
}
