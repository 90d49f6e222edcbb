import { Alert, Drawer } from 'antd'
import type { CSSProperties } from 'react'
import type { FloorSeat } from '../../floor/supervision/schema.ts'
import { useNotReadyReasons } from '../agent/use-catalogues.ts'
import { useWords } from '../kit/language.tsx'
import { STATE_COLOUR } from '../kit/theme.ts'
import styles from './drawer.module.css'
import { SeatActs } from './seat-acts.tsx'
import { Ticking } from './ticking.tsx'
import type { WatchControl } from './use-watch.ts'
import { WatchActs } from './watch-acts.tsx'

interface Props {
  /** The number of the seat that was opened; null: none is. */
  readonly opened: string | null
  /** Null: nobody sits there any longer. */
  readonly seat: FloorSeat | null
  /** The seat of who looks at it; null: has none. */
  readonly own: FloorSeat | null
  readonly control: WatchControl
  readonly onClose: () => void
}

/** One seat in full, and what may be done to it, over the queues so that the room stays in sight. */
export function SeatDrawer({ opened, seat, own, control, onClose }: Props) {
  const { t } = useWords()
  const title = seat === null ? opened : `${seat.number} · ${seat.agentName}`
  return (
    <Drawer
      open={opened !== null}
      onClose={onClose}
      size={372}
      mask={false}
      destroyOnHidden
      title={title}
      extra={seat !== null && t('bar.agent', { number: seat.agentNumber })}
      styles={{ body: { padding: 16 } }}
      data-testid="floor-drawer"
    >
      {seat === null ? (
        <Alert type="info" showIcon title={t('floor.seat.gone')} />
      ) : (
        <>
          <StatePlate seat={seat} />
          <Facts seat={seat} />
          {seat.whyNotOffered.map(why => (
            <Alert
              key={why}
              className={styles.why ?? ''}
              type="warning"
              showIcon
              title={t(`floor.why.${why}`)}
            />
          ))}
          {own?.number !== seat.number && <WatchActs seat={seat} own={own} control={control} />}
          <SeatActs key={`${seat.number}/${seat.agentNumber}`} seat={seat} />
        </>
      )}
    </Drawer>
  )
}

function StatePlate({ seat }: { readonly seat: FloorSeat }) {
  const { t } = useWords()
  const { nameOfReason } = useNotReadyReasons()
  const tint: CSSProperties & Record<'--state', string> = { '--state': STATE_COLOUR[seat.state] }
  return (
    <div className={styles.plate} style={tint}>
      <b>{t(`state.${seat.state}`)}</b>
      {seat.reason !== null && <span>{nameOfReason(seat.reason)}</span>}
      <Ticking since={Date.parse(seat.since)} />
    </div>
  )
}

function Facts({ seat }: { readonly seat: FloorSeat }) {
  const { t } = useWords()
  const { nameOfReason } = useNotReadyReasons()
  const { call, after } = seat
  const phone = t(seat.registered ? 'floor.seat.registered' : 'floor.seat.not-registered')
  return (
    <dl className={styles.facts}>
      <dt>{t('floor.seat.call')}</dt>
      <dd>{call === null ? t('floor.seat.no-call') : <CallLine call={call} />}</dd>
      {call !== null && (
        <>
          <dt>{t('floor.seat.line')}</dt>
          <dd>{call.lineName ?? '—'}</dd>
          <dt>{t('floor.seat.talked')}</dt>
          <dd>
            <Ticking since={Date.parse(call.since)} />
          </dd>
        </>
      )}
      {after !== null && (
        <>
          <dt>{t('floor.seat.after')}</dt>
          <dd>
            {t(`state.${after.name}`)}
            {after.reason !== null && ` · ${nameOfReason(after.reason)}`}
          </dd>
        </>
      )}
      <dt>{t('floor.seat.phone')}</dt>
      <dd>
        {t(`floor.seat.phone.${seat.phone}`)} · {phone}
      </dd>
      <dt>{t('floor.seat.desk')}</dt>
      <dd>{t(seat.deskConnected ? 'floor.seat.connected' : 'floor.seat.not-connected')}</dd>
    </dl>
  )
}

function CallLine({ call }: { readonly call: NonNullable<FloorSeat['call']> }) {
  const { t } = useWords()
  const { purpose, direction } = call
  const how =
    purpose === 'consult' || purpose === 'watch'
      ? t(`watch.purpose.${purpose}`)
      : t(`watch.direction.${direction}`)
  return `${call.callerNumber || t('floor.withheld')} · ${how}`
}
