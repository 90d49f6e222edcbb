import { createHash } from 'node:crypto'
import type { Act } from '../../cases/life/acts.ts'

/** Long words of people, which may name a citizen: kept apart from the trail, which holds their digest. */
const WORDS = new Set(['text', 'minutes', 'note', 'route'])

export interface SplitAct {
  /** For the trail: the act without the words, and their digests. */
  readonly detail: Readonly<Record<string, unknown>>
  readonly why: string
  readonly texts: Readonly<Record<string, string>>
}

/** An act as it is kept: who reads the trail can prove what was said, without the trail saying it. */
export function split(act: Act): SplitAct {
  const { do: _, ...parts } = act
  const entries = Object.entries(parts)
  const words = entries.filter((entry): entry is [string, string] => WORDS.has(entry[0]))
  const rest = entries.filter(([key]) => !WORDS.has(key) && key !== 'reason')
  const digests = words.map(([key, text]) => [`${key}Sha256`, sha256(text)])
  return {
    detail: Object.fromEntries([...rest, ...digests]),
    why: 'reason' in act ? act.reason : '',
    texts: Object.fromEntries(words),
  }
}

/**
 * What of the trail's detail goes to readers of an order: no digests. Beside words of which six digits are masked one
 * tells which digits they are, to whoever tries a million.
 */
export function withoutDigests(detail: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const digests = new Set([...WORDS].map(key => `${key}Sha256`))
  return Object.fromEntries(Object.entries(detail).filter(([key]) => !digests.has(key)))
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
