import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { SeatHistory } from '../../insight/seat-history/schema.ts'
import { get } from '../kit/api.ts'

const EVERY_MS = 30_000

interface Asked {
  readonly from: string
  readonly to: string
  /** Ids; none: everybody, without spells. */
  readonly staff: readonly string[]
}

export function historyUrl({ from, to, staff }: Asked, format: 'json' | 'csv'): string {
  const asked = new URLSearchParams({ from, to, format })
  if (staff.length > 0) asked.set('staff', staff.join())
  return `/api/seat-history?${asked}`
}

/** @param running today: read anew twice a minute */
export function useSeatHistory(asked: Asked, running: boolean, enabled = true) {
  const url = historyUrl(asked, 'json')
  return useQuery({
    queryKey: ['seat-history', url],
    queryFn: () => get<SeatHistory>(url),
    refetchInterval: running ? EVERY_MS : false,
    placeholderData: keepPreviousData,
    enabled,
  })
}
