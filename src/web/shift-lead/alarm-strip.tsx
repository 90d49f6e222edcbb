import { AlertFilled, CheckCircleOutlined } from '@ant-design/icons'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { duration } from '../kit/time.ts'
import styles from './alarms.module.css'
import type { FloorAlarm } from './alarms.ts'
import { FLOOR_LIMITS } from './limits.ts'
import { Ticking } from './ticking.tsx'

interface Props {
  readonly alarms: readonly FloorAlarm[]
  readonly onSeat: (number: string) => void
}

export function AlarmStrip({ alarms, onSeat }: Props) {
  const { t } = useWords()
  const limits = t('floor.alarms.limits', {
    wait: duration(FLOOR_LIMITS.callerWaitsMs),
    wrapUp: duration(FLOOR_LIMITS.wrapUpMs),
    talk: duration(FLOOR_LIMITS.talkMs),
  })
  if (alarms.length === 0) {
    return (
      <section className={styles.alarms} data-testid="floor-alarms" data-count={0}>
        <CheckCircleOutlined className={styles.calm ?? ''} />
        <span>{t('floor.alarms.none')}</span>
        <small>{limits}</small>
      </section>
    )
  }
  return (
    <section
      className={css(styles.alarms, styles.raised)}
      title={limits}
      data-testid="floor-alarms"
      data-count={alarms.length}
    >
      <strong>
        <AlertFilled /> {t('floor.alarms', { count: alarms.length })}
      </strong>
      <ol>
        <WaitingCallers alarms={alarms.filter(({ about }) => 'call' in about)} />
        {alarms.map(
          ({ kind, about, text, since }) =>
            'seat' in about && (
              <li key={about.seat} data-kind={kind}>
                <button type="button" onClick={() => onSeat(about.seat)}>
                  <em>{t(`floor.alarm.${kind}`)}</em> {text} <Ticking since={since} />
                </button>
              </li>
            ),
        )}
      </ol>
    </section>
  )
}

/** The queues beside show each of them; here they are one, so that alarms of seats stay in sight. */
function WaitingCallers({ alarms }: { readonly alarms: readonly FloorAlarm[] }) {
  const { t } = useWords()
  const [longest] = alarms
  if (longest === undefined) return null
  return (
    <li data-kind="caller-waits">
      <span>
        <em>{t('floor.alarm.caller-waits')}</em> {t('floor.alarm.callers', { count: alarms.length })}{' '}
        <Ticking since={longest.since} />
      </span>
    </li>
  )
}
