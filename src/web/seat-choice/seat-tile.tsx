import type { CSSProperties } from 'react'
import type { SeatRow } from '../../floor/seats/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { STATE_COLOUR } from '../kit/theme.ts'
import styles from './seat-choice.module.css'
import { isFree } from './seat-filter.ts'

interface Props {
  readonly seat: SeatRow
  readonly picked: boolean
  readonly last: boolean
  readonly onPick: (number: string) => void
}

/** A radio button in a tile's dress: arrow keys and Enter then work as in every form. */
export function SeatTile({ seat, picked, last, onPick }: Props) {
  const { t } = useWords()
  const free = isFree(seat)
  const tint: CSSProperties & Record<'--state', string> = { '--state': STATE_COLOUR[seat.state] }
  return (
    <label
      className={css(styles.tile, !free && styles.taken)}
      style={tint}
      data-testid={`seat-${seat.number}`}
    >
      <input
        type="radio"
        name="seat"
        value={seat.number}
        checked={picked}
        disabled={!free}
        onChange={() => onPick(seat.number)}
      />
      <span className={styles.number}>
        {seat.number}
        {last && <em>{t('seats.last')}</em>}
      </span>
      <span className={styles.sitter}>
        {free ? t('seats.empty') : `${seat.agentName ?? '—'} ${seat.agentNumber ?? ''}`}
      </span>
      {!free && <span className={styles.state}>{t(`state.${seat.state}`)}</span>}
    </label>
  )
}
