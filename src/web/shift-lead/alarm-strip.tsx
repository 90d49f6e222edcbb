import { AlertFilled, CheckCircleOutlined } from '@ant-design/icons'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { duration } from '../kit/time.ts'
import type { FloorAlarm } from './alarms.ts'
import styles from './floor.module.css'
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
        {alarms.map(alarm => (
          <Alarm key={keyOf(alarm)} alarm={alarm} onSeat={onSeat} />
        ))}
      </ol>
    </section>
  )
}

function keyOf({ about }: FloorAlarm): string {
  return 'seat' in about ? about.seat : about.call
}

function Alarm({ alarm, onSeat }: { readonly alarm: FloorAlarm; readonly onSeat: Props['onSeat'] }) {
  const { t } = useWords()
  const { about } = alarm
  const words = (
    <>
      <em>{t(`floor.alarm.${alarm.kind}`)}</em> {alarm.text || t('floor.withheld')}{' '}
      <Ticking since={alarm.since} />
    </>
  )
  return (
    <li data-kind={alarm.kind}>
      {'seat' in about ? (
        <button type="button" onClick={() => onSeat(about.seat)}>
          {words}
        </button>
      ) : (
        <span>{words}</span>
      )}
    </li>
  )
}
