import type { SeatStateName } from '../kit/api-types.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import type { PlainTextKey } from '../kit/texts.ts'
import { duration } from '../kit/time.ts'
import { CallBackOffer } from './call-back-offer.tsx'
import styles from './desk.module.css'
import { useCallsToday } from './use-calls-today.ts'
import type { TalkActs } from './use-talk-acts.ts'

interface Props {
  readonly seatState: SeatStateName
  /** Why nobody can be called now; null: they can. */
  readonly blocked: PlainTextKey | null
  readonly acts: TalkActs
}

/** Between calls: what the desk waits for, how the day has gone so far, and who waits to be called back. */
export function IdlePanel({ seatState, blocked, acts }: Props) {
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
      <CallBackOffer blocked={blocked} acts={acts} />
    </div>
  )
}
