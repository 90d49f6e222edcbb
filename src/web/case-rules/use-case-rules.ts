import { useQuery } from '@tanstack/react-query'
import type { CurrentLimitsView, LimitsView } from '../../casework/clocks/schema.ts'
import type { LifeTableVersion, LifeTableView } from '../../casework/life/schema.ts'
import { get } from '../kit/api.ts'

export const readLimits = () => get<CurrentLimitsView>('/api/clock-limits')
export const readLifeTable = () => get<LifeTableView>('/api/life-table')

export function useLimits() {
  return useQuery({ queryKey: ['clock-limits'], queryFn: readLimits })
}

export function useLimitsOf(version: number | null) {
  return useQuery({
    queryKey: ['clock-limits', version],
    queryFn: () => get<LimitsView>(`/api/clock-limits/${version}`),
    enabled: version !== null,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

export function useLifeTable() {
  return useQuery({ queryKey: ['life-table'], queryFn: readLifeTable })
}

export function useLifeVersions(version: number) {
  return useQuery({
    queryKey: ['life-table', 'versions', version],
    queryFn: () => get<readonly LifeTableVersion[]>('/api/life-table/versions'),
  })
}
