import type { Clock } from '../../engine/ports.ts'

/**
 * The machine's time, which never goes back here: when somebody sets the clock back, time goes on from where it
 * was, so that no deadline waits an hour for the clock to come round again. Set forward, it is followed.
 * @param wall the clock that people set; @param steady one that only ever runs
 */
export function forwardClock(wall: () => number, steady: () => number): Clock {
  let ahead = wall() - steady()
  return {
    now() {
      ahead = Math.max(ahead, wall() - steady())
      return Math.floor(steady() + ahead)
    },
    after(afterMs, task) {
      const timer = setTimeout(task, afterMs)
      return () => clearTimeout(timer)
    },
  }
}

export const systemClock: Clock = forwardClock(
  () => Date.now(),
  () => performance.now(),
)
