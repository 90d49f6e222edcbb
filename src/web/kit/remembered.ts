/** Small things kept in this browser. A browser that refuses storage forgets; nothing else changes. */
export interface Memory {
  read(key: string): string | null
  write(key: string, value: string): void
  forget(key: string): void
  keys(): readonly string[]
}

const PREFIX = 'hotline.'

export function memory(open: () => Storage): Memory {
  function attempt<T>(work: (storage: Storage) => T, otherwise: T): T {
    try {
      return work(open())
    } catch {
      return otherwise
    }
  }
  return {
    read: key => attempt(storage => storage.getItem(PREFIX + key), null),
    write: (key, value) => attempt(storage => storage.setItem(PREFIX + key, value), undefined),
    forget: key => attempt(storage => storage.removeItem(PREFIX + key), undefined),
    keys: () =>
      attempt(
        storage =>
          Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '')
            .filter(key => key.startsWith(PREFIX))
            .map(key => key.slice(PREFIX.length)),
        [],
      ),
  }
}

/** This browser, until it is told to forget. */
export const browserMemory = memory(() => localStorage)
/** This tab, over reloads. */
export const tabMemory = memory(() => sessionStorage)
