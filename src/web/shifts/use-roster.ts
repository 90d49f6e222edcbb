import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import type { CopiedWeek, DayDutyView, MyShifts, Roster, RosterEntry } from '../../people/shifts/schema.ts'
import { ask, codeOf, get, post, remove } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { daysAfter } from './days.ts'

/** Who comes and goes is seen within this time. */
const EVERY_MS = 20_000

export function useRoster(from: string) {
  return useQuery({
    queryKey: ['roster', from],
    queryFn: () => get<Roster>(`/api/roster?from=${from}`),
    refetchInterval: EVERY_MS,
    placeholderData: before => before,
  })
}

export function useMyShifts(from: string) {
  return useQuery({
    queryKey: ['my-shifts', from],
    queryFn: () => get<MyShifts>(`/api/my-shifts?from=${from}`),
    refetchInterval: EVERY_MS,
  })
}

export interface EntryWanted {
  readonly staff: string
  readonly day: string
  readonly shift: string
  readonly duty: RosterEntry['duty']
}

/** What a planner does; each is shown as the service has it afterwards. */
export function usePlanning(from: string) {
  const queries = useQueryClient()
  const { t } = useWords()
  const { message } = App.useApp()
  const onSettled = () => queries.invalidateQueries({ queryKey: ['roster', from] })
  const onError = (error: Error) => message.error(t(problemKey(error)))
  const add = useMutation({
    mutationFn: (entry: EntryWanted) => post<RosterEntry[]>('/api/roster', { entries: [entry] }),
    // People, shifts and duties are chosen from what there is: what is left to be wrong is the time.
    onError: error => message.error(t(codeOf(error) === 'bad-input' ? 'shifts.overlaps' : problemKey(error))),
    onSettled,
  })
  const takeOff = useMutation({
    mutationFn: (id: number) => remove(`/api/roster/${id}`),
    onError,
    onSettled,
  })
  const copy = useMutation({
    mutationFn: () => post<CopiedWeek>('/api/roster/copy-week', { from: daysAfter(from, -7), to: from }),
    onSuccess: copied => message.success(t('shifts.copied', copied)),
    onError,
    onSettled,
  })
  const nameDuty = useMutation({
    mutationFn: async ({ day, duty, name, phone }: DayDutyView) => {
      const path = `/api/roster/duties/${day}/${duty}`
      if (name.trim() === '') await remove(path)
      else await ask(path, { method: 'PUT', body: { name, phone } })
    },
    onError,
    onSettled,
  })
  return { add, takeOff, copy, nameDuty }
}
