import {
  AudioMutedOutlined,
  AudioOutlined,
  PauseOutlined,
  PhoneOutlined,
  PlayCircleOutlined,
} from '@ant-design/icons'
import { Button } from 'antd'
import type { SeatView } from '../../floor/seats/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { spaced } from '../kit/phone-number.ts'
import { duration } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import type { PhoneInUse } from '../phone/use-softphone.ts'
import styles from './desk.module.css'
import type { CallControl } from './use-call-control.ts'

interface Props {
  readonly seat: SeatView
  readonly phone: PhoneInUse
  readonly control: CallControl
}

/** Who is on the line, for how long, and what can be done about it. */
export function CallBar({ seat, phone, control }: Props) {
  const { t } = useWords()
  const talking = seat.state === 'talking'
  const now = useNow(talking)
  if (!talking) return <p className={styles.keys}>{t('control.keys')}</p>
  const { call } = phone.state
  return (
    <div className={styles.talk} data-testid="call-bar">
      <div className={styles.onLine}>
        <small>{t('pop.talking')}</small>
        <b>{seat.callerNumber ? spaced(seat.callerNumber) : t('pop.withheld')}</b>
      </div>
      <time className={styles.timer} data-testid="call-timer">
        {duration(now - Date.parse(seat.since))}
      </time>
      {call.name === 'talking' && (
        <>
          <Button
            size="large"
            icon={call.muted ? <AudioMutedOutlined /> : <AudioOutlined />}
            className={css(call.muted && styles.pressed)}
            aria-pressed={call.muted}
            onClick={() => phone.softphone?.mute(!call.muted)}
            data-testid="mute"
          >
            {t(call.muted ? 'talk.unmute' : 'talk.mute')}
          </Button>
          <Button
            size="large"
            icon={call.held ? <PlayCircleOutlined /> : <PauseOutlined />}
            className={css(call.held && styles.pressed)}
            aria-pressed={call.held}
            onClick={() => phone.softphone?.hold(!call.held)}
            data-testid="hold"
          >
            {t(call.held ? 'talk.unhold' : 'talk.hold')}
          </Button>
        </>
      )}
      <Button
        size="large"
        type="primary"
        danger
        icon={<PhoneOutlined rotate={135} />}
        onClick={control.hangUp}
        loading={control.hangingUp}
        data-testid="hang-up"
      >
        {t('talk.hang-up')} <kbd>F4</kbd>
      </Button>
    </div>
  )
}
