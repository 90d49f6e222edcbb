import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { useNow } from '../kit/use-now.ts'
import styles from './marks.module.css'
import { timeLeft } from './time-left.ts'

interface Props {
  readonly dueAt: string
  readonly soon: boolean
}

/** How long until it is due, or how long past it; green, yellow, red. */
export function Due({ dueAt, soon }: Props) {
  const { t } = useWords()
  const now = useNow()
  const due = Date.parse(dueAt)
  const pace = now >= due ? 'over' : soon ? 'soon' : 'calm'
  return (
    <time className={css(styles.due)} dateTime={dueAt} data-pace={pace}>
      {timeLeft(t, due - now)}
    </time>
  )
}
