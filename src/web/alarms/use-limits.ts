import { useQuery } from '@tanstack/react-query'
import type { AlarmLimit, AlarmLimitsView } from '../../floor/alarms/schema.ts'
import { get } from '../kit/api.ts'

const REFRESH_EVERY_MS = 60_000

/** The limits as they stand, edited ones within a minute. */
export function useLimits(): readonly AlarmLimit[] {
  const { data } = useQuery({
    queryKey: ['alarm-limits'],
    queryFn: () => get<AlarmLimitsView>('/api/alarm-limits'),
    staleTime: REFRESH_EVERY_MS,
    refetchInterval: REFRESH_EVERY_MS,
  })
  return data?.limits ?? []
}
