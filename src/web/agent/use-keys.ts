import { useEffect, useRef } from 'react'

/** What the desk's keys do now. A key without an action is left to the browser. */
export type DeskKeys = Partial<Readonly<Record<DeskKey, (() => void) | undefined>>>
type DeskKey = 'F2' | 'F4' | 'F8' | 'save'

export function useKeys(keys: DeskKeys): void {
  const current = useRef(keys)
  current.current = keys
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const key = deskKey(event)
      const action = key === null ? undefined : current.current[key]
      if (action === undefined) return
      event.preventDefault()
      if (!event.repeat) action()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}

function deskKey(event: KeyboardEvent): DeskKey | null {
  if (event.key.toLowerCase() === 's' && (event.ctrlKey || event.metaKey)) return 'save'
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return null
  return event.key === 'F2' || event.key === 'F4' || event.key === 'F8' ? event.key : null
}
