import type { DispatchWords, WordLists } from '../../casework/dispatch/schema.ts'
import { isSame } from '../settings/merge.ts'

/** The lists of an urgency, the most urgent first. */
export const URGENCY_LISTS = ['P0-119', 'P0-120', 'P0-110', 'P0-122', 'P1', 'P2'] as const

/** Every list that the page shows is there, if it has a word or not: a form is the same by the same lists. */
export function formOf({ lists }: DispatchWords, codes: readonly string[]): WordLists {
  return { ...Object.fromEntries(codes.map(code => [code, []])), ...lists }
}

/** What is to be saved: only the lists that are other than those that were edited. */
export function changedLists(form: WordLists, edited: WordLists): WordLists {
  return Object.fromEntries(
    Object.entries(form).filter(([list, words]) => !isSame(words, edited[list] ?? [])),
  )
}

export interface CategoryPlace {
  readonly code: string
  readonly parentCode: string | null
}

/** Items, and whatever above them has words of its own. */
export function listedCategories<Category extends CategoryPlace>(
  categories: readonly Category[],
  lists: WordLists,
): readonly Category[] {
  const parents = new Set(categories.map(({ parentCode }) => parentCode))
  return categories.filter(({ code }) => !parents.has(code) || (lists[code]?.length ?? 0) > 0)
}

/** Whether a list is one that is looked for, by its name or a word of it. */
export function isFound(search: string, name: string, words: readonly string[]): boolean {
  const wanted = search.trim().toLowerCase()
  return [name, ...words].some(text => text.toLowerCase().includes(wanted))
}
