import { duration } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'

/** How long something has been so, counting on; alone redrawn each second. `since`: milliseconds. */
export function Ticking({
  since,
  className,
}: {
  readonly since: number
  readonly className?: string | undefined
}) {
  return <time className={className}>{duration(useNow() - since)}</time>
}
