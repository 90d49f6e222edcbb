import type { Logger } from 'pino'

/**
 * Reads again and again, each time `everyMs` after the last has ended. A reading that fails is logged, and what
 * was read before stands: PostgreSQL may be away.
 * @returns a function that stops it
 */
export function keepReading(
  read: () => Promise<void>,
  everyMs: number,
  what: string,
  log: Logger,
): () => void {
  let stopped = false
  let timer: NodeJS.Timeout
  const again = async () => {
    await read().catch(error => log.warn({ err: error, what }, 'not read again; what was last known stands'))
    if (!stopped) timer = setTimeout(again, everyMs)
  }
  timer = setTimeout(again, everyMs)
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}
