import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { AuditPage, AuditRow, ChainState, Looker } from '../../casework/audit/schema.ts'
import { get } from '../kit/api.ts'
import type { Period } from '../kit/days-picker.tsx'

export interface Filter {
  readonly subject: AuditRow['subject'] | null
  readonly who: string
  readonly key: string
  readonly period: Period
}

/** As the service takes it, without what is not asked. */
export function queryOf({ subject, who, key, period }: Filter): URLSearchParams {
  const query = new URLSearchParams({ from: period.from, to: period.to })
  if (subject !== null) query.set('subject', subject)
  if (who.trim() !== '') query.set('who', who.trim())
  if (key.trim() !== '') query.set('key', key.trim())
  return query
}

export function useAudit(filter: Filter) {
  const query = queryOf(filter).toString()
  const pages = useInfiniteQuery({
    queryKey: ['audit', query],
    initialPageParam: '',
    queryFn: ({ pageParam }) => {
      const cursor = pageParam === '' ? '' : `&cursor=${encodeURIComponent(pageParam)}`
      return get<AuditPage>(`/api/audit?${query}${cursor}`)
    },
    getNextPageParam: page => page.next,
    staleTime: 0,
  })
  return { ...pages, items: pages.data?.pages.flatMap(page => page.items) ?? [] }
}

export function useLookers({ from, to }: Period) {
  return useQuery({
    queryKey: ['audit', 'lookers', from, to],
    queryFn: () => get<readonly Looker[]>(`/api/audit/lookers?${new URLSearchParams({ from, to })}`),
    staleTime: 0,
  })
}

export function useChainState() {
  return useQuery({ queryKey: ['audit', 'chain'], queryFn: () => get<ChainState>('/api/audit/chain') })
}
