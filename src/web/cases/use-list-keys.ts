import { useEffect, useRef } from 'react'
import { isTyping } from './typing.ts'

type Act = 'next' | 'previous' | 'open' | 'search' | 'renew'
const KEYS: Readonly<Record<string, Act>> = {
  j: 'next',
  ArrowDown: 'next',
  k: 'previous',
  ArrowUp: 'previous',
  Enter: 'open',
  '/': 'search',
  r: 'renew',
}
/** `g k` is the way to the desk. */
const GO_MS = 1_000

export function useListKeys(acts: Readonly<Record<Act, () => unknown>>): void {
  const current = useRef(acts)
  current.current = acts
  useEffect(() => {
    let wentAt = Number.NEGATIVE_INFINITY
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event)) return
      if (event.key === 'g') wentAt = event.timeStamp
      const act = KEYS[event.key]
      const isLetter = act === 'renew' || event.key === 'j' || event.key === 'k'
      if (act === undefined || (isLetter && event.timeStamp - wentAt < GO_MS)) return
      if (event.key === 'Enter' && event.target instanceof HTMLElement && event.target.matches('button, a'))
        return
      event.preventDefault()
      current.current[act]()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}
