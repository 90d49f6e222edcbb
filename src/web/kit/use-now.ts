import { useSyncExternalStore } from 'react'
import { serverClock } from './server-clock.ts'

const TICK_MS = 1_000

let ticks = 0
let timer: ReturnType<typeof setInterval> | undefined
const watchers = new Set<() => void>()

/** One beat for the whole page, so that two counters of the same second never disagree. */
function watch(changed: () => void): () => void {
  watchers.add(changed)
  timer ??= setInterval(() => {
    ticks += 1
    for (const watcher of watchers) watcher()
  }, TICK_MS)
  return () => {
    watchers.delete(changed)
    if (watchers.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

const nothingToWatch = () => () => undefined

/** The service's time in milliseconds, anew every second; while `running` is false nothing is redrawn for it. */
export function useNow(running = true): number {
  useSyncExternalStore(running ? watch : nothingToWatch, () => ticks)
  return serverClock.now()
}
