import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { LeaderDay, LeaderDayView, ResultForm } from '../../casework/callbacks/schema.ts'
import type { AnswerOwed } from '../../casework/relations/schema.ts'
import { get, post } from '../kit/api.ts'

const OFTEN_MS = 30_000

export function useLeaderDays(day: string) {
  return useQuery({
    queryKey: ['leader-days', day],
    queryFn: () => get<readonly LeaderDay[]>(`/api/leader-days?from=${day}&to=${day}`),
    refetchInterval: OFTEN_MS,
  })
}

export function useLeaderDay(id: string) {
  return useQuery({
    queryKey: ['leader-day', id],
    queryFn: () => get<LeaderDayView>(`/api/leader-days/${encodeURIComponent(id)}`),
    refetchInterval: OFTEN_MS,
  })
}

export function useStep(id: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (step: string) => post(`/api/leader-days/${encodeURIComponent(id)}/steps/${step}`),
    onSettled: () => queries.invalidateQueries({ queryKey: ['leader-day', id] }),
  })
}

export function useResult(id: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ order, form }: { readonly order: string; readonly form: ResultForm }) =>
      post<LeaderDayView>(`/api/leader-days/${encodeURIComponent(id)}/orders/${order}/results`, form),
    onSuccess: view => queries.setQueryData(['leader-day', id], view),
    onSettled: () => queries.invalidateQueries({ queryKey: ['leader-days'] }),
  })
}

export function useOwed() {
  return useQuery({
    queryKey: ['answers-owed'],
    queryFn: () => get<readonly AnswerOwed[]>('/api/answers-owed'),
    refetchInterval: OFTEN_MS,
  })
}

export function useTold() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ id, note }: { readonly id: number; readonly note: string }) =>
      post<AnswerOwed>(`/api/answers-owed/${id}/told`, { note }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['answers-owed'] }),
  })
}
