import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Waits for a condition and returns what it gave: anything but false, null and undefined.
 * @throws naming `what` when it has not come after `withinMs`
 */
export async function until<T>(
  what: string,
  condition: () => Promise<T | false | null | undefined> | T | false | null | undefined,
  withinMs = 10_000,
): Promise<T> {
  const giveUpAt = performance.now() + withinMs
  for (;;) {
    const result = await condition()
    if (result !== false && result !== null && result !== undefined) return result
    if (performance.now() > giveUpAt) throw new Error(`not within ${withinMs} ms: ${what}`)
    await sleep(20)
  }
}
