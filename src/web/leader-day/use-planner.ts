import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { LeaderDay } from '../../casework/callbacks/schema.ts'
import type { UnitRow } from '../../casework/units/schema.ts'
import type { CalendarDay } from '../../floor/calendar/schema.ts'
import type { StaffView } from '../../people/skills/schema.ts'
import { ask, get } from '../kit/api.ts'
import type { PlanForm } from './plan-form.ts'

const OFTEN_MS = 30_000

export function useMonth(from: string, to: string) {
  return useQuery({
    queryKey: ['leader-days', from, to],
    queryFn: () => get<readonly LeaderDay[]>(`/api/leader-days?from=${from}&to=${to}`),
    refetchInterval: OFTEN_MS,
  })
}

/** Holidays and weekends that are worked. */
export function useSpecialDays(year: number): readonly CalendarDay[] {
  const days = useQuery({
    queryKey: ['calendar', year],
    queryFn: () => get<readonly CalendarDay[]>(`/api/calendar?year=${year}`),
  })
  return days.data ?? []
}

export function useUnits(): readonly UnitRow[] {
  const units = useQuery({ queryKey: ['units'], queryFn: () => get<readonly UnitRow[]>('/api/units') })
  return (units.data ?? []).filter(({ closed }) => !closed)
}

export function useStaff(): readonly StaffView[] {
  const staff = useQuery({ queryKey: ['staff'], queryFn: () => get<readonly StaffView[]>('/api/staff') })
  return (staff.data ?? []).filter(({ active }) => active)
}

const pathOf = (id: string) => `/api/leader-days/${encodeURIComponent(id)}`

/** Plans a day, or saves one over the version that was opened. */
export function useSavePlan(planned: LeaderDay | null, onDone: () => void) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (form: PlanForm) => {
      if (planned === null) return await ask('/api/leader-days', { method: 'POST', body: form })
      const { day: _day, unit: _unit, ...body } = form
      return await ask(pathOf(planned.id), { method: 'PUT', body, ifMatch: `"${planned.version}"` })
    },
    onSuccess: onDone,
    onSettled: () => queries.invalidateQueries({ queryKey: ['leader-days'] }),
  })
}

export function useRemovePlan(planned: LeaderDay | null, onDone: () => void) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async () => {
      if (planned === null) return
      await ask(pathOf(planned.id), { method: 'DELETE', ifMatch: `"${planned.version}"` })
    },
    onSuccess: onDone,
    onSettled: () => queries.invalidateQueries({ queryKey: ['leader-days'] }),
  })
}
