import { useEffect, useState } from 'react'
import { serverClock } from './server-clock.ts'

/** The service's time in milliseconds, anew every second; still while `running` is false. */
export function useNow(running = true): number {
  const [now, setNow] = useState(() => serverClock.now())
  useEffect(() => {
    if (!running) return
    setNow(serverClock.now())
    const timer = setInterval(() => setNow(serverClock.now()), 1_000)
    return () => clearInterval(timer)
  }, [running])
  return now
}
