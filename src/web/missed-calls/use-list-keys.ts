import { useEffect, useRef } from 'react'
import { actOfKey, type KeyAct } from './keys.ts'

/** While `listening`; where something is being typed, letters are letters. */
export function useListKeys(listening: boolean, acts: Readonly<Record<KeyAct, () => unknown>>): void {
  const current = useRef(acts)
  current.current = acts
  useEffect(() => {
    if (!listening) return
    const onKey = (event: KeyboardEvent) => {
      const act = actOfKey(event.key)
      if (act === null || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return
      event.preventDefault()
      current.current[act]()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [listening])
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input:not([type=radio]), textarea, [role=combobox]')
}
