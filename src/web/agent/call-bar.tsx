import {
  AudioMutedOutlined,
  AudioOutlined,
  PauseOutlined,
  PhoneOutlined,
  PlayCircleOutlined,
  SwapOutlined,
} from '@ant-design/icons'
import { Button } from 'antd'
import type { SeatView } from '../../floor/seats/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { spaced } from '../kit/phone-number.ts'
import { isPickedUp } from '../kit/seat-states.ts'
import { duration } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import type { PhoneInUse } from '../phone/use-softphone.ts'
import styles from './desk.module.css'
import { isOwnCall, isOwnTalk } from './desk-state.ts'
import { Keypad } from './keypad.tsx'
import type { CallControl } from './use-call-control.ts'
import { useKeys } from './use-keys.ts'
import type { TalkActs } from './use-talk-acts.ts'

interface Props {
  readonly seat: SeatView
  readonly phone: PhoneInUse
  readonly control: CallControl
  readonly acts: TalkActs
  readonly onTransfer: () => void
}

/** Who is on the line, for how long, and what can be done about it. */
export function CallBar({ seat, phone, control, acts, onTransfer }: Props) {
  const { t } = useWords()
  const now = useNow(isPickedUp(seat.state))
  return (
    <div className={styles.talk} data-testid="call-bar">
      <div className={styles.onLine}>
        <small>{headOf(seat)}</small>
        <b>{seat.callerNumber ? spaced(seat.callerNumber) : t('pop.withheld')}</b>
      </div>
      <time className={styles.timer} data-testid="call-timer">
        {duration(now - Date.parse(seat.call?.since ?? seat.since))}
      </time>
      {isOwnTalk(seat) ? (
        <OwnTalk seat={seat} acts={acts} onTransfer={onTransfer} />
      ) : (
        !isOwnCall(seat) && <OwnMute phone={phone} />
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

  function headOf({ state, purpose, call }: SeatView): string {
    if (state === 'dialling') return t('talk.dialling')
    if (purpose === 'watch') return t('talk.watching')
    if (purpose !== 'consult') return t('pop.talking')
    const name = call?.agent?.agentName
    return name ? t('talk.consulted', { name }) : t('talk.consulted.unknown')
  }
}

/** The call's own agent: the service does it, so that it holds for every phone. */
function OwnTalk({ seat, acts, onTransfer }: Pick<Props, 'seat' | 'acts' | 'onTransfer'>) {
  const { t } = useWords()
  const { held, muted } = seat
  const aside = seat.call?.aside ?? null
  const hold = aside === null ? () => acts.ask({ act: held ? 'resume' : 'hold' }) : undefined
  const mute = () => acts.ask({ act: 'mute', body: { muted: !muted } })
  const transfer = aside === null ? onTransfer : undefined
  useKeys({ hold, mute, transfer })
  return (
    <>
      <Button
        size="large"
        icon={muted ? <AudioMutedOutlined /> : <AudioOutlined />}
        className={css(muted && styles.pressed)}
        aria-pressed={muted}
        onClick={mute}
        data-testid="mute"
      >
        {t(muted ? 'talk.unmute' : 'talk.mute')} <kbd>M</kbd>
      </Button>
      <Button
        size="large"
        icon={held ? <PlayCircleOutlined /> : <PauseOutlined />}
        className={css(held && styles.pressed)}
        aria-pressed={held}
        disabled={hold === undefined}
        onClick={hold}
        data-testid="hold"
      >
        {t(held ? 'talk.unhold' : 'talk.hold')} <kbd>H</kbd>
      </Button>
      <Keypad disabled={held} acts={acts} />
      <Button
        size="large"
        icon={<SwapOutlined />}
        disabled={transfer === undefined}
        onClick={transfer}
        data-testid="transfer"
      >
        {t('talk.transfer')} <kbd>T</kbd>
      </Button>
    </>
  )
}

/** Somebody who is asked, or watches, silences the own microphone: the talk belongs to another seat. */
function OwnMute({ phone }: Pick<Props, 'phone'>) {
  const { t } = useWords()
  const { call } = phone.state
  const muted = call.name === 'talking' && call.muted
  const mute = call.name === 'talking' ? () => phone.softphone?.mute(!muted) : undefined
  useKeys({ mute })
  if (mute === undefined) return null
  return (
    <Button
      size="large"
      icon={muted ? <AudioMutedOutlined /> : <AudioOutlined />}
      className={css(muted && styles.pressed)}
      aria-pressed={muted}
      onClick={mute}
      data-testid="mute"
    >
      {t(muted ? 'talk.unmute' : 'talk.mute')} <kbd>M</kbd>
    </Button>
  )
}
