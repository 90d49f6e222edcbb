import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { CaseView, TimelineEntry } from '../../casework/life/schema.ts'
import type { UnitRow } from '../../casework/units/schema.ts'
import { ask, get } from '../kit/api.ts'

const OFTEN_MS = 15_000

function pathOf(id: string): string {
  return `/api/work-orders/${encodeURIComponent(id)}`
}

export function useCase(id: string) {
  return useQuery({
    queryKey: ['case', id, 'view'],
    queryFn: () => get<CaseView>(`${pathOf(id)}/case`),
    refetchInterval: OFTEN_MS,
  })
}

/** The oldest first. */
export function useTimeline(id: string) {
  return useQuery({
    queryKey: ['case', id, 'timeline'],
    queryFn: () => get<readonly TimelineEntry[]>(`${pathOf(id)}/timeline`),
    refetchInterval: OFTEN_MS,
  })
}

export interface Sent {
  readonly form: object
  /** That was looked at. */
  readonly version: number
  readonly key: string
}

export async function sendAct(id: string, { form, version, key }: Sent): Promise<CaseView> {
  const request = { method: 'POST', body: form, ifMatch: `"${version}"`, idempotencyKey: key } as const
  return (await ask<CaseView>(`${pathOf(id)}/acts`, request)).body
}

export function useAct(id: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (sent: Sent) => sendAct(id, sent),
    onSuccess: view => queries.setQueryData(['case', id, 'view'], view),
    // After a refusal as well: the order is no longer what was looked at.
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: ['case', id] })
      for (const queryKey of [['orders'], ['work-order']]) void queries.invalidateQueries({ queryKey })
    },
  })
}

/** Drawn by the page; there is none that anybody could guess or meet again. */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint32Array(4))].map(part => part.toString(36)).join('-')
}

/** Units change by the week. */
export function useUnitRows(): readonly UnitRow[] {
  const { data } = useQuery({
    queryKey: ['units'],
    queryFn: () => get<readonly UnitRow[]>('/api/units'),
    staleTime: 300_000,
  })
  return data ?? []
}

/** The name of a unit by its id. */
export function useUnitName(): (id: string) => string {
  const rows = useUnitRows()
  return id => rows.find(row => row.id === id)?.name ?? id
}
