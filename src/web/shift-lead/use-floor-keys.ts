import { useEffect, useRef } from 'react'
import { FILTERS, type Filter } from './seats-shown.ts'

/** `/` goes to the search, 0–6 choose a filter; where something is being typed both are only signs. */
export function useFloorKeys(keys: {
  readonly search: () => void
  readonly filter: (f: Filter) => void
}): void {
  const current = useRef(keys)
  current.current = keys
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return
      const filter = /^[0-6]$/.test(event.key) ? FILTERS[Number(event.key)] : undefined
      if (event.key === '/') current.current.search()
      else if (filter !== undefined) current.current.filter(filter)
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input:not([type=radio]), textarea, [role=combobox]')
}
