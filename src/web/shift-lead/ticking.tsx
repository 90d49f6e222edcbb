import { duration } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'

interface Props {
  /** In milliseconds. */
  readonly since: number
  /** Beyond an hour `1h02` instead of `1:02:03`: five signs always suffice. */
  readonly short?: boolean
}

/** How long something has been so, counting on; alone redrawn each second. */
export function Ticking({ since, short = false }: Props) {
  const ms = useNow() - since
  return <time>{short && ms >= HOUR_MS ? hours(ms) : duration(ms)}</time>
}

const HOUR_MS = 3_600_000

function hours(ms: number): string {
  const minutes = Math.floor((ms % HOUR_MS) / 60_000)
  return `${Math.floor(ms / HOUR_MS)}h${String(minutes).padStart(2, '0')}`
}
