import { useEffect, useRef } from 'react'

/** What the desk's keys do now. A key without an action is left to the browser. */
export type DeskKeys = Partial<Readonly<Record<DeskKey, (() => void) | undefined>>>
type DeskKey = 'F2' | 'F4' | 'F8' | 'save' | 'hold' | 'mute' | 'transfer' | 'dial' | 'call-back'

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

const FUNCTION_KEYS: Readonly<Record<string, DeskKey>> = { F2: 'F2', F4: 'F4', F8: 'F8', F9: 'dial' }
/** By their place on the keyboard: with Alt some systems write other signs. */
const LETTERS: Readonly<Record<string, DeskKey>> = {
  KeyH: 'hold',
  KeyM: 'mute',
  KeyT: 'transfer',
  KeyB: 'call-back',
}

function deskKey(event: KeyboardEvent): DeskKey | null {
  // What another part of the page has done by this key is done.
  if (event.isComposing || event.defaultPrevented) return null
  if (event.key.toLowerCase() === 's' && (event.ctrlKey || event.metaKey)) return 'save'
  if (event.ctrlKey || event.metaKey || event.shiftKey) return null
  // An agent in a call is mostly writing: letters alone count outside fields only.
  if (event.altKey) return LETTERS[event.code] ?? null
  const key = FUNCTION_KEYS[event.key]
  if (key !== undefined) return key
  if (isWriting(event.target)) return null
  return LETTERS[event.code] ?? null
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('input, textarea, select, [contenteditable="true"]')
}
