import { useSyncExternalStore } from 'react'

/** Where the address says one is: `#/lines/12345` is the page `lines` and `12345` within it. */
export interface Place {
  /** Empty: no page is named. */
  readonly path: string
  readonly rest: readonly string[]
}

export function placeOf(hash: string): Place {
  const [path = '', ...rest] = hash
    .replace(/^#\/?/, '')
    .split('/')
    .filter(part => part !== '')
    .map(readable)
  return { path, rest }
}

/** The address that leads there. */
export function hashOf(path: string, ...rest: readonly string[]): string {
  return `#/${[path, ...rest].map(encodeURIComponent).join('/')}`
}

export function goTo(path: string, ...rest: readonly string[]): void {
  location.hash = hashOf(path, ...rest)
}

export function usePlace(): Place {
  return placeOf(useSyncExternalStore(watch, () => location.hash))
}

function watch(changed: () => void): () => void {
  window.addEventListener('hashchange', changed)
  return () => window.removeEventListener('hashchange', changed)
}

/** An address that somebody has cut short is no page, and no exception either. */
function readable(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
