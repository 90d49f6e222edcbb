import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { MissedCall, MissedCallPage, NextMissedCall } from '../../floor/missed-calls/schema.ts'
import type { SeatView } from '../../floor/seats/schema.ts'
import { get, post } from '../kit/api.ts'

export const SHOWN = ['waiting', 'claimed', 'reached', 'given-up'] as const
export type Shown = (typeof SHOWN)[number]

export interface Filter {
  readonly shown: Shown
  readonly line: string | null
  readonly number: string
}

const EVERY_MS = 10_000

/** The list as filtered, from the newest; read anew every ten seconds, since others work on it too. */
export function useMissedCalls({ shown, line, number }: Filter) {
  const digits = number.replace(/\D/g, '').slice(0, 20)
  const asked = new URLSearchParams({ state: shown })
  if (line !== null) asked.set('line', line)
  if (digits !== '') asked.set('number', digits)
  return useInfiniteQuery({
    queryKey: ['missed-calls', asked.toString()],
    queryFn: ({ pageParam }) => {
      const cursor = pageParam === null ? '' : `&cursor=${pageParam}`
      return get<MissedCallPage>(`/api/missed-calls?${asked}${cursor}`)
    },
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next,
    refetchInterval: EVERY_MS,
  })
}

/** Whom to call back first, for an agent between calls. */
export function useNextMissedCall(enabled: boolean) {
  return useQuery({
    queryKey: ['missed-calls', 'next'],
    queryFn: () => get<NextMissedCall>('/api/missed-calls/next'),
    refetchInterval: EVERY_MS,
    enabled,
  })
}

/** Claims it and rings the agent's own phone, then the citizen. */
export function useCallBack(then: {
  readonly onError: (error: Error) => void
  readonly onDone?: () => void
}) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ id, callerNumber }: MissedCall) =>
      post<SeatView>('/api/my-seat/dial', { number: callerNumber, missedCall: id }),
    onSuccess: () => then.onDone?.(),
    onError: then.onError,
    onSettled: () => queries.invalidateQueries({ queryKey: ['missed-calls'] }),
  })
}

export type Act =
  | { readonly act: 'claim' | 'release' }
  | { readonly act: 'reached' | 'given-up'; readonly note: string }

/** What is done about a missed call; whatever comes of it, the list is read anew. */
export function useAct() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ call, act, ...form }: Act & { readonly call: number }) =>
      post<MissedCall>(`/api/missed-calls/${call}/${act}`, 'note' in form ? form : undefined),
    onSettled: () => queries.invalidateQueries({ queryKey: ['missed-calls'] }),
  })
}
