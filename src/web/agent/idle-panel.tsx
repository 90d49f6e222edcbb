import type { SeatStateName } from '../kit/api-types.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { duration } from '../kit/time.ts'
import styles from './desk.module.css'
import { useCallsToday } from './use-calls-today.ts'

/** Between calls: what the desk waits for, and how the day has gone so far. */
export function IdlePanel({ seatState }: { readonly seatState: SeatStateName }) {
  const { t } = useWords()
  const { rows, hasNextPage } = useCallsToday(seatState)
  const talks = rows.flatMap(row => (row.talkMs === null || row.bridgedAt === null ? [] : [row.talkMs]))
  const meanTalkMs = talks.length === 0 ? null : talks.reduce((sum, ms) => sum + ms, 0) / talks.length
  const mood = seatState === 'ready' ? 'idle.ready' : 'idle.not-ready'
  return (
    <div className={styles.idle}>
      <i className={css(styles.beacon, seatState === 'ready' && styles.lit)} />
      <h2>{t(mood)}</h2>
      <p>{t(`${mood}.what`)}</p>
      <dl>
        <div>
          <dt>{t('idle.answered')}</dt>
          <dd>
            {talks.length}
            {hasNextPage && '+'}
          </dd>
        </div>
        <div>
          <dt>{t('idle.mean-talk')}</dt>
          <dd>{meanTalkMs === null ? '—' : duration(meanTalkMs)}</dd>
        </div>
      </dl>
    </div>
  )
}
