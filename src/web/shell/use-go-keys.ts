import { useEffect, useRef } from 'react'

/** The second key must follow within this time. */
const PATIENCE_MS = 1_500

/** `g` and then a letter: `go` with that letter. `?`: `help`. Where something is typed both are only signs. */
export function useGoKeys(keys: { readonly go: (letter: string) => void; readonly help?: () => void }): void {
  const current = useRef(keys)
  current.current = keys
  useEffect(() => {
    let pressedAt = Number.NEGATIVE_INFINITY
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return
      if (event.key === '?') return current.current.help?.()
      // By the key, not by the sign: a Chinese input method may be on.
      const letter = /^Key([A-Z])$/.exec(event.code)?.[1]?.toLowerCase()
      const isSecond = performance.now() - pressedAt < PATIENCE_MS
      if (letter === undefined) return
      pressedAt = letter === 'g' && !isSecond ? performance.now() : Number.NEGATIVE_INFINITY
      if (!isSecond) return
      event.preventDefault()
      current.current.go(letter)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches('input:not([type=radio]):not([type=checkbox]), textarea, [role=combobox]'))
  )
}
