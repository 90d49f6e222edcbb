import type { RosterEntry, ShiftView } from '../../people/shifts/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { isRemarkable } from './attendance-today.ts'
import styles from './grid.module.css'
import { shiftTint } from './shift-colour.ts'

interface Props {
  readonly entry: RosterEntry
  readonly shifts: readonly ShiftView[]
}

/** A shift in its colour, with how it was kept. */
export function ShiftChip({ entry, shifts }: Props) {
  const { t, nameOf } = useWords()
  const { attendance } = entry
  const shift = shifts.find(known => known.id === entry.shift)
  const kept = attendance === null || attendance.state === 'to-come' ? null : attendance
  return (
    <span className={styles.chip} style={shiftTint(shifts, entry.shift)}>
      <b>{shift === undefined ? entry.shift : nameOf(shift)}</b>
      {entry.duty === 'chief' && <small>{t('shifts.duty.chief')}</small>}
      {kept !== null &&
        (isRemarkable(entry) ? (
          <em className={css(kept.state === 'absent' && styles.absent)}>
            {kept.state === 'late'
              ? `${t('shifts.kept.late')} ${kept.lateMinutes}′`
              : kept.state === 'on-time'
                ? `−${kept.leftEarlyMinutes}′`
                : t(`shifts.kept.${kept.state}`)}
          </em>
        ) : (
          <i role="img" aria-label={t('shifts.kept.on-time')}>
            ✓
          </i>
        ))}
    </span>
  )
}

/** How a shift was kept, in words. */
export function AttendanceLine({ attendance }: Pick<RosterEntry, 'attendance'>) {
  const { t } = useWords()
  if (attendance === null) return <span>{t('shifts.kept.not-tracked')}</span>
  const { state, lateMinutes, leftEarlyMinutes } = attendance
  return (
    <span>
      {state === 'late' ? t('shifts.kept.late-by', { minutes: lateMinutes }) : t(`shifts.kept.${state}`)}
      {leftEarlyMinutes > 0 && ` · ${t('shifts.kept.left-early', { minutes: leftEarlyMinutes })}`}
    </span>
  )
}
