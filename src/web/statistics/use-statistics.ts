import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Intervals, RollingRates, Step } from '../../insight/intervals/schema.ts'
import { get } from '../kit/api.ts'

export type By = 'all' | 'line' | 'queue' | 'skill' | 'agent'

interface Asked {
  readonly from: string
  readonly to: string
  /** Counted anew each minute. */
  readonly running: boolean
  readonly enabled: boolean
}

const EVERY_MS = 60_000

function common({ running, enabled }: Asked) {
  return { enabled, refetchInterval: running ? EVERY_MS : false, placeholderData: keepPreviousData } as const
}

export function intervalsUrl({ from, to }: Asked, by: By, step: Step, format: 'json' | 'csv'): string {
  return `/api/statistics/intervals?${new URLSearchParams({ from, to, by, step, format })}`
}

export function useIntervals(asked: Asked, by: By, step: Step) {
  const url = intervalsUrl(asked, by, step, 'json')
  return useQuery({ queryKey: ['statistics', url], queryFn: () => get<Intervals>(url), ...common(asked) })
}

export function useRollingRates(asked: Asked) {
  const { from, to } = asked
  const url = `/api/statistics/answer-rate/rolling?${new URLSearchParams({ from, to })}`
  return useQuery({ queryKey: ['statistics', url], queryFn: () => get<RollingRates>(url), ...common(asked) })
}
