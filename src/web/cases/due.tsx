import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { useNow } from '../kit/use-now.ts'
import styles from './cases.module.css'
import { paceOf, timeLeft } from './time-left.ts'

interface Props {
  readonly dueAt: string
  /** From when on it is soon due; null: nothing is said of it. */
  readonly yellowAt: string | null
}

/** How long until it is due, or how long past it; green, yellow, red. */
export function Due({ dueAt, yellowAt }: Props) {
  const { t } = useWords()
  const now = useNow()
  const due = Date.parse(dueAt)
  const pace = paceOf(now, yellowAt === null ? null : Date.parse(yellowAt), due)
  return (
    <time className={css(styles.due)} dateTime={dueAt} data-pace={pace}>
      {timeLeft(t, due - now)}
    </time>
  )
}
