import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { CallAgent, CallDetail, CallPage, CallRow } from '../../floor/call-records/schema.ts'
import type { QueueView } from '../../floor/queues/schema.ts'
import { get } from '../kit/api.ts'

export const DIRECTIONS = [
  'inbound',
  'outbound',
  'call-back',
] as const satisfies readonly CallRow['direction'][]
export const RESULTS = [
  'completed',
  'abandoned',
  'caller-side',
  'our-fault',
  'carrier-fault',
] as const satisfies readonly NonNullable<CallRow['result']>[]

export interface Filter {
  readonly day: string
  readonly direction: CallRow['direction'] | null
  readonly result: CallRow['result'] | 'running'
  readonly staff: string | null
  readonly number: string
}

const EVERY_MS = 10_000

/** What is asked of the service; agents are answered with their own calls only. */
function asked({ day, direction, result, staff, number }: Filter): URLSearchParams {
  const query = new URLSearchParams({ day })
  if (direction !== null) query.set('direction', direction)
  if (result !== null) query.set('result', result)
  if (staff !== null) query.set('staff', staff)
  const digits = number.replace(/\D/g, '').slice(0, 20)
  if (digits !== '') query.set('number', digits)
  return query
}

export function csvUrl(filter: Filter): string {
  return `/api/calls.csv?${asked(filter)}`
}

/** @param running today: read anew every ten seconds */
export function useCalls(filter: Filter, scope: 'mine' | 'all', running: boolean) {
  const query = asked(filter)
  query.set('scope', scope)
  return useInfiniteQuery({
    queryKey: ['calls', 'log', query.toString()],
    queryFn: ({ pageParam }) => {
      const cursor = pageParam === null ? '' : `&cursor=${pageParam}`
      return get<CallPage>(`/api/calls?${query}${cursor}`)
    },
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next,
    refetchInterval: running ? EVERY_MS : false,
  })
}

/** A call that is not over is read anew. */
export function useCall(id: string) {
  return useQuery({
    queryKey: ['calls', 'one', id],
    queryFn: () => get<CallDetail>(`/api/calls/${encodeURIComponent(id)}`),
    refetchInterval: query => (query.state.data?.call.endedAt === null ? EVERY_MS / 5 : false),
  })
}

/** Names change by the month. */
const SELDOM = { staleTime: 300_000 } as const

export function useQueueList(): readonly QueueView[] {
  const queues = useQuery({
    queryKey: ['queues'],
    queryFn: () => get<readonly QueueView[]>('/api/queues'),
    ...SELDOM,
  })
  return queues.data ?? []
}

/** Whoever takes calls; for overseers. */
export function useAgents(): readonly CallAgent[] {
  const agents = useQuery({
    queryKey: ['calls', 'agents'],
    queryFn: () => get<readonly CallAgent[]>('/api/calls/agents'),
    ...SELDOM,
  })
  return agents.data ?? []
}
