import { useEffect, useRef } from 'react'
import type { WatchAct } from './watching.ts'

/** By their place on the keyboard, with Shift: a letter alone could be the second of `g`. */
const KEYS: Readonly<Record<string, WatchAct>> = {
  KeyL: 'listen',
  KeyW: 'whisper',
  KeyB: 'barge',
}

/** ⇧L, ⇧W, ⇧B; taking over has no key, since it takes the call from its agent. */
export function useWatchKeys(act: ((act: WatchAct) => void) | null): void {
  const current = useRef(act)
  current.current = act
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const wanted = KEYS[event.code]
      if (wanted === undefined || !event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return
      if (current.current === null || event.repeat || isWriting(event.target)) return
      event.preventDefault()
      current.current(wanted)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input:not([type=radio]), textarea, [role=combobox]')
}
