import { useEffect, useState } from 'react'
import { ring } from './ring-tone.ts'

const FLASH_MS = 900

/** Sounds while the phone rings. */
export function useRingTone(ringing: boolean): void {
  useEffect(() => (ringing ? ring() : undefined), [ringing])
}

/** Flashes `title` in the browser's tab while a call is on offer. */
export function useTitleFlash(offered: boolean, title: string): void {
  useEffect(() => {
    if (!offered) return
    const usual = document.title
    document.title = title
    const flash = setInterval(() => {
      document.title = document.title === usual ? title : usual
    }, FLASH_MS)
    return () => {
      clearInterval(flash)
      document.title = usual
    }
  }, [offered, title])
}

/** Browsers keep a page silent until it has been touched once: after a reload the agent must know. */
export function useSoundBlocked(): boolean {
  const [blocked, setBlocked] = useState(() => navigator.userActivation?.hasBeenActive === false)
  useEffect(() => {
    if (!blocked) return
    const stop = new AbortController()
    for (const touch of ['pointerup', 'keyup'] as const) {
      document.addEventListener(touch, () => setBlocked(false), { signal: stop.signal })
    }
    return () => stop.abort()
  }, [blocked])
  return blocked
}
