import { type CSSProperties, memo } from 'react'
import type { FloorSeat } from '../../floor/supervision/schema.ts'
import { useNotReadyReasons } from '../agent/use-catalogues.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { STATE_COLOUR } from '../kit/theme.ts'
import styles from './seats.module.css'
import { Ticking } from './ticking.tsx'

interface Props {
  readonly seat: FloorSeat
  readonly alarmed: boolean
  readonly chosen: boolean
  readonly onOpen: (number: string) => void
}

export const SeatTile = memo(function SeatTile({ seat, alarmed, chosen, onOpen }: Props) {
  const { t } = useWords()
  const { nameOfReason } = useNotReadyReasons()
  const tint: CSSProperties & Record<'--state', string> = { '--state': STATE_COLOUR[seat.state] }
  const state = seat.reason === null ? t(`state.${seat.state}`) : nameOfReason(seat.reason)
  return (
    <button
      type="button"
      className={css(styles.tile, alarmed && styles.alarmed, chosen && styles.chosen)}
      style={tint}
      data-state={seat.state}
      data-testid={`floor-seat-${seat.number}`}
      onClick={() => onOpen(seat.number)}
    >
      <span className={styles.who}>
        <b>{seat.number}</b>
        <span>{seat.agentName}</span>
      </span>
      <span className={styles.what}>
        <em>{state}</em>
        <Ticking since={Date.parse(seat.since)} short />
      </span>
      <span className={styles.more}>
        <Marks seat={seat} />
        {seat.call !== null && (seat.call.callerNumber || t('floor.withheld'))}
      </span>
    </button>
  )
})

/** Who else is in its talk, and why this seat is passed over, in two words each. */
function Marks({ seat }: { readonly seat: FloorSeat }) {
  const { t } = useWords()
  const watch = seat.call?.watch ?? null
  return (
    <>
      {watch?.on === seat.number && <i className={styles.watched}>{t(`watch.mark.${watch.mode}`)}</i>}
      {!seat.registered && <i className={styles.mark}>{t('floor.mark.phone')}</i>}
      {seat.registered && !seat.deskConnected && <i className={styles.mark}>{t('floor.mark.desk')}</i>}
    </>
  )
}
