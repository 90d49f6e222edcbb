import { useEffect, useState } from 'react'
import { serverClock } from './server-clock.ts'
import { dayOf } from './time.ts'

const LOOK_EVERY_MS = 10_000

/** The city's day; redrawn for it at midnight only. */
export function useToday(): string {
  const [today, setToday] = useState(() => dayOf(serverClock.now()))
  useEffect(() => {
    const timer = setInterval(() => setToday(dayOf(serverClock.now())), LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [])
  return today
}
