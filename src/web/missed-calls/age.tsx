import { css } from '../kit/css.ts'
import { hours } from '../kit/figures.ts'
import { useNow } from '../kit/use-now.ts'
import styles from './missed-calls.module.css'

/** Whoever waits longer than this for a call back is shown in red. */
const LATE_MS = 2 * 3_600_000
const DAY_MS = 86_400_000

/** How long ago, in hours and minutes; once it is dealt with, nobody counts. */
export function Age({ since, over }: { readonly since: number; readonly over: boolean }) {
  const ms = useNow(!over) - since
  if (over) return <span className={styles.quiet}>—</span>
  const days = Math.floor(ms / DAY_MS)
  return (
    <time className={css(ms > LATE_MS && styles.late)}>
      {days > 0 && `${days}d `}
      {hours(Math.max(0, ms % DAY_MS))}
    </time>
  )
}
