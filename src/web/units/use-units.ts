import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { AreaView, UnitRow, UnitView } from '../../casework/units/schema.ts'
import { ask, get } from '../kit/api.ts'

/** What somebody else has saved, and what came in, is seen within this time. */
const OFTEN_MS = 15_000

export function useUnits() {
  return useQuery({
    queryKey: ['units'],
    queryFn: () => get<readonly UnitRow[]>('/api/units'),
    refetchInterval: OFTEN_MS,
  })
}

/** Empty: nothing is looked for. */
export function useFoundUnits(search: string) {
  return useQuery({
    queryKey: ['units', 'search', search],
    queryFn: () => get<readonly UnitRow[]>(`/api/units?search=${encodeURIComponent(search)}`),
    enabled: search !== '',
    placeholderData: keepPreviousData,
  })
}

/** Null: none is. */
export function useUnit(id: string | null) {
  return useQuery({
    queryKey: ['units', 'one', id],
    queryFn: () => readUnit(id ?? ''),
    enabled: id !== null,
    refetchInterval: OFTEN_MS,
  })
}

export function useAreas() {
  return useQuery({
    queryKey: ['areas'],
    queryFn: () => get<readonly AreaView[]>('/api/areas'),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

export function readUnit(id: string): Promise<UnitView> {
  return get<UnitView>(pathOf(id))
}

/** Puts a part of a unit (the form itself, `/parent`, `/closed`) over the version that is shown. */
export async function putUnit(
  { id, version }: Pick<UnitView, 'id' | 'version'>,
  part: '' | '/parent' | '/closed',
  body: object,
): Promise<UnitView> {
  const path = `${pathOf(id)}${part}`
  return (await ask<UnitView>(path, { method: 'PUT', body, ifMatch: `"${version}"` })).body
}

function pathOf(id: string): string {
  return `/api/units/${encodeURIComponent(id)}`
}
