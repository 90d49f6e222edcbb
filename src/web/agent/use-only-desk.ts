import { useCallback, useEffect, useState } from 'react'

type Holder = 'asking' | 'here' | 'elsewhere'

/** A reload takes this long at most to let go of its own lock. */
const OWN_RELOAD_MS = 600

/**
 * One desk a browser, by a Web Lock: it is let go when its window closes or crashes, and the window that waits
 * goes on. Where the browser has no locks (plain http from another host) every window is taken for the only one.
 */
export function useOnlyDesk() {
  const [held, setHeld] = useState<Holder>(locks() === undefined ? 'here' : 'asking')
  const [takeOvers, setTakeOvers] = useState(0)
  useEffect(() => {
    const manager = locks()
    if (manager === undefined) return
    const left = new AbortController()
    const untilLeft = new Promise<void>(done => left.signal.addEventListener('abort', () => done()))
    const hold = () => {
      setHeld('here')
      return untilLeft
    }
    manager
      .request('hotline-desk', takeOvers > 0 ? { steal: true } : { signal: left.signal }, hold)
      .catch(() => {
        if (!left.signal.aborted) setHeld('elsewhere') // Another window has taken over.
      })
    const patience = setTimeout(() => setHeld(now => (now === 'asking' ? 'elsewhere' : now)), OWN_RELOAD_MS)
    return () => {
      clearTimeout(patience)
      left.abort()
    }
  }, [takeOvers])
  const takeOver = useCallback(() => setTakeOvers(count => count + 1), [])
  return { held, takeOver }
}

function locks(): LockManager | undefined {
  return navigator.locks
}
