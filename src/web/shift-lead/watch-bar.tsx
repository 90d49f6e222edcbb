import { PhoneOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { FloorSeat } from '../../floor/supervision/schema.ts'
import { useWords } from '../kit/language.tsx'
import { spaced } from '../kit/phone-number.ts'
import { Ticking } from './ticking.tsx'
import type { WatchControl } from './use-watch.ts'
import styles from './watch.module.css'
import { WatchButtons } from './watch-acts.tsx'
import { modeAt } from './watching.ts'

interface Props {
  /** The seat whose talk one is in. */
  readonly seat: FloorSeat
  readonly own: FloorSeat
  readonly control: WatchControl
  readonly onOpen: (seat: string) => void
}

/** Whom one hears and by whom one is heard, for as long as one is in somebody's talk. */
export function WatchBar({ seat, own, control, onOpen }: Props) {
  const { t } = useWords()
  const mode = modeAt(seat, own)
  const { call } = seat
  if (mode === null || call === null) return null
  const joined = call.watch?.joined === true
  return (
    <section
      className={styles.bar}
      data-testid="watch-bar"
      data-mode={mode}
      data-joined={joined}
      aria-live="polite"
    >
      <button type="button" className={styles.whom} onClick={() => onOpen(seat.number)}>
        <span>
          <strong>{t(`watch.mode.${mode}`)}</strong>
          <b>
            {seat.number} {seat.agentName}
          </b>
          <span>
            {call.callerNumber ? spaced(call.callerNumber) : t('floor.withheld')} ·{' '}
            <Ticking since={Date.parse(call.since)} />
          </span>
        </span>
        <small>{t(joined ? `watch.heard.${mode}` : 'watch.joining')}</small>
      </button>
      <WatchButtons seat={seat} own={own} control={control} />
      <Button
        type="primary"
        danger
        icon={<PhoneOutlined rotate={135} />}
        loading={control.pending === 'leave'}
        title="F4"
        onClick={control.leave}
        data-testid="watch-leave"
      >
        {t('watch.leave')}
      </Button>
    </section>
  )
}
