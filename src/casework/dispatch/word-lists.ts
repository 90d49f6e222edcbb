import { badInput, type Outcome, ok } from '#kernel/outcome.ts'
import type { PriorityWord } from './catalogue.ts'
import type { WordLists } from './schema.ts'
import { plainText } from './word-index.ts'

/** What the words of each list of urgency tell; a P0 has one for each of those who are called. */
export const URGENCIES: ReadonlyMap<string, Omit<PriorityWord, 'word'>> = new Map([
  ['P0-110', { priority: 'P0', emergency: '110' }],
  ['P0-119', { priority: 'P0', emergency: '119' }],
  ['P0-120', { priority: 'P0', emergency: '120' }],
  ['P0-122', { priority: 'P0', emergency: '122' }],
  ['P1', { priority: 'P1', emergency: null }],
  ['P2', { priority: 'P2', emergency: null }],
])

/** A single character is found in too many others. */
const SHORTEST = 2
const LONGEST = 20

export function urgencyList({ priority, emergency }: PriorityWord): string {
  return emergency === null ? priority : `${priority}-${emergency}`
}

/**
 * Every wrong word is named by its list and place: `P0-119.3`. A word may tell of several categories, and of one
 * urgency only.
 * @param change lists that are to be as it says
 * @param stands all lists as they are
 * @returns the change, its words without blanks around them
 */
export function checkWords(
  change: WordLists,
  stands: WordLists,
  categories: { has(code: string): boolean },
): Outcome<WordLists> {
  const problems: Record<string, string> = {}
  const elsewhere = urgencyOfWords({ ...stands, ...change })
  for (const [list, words] of Object.entries(change)) {
    if (!URGENCIES.has(list) && !categories.has(list)) problems[list] = 'unknown'
    words.forEach((word, index) => {
      const problem = problemOf(word, words.slice(0, index))
      const told = URGENCIES.has(list) && (elsewhere.get(plainText(word))?.size ?? 0) > 1
      if (problem !== null) problems[`${list}.${index}`] = problem
      else if (told) problems[`${list}.${index}`] = 'other-urgency'
    })
  }
  if (Object.keys(problems).length > 0) return badInput(problems)
  return ok(
    Object.fromEntries(Object.entries(change).map(([list, words]) => [list, words.map(word => word.trim())])),
  )
}

function problemOf(word: string, before: readonly string[]): string | null {
  const lengths = [plainText(word), word.trim()].map(text => [...text].length)
  if (Math.min(...lengths) < SHORTEST) return 'too-short'
  if (Math.max(...lengths) > LONGEST) return 'too-long'
  return before.some(other => plainText(other) === plainText(word)) ? 'repeated' : null
}

function urgencyOfWords(lists: WordLists): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>()
  for (const list of URGENCIES.keys()) {
    for (const word of lists[list] ?? []) {
      const plain = plainText(word)
      found.set(plain, (found.get(plain) ?? new Set()).add(list))
    }
  }
  return found
}
