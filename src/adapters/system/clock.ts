import type { Clock } from '../../engine/ports.ts'

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(afterMs, task) {
    const timer = setTimeout(task, afterMs)
    return () => clearTimeout(timer)
  },
}
