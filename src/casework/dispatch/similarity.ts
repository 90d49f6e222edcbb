import { plainText } from './word-index.ts'

/** Pairs of neighbouring characters: Chinese needs no words cut out for it. */
export function bigrams(text: string): ReadonlySet<string> {
  const characters = [...plainText(text).replace(/[^\p{L}\p{N}]/gu, '')]
  return new Set(characters.slice(1).map((character, index) => `${characters[index]}${character}`))
}

/** Dice's coefficient: 1 for the same pairs, 0 for none in common or nothing to compare. */
export function dice(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0
  let common = 0
  for (const pair of a) if (b.has(pair)) common++
  return (2 * common) / (a.size + b.size)
}
