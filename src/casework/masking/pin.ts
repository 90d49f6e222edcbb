import { createHmac, randomInt, timingSafeEqual } from 'node:crypto'
import type { BindingId } from '#kernel/ids.ts'
import { HOUR_MS, type Instant } from '#kernel/time.ts'

const DIGITS = 6
/** As many wrong ones within an hour, and none is taken any more until the first of them is an hour old. */
const MOST_WRONG = 3

/**
 * What the database keeps of PINs. They are short and must be checked while a caller waits, so that no slow hash could
 * keep them: the key does, which is in the secrets folder and not in the database.
 */
export class PinKey {
  private readonly key: Buffer

  constructor(key: Buffer) {
    this.key = key
  }

  digest(binding: BindingId, pin: string): Buffer {
    return createHmac('sha256', this.key).update(`${binding}:${pin}`).digest()
  }

  fits(binding: BindingId, pin: string, digest: Buffer): boolean {
    return timingSafeEqual(this.digest(binding, pin), digest)
  }
}

export function drawPin(): string {
  return String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0')
}

/** @param wrong when wrong PINs were keyed */
export function isLocked(wrong: readonly Instant[], at: Instant): boolean {
  return recent(wrong, at).length >= MOST_WRONG
}

export function recent(wrong: readonly Instant[], at: Instant): readonly Instant[] {
  return wrong.filter(then => at - then < HOUR_MS)
}
