import { useEffect, useRef } from 'react'
import { isTyping } from '../cases/typing.ts'

/** `g t` leads to a page. */
const GO_MS = 1_500

/** `t`, for telephone. Null: nobody can be called. */
export function useCallKey(call: (() => void) | null): void {
  const current = useRef(call)
  current.current = call
  useEffect(() => {
    let wentAt = Number.NEGATIVE_INFINITY
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event)) return
      // By the key, not by the sign: a Chinese input method may be on.
      if (event.code === 'KeyG') wentAt = event.timeStamp
      if (event.code !== 'KeyT' || event.timeStamp - wentAt < GO_MS || current.current === null) return
      event.preventDefault()
      current.current()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}
