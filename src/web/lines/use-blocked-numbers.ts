import { useQuery } from '@tanstack/react-query'
import type { BlockedNumber } from '../../floor/lines/schema.ts'
import { get } from '../kit/api.ts'

const OFTEN_MS = 10_000

export function useBlockedNumbers() {
  return useQuery({
    queryKey: ['blocked-numbers'],
    queryFn: () => get<readonly BlockedNumber[]>('/api/blocked-numbers'),
    refetchInterval: OFTEN_MS,
  })
}
