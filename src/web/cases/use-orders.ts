import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { OpenCounts, OrderCount, OrderPage } from '../../casework/order-list/schema.ts'
import { get } from '../kit/api.ts'
import { queryOf, type Tab } from './tabs.ts'

/** What nobody is told of by a notice is seen within this time. */
const OFTEN_MS = 15_000

export interface Filter {
  readonly tab: Tab
  readonly text: string
  readonly type: string | null
  readonly priority: string | null
  readonly unit: string | null
}

export function useOrders(filter: Filter) {
  return useInfiniteQuery({
    queryKey: ['orders', 'list', filter],
    queryFn: ({ pageParam }) => get<OrderPage>(`/api/work-orders?${searchOf(filter, pageParam)}`),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    refetchInterval: OFTEN_MS,
    placeholderData: keepPreviousData,
  })
}

/** How many wait, by list; null for lists that are not counted. */
export function useCounts(): (tab: Tab) => number | null {
  const { data } = useQuery({
    queryKey: ['orders', 'counts'],
    queryFn: () => get<OpenCounts>('/api/work-orders/counts'),
    refetchInterval: OFTEN_MS,
  })
  return tab => {
    if (data === undefined || tab === 'mine' || tab === 'all') return null
    return tab === 'overdue' ? data.overdue : (data.byStatus[tab] ?? 0)
  }
}

/** How many orders a search or filter has found; null while nobody has asked for anything. */
export function useFound(filter: Filter, asked: boolean): OrderCount | null {
  const query = conditionsOf(filter)
  const { data } = useQuery({
    queryKey: ['orders', 'found', filter],
    queryFn: () => get<OrderCount>(`/api/work-orders/count?${query.toString()}`),
    enabled: asked,
    refetchInterval: OFTEN_MS,
  })
  return asked ? (data ?? null) : null
}

/** What a list is cut by, whatever its order. */
export function conditionsOf({ tab, ...rest }: Filter): URLSearchParams {
  const { sort: _, ...cut } = queryOf(tab)
  const query = new URLSearchParams(cut)
  const parts = { ...rest, text: rest.text.trim() }
  for (const [name, value] of Object.entries(parts))
    if (value !== null && value !== '') query.set(name, value)
  return query
}

function searchOf(filter: Filter, cursor: string): string {
  const query = conditionsOf(filter)
  const { sort } = queryOf(filter.tab)
  if (sort !== undefined) query.set('sort', sort)
  if (cursor !== '') query.set('cursor', cursor)
  return query.toString()
}
