import { useCallback, useEffect, useState } from 'react'

/**
 * One desk a browser, by a Web Lock: it is let go when its window closes or crashes. Where the browser has no
 * locks (plain http from another host) every window is taken for the only one.
 */
export function useOnlyDesk() {
  const [held, setHeld] = useState<'asking' | 'here' | 'elsewhere'>(locks() === undefined ? 'here' : 'asking')
  const [steal, setSteal] = useState(false)
  useEffect(() => {
    const manager = locks()
    if (manager === undefined) return
    const open = new AbortController()
    const hold = (lock: Lock | null) => {
      if (open.signal.aborted) return
      setHeld(lock === null ? 'elsewhere' : 'here')
      if (lock !== null) return new Promise<void>(done => open.signal.addEventListener('abort', () => done()))
    }
    manager
      .request('hotline-desk', steal ? { steal: true } : { ifAvailable: true }, hold)
      .catch(() => setHeld('elsewhere')) // Another window has taken over.
    return () => open.abort()
  }, [steal])
  const takeOver = useCallback(() => setSteal(true), [])
  return { held, takeOver }
}

function locks(): LockManager | undefined {
  return navigator.locks
}
