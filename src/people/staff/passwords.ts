import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

/** Argon2id with the OWASP minimum (19 MiB, 2 passes), the library's default. */
export function hashPassword(password: string): Promise<string> {
  return hash(password)
}

let decoy: Promise<string> | undefined

/**
 * Checks a password. A login that does not exist (`stored` null) costs the same time as a wrong password, so
 * that an answer's delay tells nobody which logins exist.
 */
export async function passwordFits(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hash(randomBytes(16))
  const fits = await verify(stored ?? (await decoy), password)
  return fits && stored !== null
}

/** Without 0/O, 1/l/I: a password that is read off a screen or a sheet of paper. */
const ALPHABET = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** A drawn password of about 5.8 bits a character. */
export function drawPassword(length: number): string {
  let drawn = ''
  while (drawn.length < length) {
    for (const byte of randomBytes(length)) {
      // Bytes past the last whole multiple would make the first letters likelier.
      if (byte < 256 - (256 % ALPHABET.length)) drawn += ALPHABET[byte % ALPHABET.length]
    }
  }
  return drawn.slice(0, length)
}
