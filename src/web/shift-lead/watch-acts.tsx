import { AudioOutlined, CustomerServiceOutlined, SwapOutlined, TeamOutlined } from '@ant-design/icons'
import { Alert, Button, Popconfirm, Tooltip } from 'antd'
import type { ComponentType } from 'react'
import type { FloorSeat } from '../../floor/supervision/schema.ts'
import { useWords } from '../kit/language.tsx'
import { DESK } from '../shell/nav-entries.ts'
import { hashOf } from '../shell/place.ts'
import type { WatchControl } from './use-watch.ts'
import styles from './watch.module.css'
import { isWatchPossible, modeAt, WATCH_MODES, type WatchMode } from './watching.ts'

const ICONS: Readonly<Record<WatchMode, ComponentType>> = {
  listen: CustomerServiceOutlined,
  whisper: AudioOutlined,
  barge: TeamOutlined,
}
const KEYS: Readonly<Record<WatchMode, string>> = { listen: '⇧L', whisper: '⇧W', barge: '⇧B' }

interface Props {
  readonly seat: FloorSeat
  /** The seat of who looks at it. */
  readonly own: FloorSeat | null
  readonly control: WatchControl
}

/** Into the talk of this seat, in one of three ways, and out of it as its agent. */
export function WatchActs(props: Props) {
  const { t } = useWords()
  const { seat, own } = props
  const { watch } = seat.call ?? { watch: null }
  const isOthers = watch !== null && watch.on === seat.number && watch.seat !== own?.number
  return (
    <section className={styles.acts} data-testid="watch-acts">
      <h3>{t('watch.title')}</h3>
      <WatchButtons {...props} />
      {own === null && (
        <Alert
          type="info"
          showIcon
          data-testid="watch-no-seat"
          title={
            <>
              {t('watch.no-seat')} <a href={hashOf(DESK.path)}>{t('watch.no-seat.go')}</a>
            </>
          }
        />
      )}
      {isOthers && (
        <Alert
          type="info"
          showIcon
          title={t('watch.other', {
            name: watch.agentName ?? watch.seat,
            mode: t(`watch.act.${watch.mode}`),
          })}
        />
      )}
    </section>
  )
}

export function WatchButtons({ seat, own, control }: Props) {
  const { t } = useWords()
  const mode = modeAt(seat, own)
  const mayTakeOver = isWatchPossible('take-over', seat, own)
  return (
    <div className={styles.buttons}>
      {WATCH_MODES.map(act => {
        const Icon = ICONS[act]
        return (
          <Tooltip key={act} title={t(`watch.heard.${act}`)}>
            <Button
              type={mode === act ? 'primary' : 'default'}
              icon={<Icon />}
              aria-pressed={mode === act}
              disabled={mode !== act && !isWatchPossible(act, seat, own)}
              loading={control.pending === act}
              onClick={() => mode !== act && control.act(seat.number, act)}
              data-testid={`watch-${act}`}
            >
              {t(`watch.act.${act}`)} <kbd>{KEYS[act]}</kbd>
            </Button>
          </Tooltip>
        )
      })}
      <Popconfirm
        title={t('watch.take-over.what')}
        okText={t('watch.take-over.ok')}
        cancelText={t('floor.act.cancel')}
        disabled={!mayTakeOver}
        onConfirm={() => control.act(seat.number, 'take-over')}
      >
        <Tooltip title={mayTakeOver ? null : t('watch.take-over.first')}>
          <Button
            danger
            icon={<SwapOutlined />}
            disabled={!mayTakeOver}
            loading={control.pending === 'take-over'}
            data-testid="watch-take-over"
          >
            {t('watch.act.take-over')}
          </Button>
        </Tooltip>
      </Popconfirm>
    </div>
  )
}
