import { useEffect, useRef } from 'react'

interface Keys {
  readonly undo: () => void
  readonly redo: () => void
  readonly save: () => void
}

/** Ctrl+Z, Ctrl+Shift+Z or Ctrl+Y, Ctrl+S, wherever the hands are: the fields' own undo knows one field only. */
export function useEditorKeys(keys: Keys): void {
  const current = useRef(keys)
  current.current = keys
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return
      const key = event.key.toLowerCase()
      if (key === 'z' && !event.shiftKey) current.current.undo()
      else if (key === 'y' || (key === 'z' && event.shiftKey)) current.current.redo()
      else if (key === 's') current.current.save()
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}
