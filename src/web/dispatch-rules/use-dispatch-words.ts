import { useQuery } from '@tanstack/react-query'
import type { DispatchWords, WordLists } from '../../casework/dispatch/schema.ts'
import { ask, get } from '../kit/api.ts'

/** What somebody else has saved is seen within this time. */
const OFTEN_MS = 15_000
const WORDS = '/api/dispatch-words'
export const WORDS_KEY = ['dispatch-words'] as const

export function useDispatchWords() {
  return useQuery({ queryKey: WORDS_KEY, queryFn: readDispatchWords, refetchInterval: OFTEN_MS })
}

export function readDispatchWords(): Promise<DispatchWords> {
  return get<DispatchWords>(WORDS)
}

/** @param change the lists that are to be as it says; the others stay */
export async function saveDispatchWords(change: WordLists, version: number): Promise<DispatchWords> {
  const request = { method: 'PUT', body: change, ifMatch: `"${version}"` } as const
  return (await ask<DispatchWords>(WORDS, request)).body
}
