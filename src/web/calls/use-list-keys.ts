import { useEffect, useRef } from 'react'

type Act = 'next' | 'previous' | 'open' | 'search'
const KEYS: Readonly<Record<string, Act>> = {
  ArrowDown: 'next',
  ArrowUp: 'previous',
  Enter: 'open',
  '/': 'search',
}

/** Where something is being typed, chosen or pressed, keys are left to it. */
export function useListKeys(acts: Readonly<Record<Act, () => unknown>>): void {
  const current = useRef(acts)
  current.current = acts
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const act = KEYS[event.key]
      if (act === undefined || event.ctrlKey || event.altKey || event.metaKey || isBusy(event)) return
      event.preventDefault()
      current.current[act]()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}

function isBusy({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.matches('input:not([type=radio]), textarea, [role=combobox], [role=slider]')) return true
  return key === 'Enter' && target.matches('button, a')
}
