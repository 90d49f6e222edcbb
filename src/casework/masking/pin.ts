import { createHmac, randomInt, timingSafeEqual } from 'node:crypto'
import type { BindingId } from '#kernel/ids.ts'

const DIGITS = 6

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
