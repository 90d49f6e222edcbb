import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Waits for a condition, looking every few milliseconds, and returns what it gave: anything but false, null and
 * undefined.
 * @throws with the condition's own text when it has not come within `limitMs`
 */
export async function until<T>(
  holds: () => Promise<T | false | null | undefined> | T | false | null | undefined,
  limitMs = 15_000,
  everyMs = 10,
): Promise<T> {
  const giveUpAt = performance.now() + limitMs
  for (;;) {
    const result = await holds()
    if (result !== false && result !== null && result !== undefined) return result
    if (performance.now() > giveUpAt) throw new Error(`not so within ${limitMs} ms: ${holds}`)
    await sleep(everyMs)
  }
}
