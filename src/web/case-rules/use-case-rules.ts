import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { CurrentLimitsView, LimitsView } from '../../casework/clocks/schema.ts'
import type {
  LifeTableCheck,
  LifeTableFrame,
  LifeTableVersion,
  LifeTableView,
} from '../../casework/life/schema.ts'
import { get, Problem, post } from '../kit/api.ts'
import { useSettled } from '../kit/use-settled.ts'
import type { FieldProblems } from '../settings/fields.ts'

export const readLimits = () => get<CurrentLimitsView>('/api/clock-limits')
export const readLimitsOf = (version: number) => get<LimitsView>(`/api/clock-limits/${version}`)
export const readLifeTable = () => get<LifeTableView>('/api/life-table')
export const readLifeTableOf = (version: number) => get<LifeTableView>(`/api/life-table/${version}`)

export function useLimits() {
  return useQuery({ queryKey: ['clock-limits'], queryFn: readLimits })
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

/** What a life table may say: the same for as long as the service runs. */
export function useFrame() {
  return useQuery({
    queryKey: ['life-table', 'frame'],
    queryFn: () => get<LifeTableFrame>('/api/life-table/frame'),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** A version never changes. */
export function useVersion<View>(
  document: string,
  version: number | null,
  read: (version: number) => Promise<View>,
) {
  return useQuery({
    queryKey: [document, 'version', version],
    queryFn: () => read(version ?? 0),
    enabled: version !== null,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

const CHECK_AFTER_MS = 250

/** The service's own check of what is edited, a moment after the last change; nothing while nothing is. */
export function useCheck(path: string, edited: object, isEdited: boolean): FieldProblems {
  const settled = useSettled(edited, CHECK_AFTER_MS)
  const check = useQuery({
    queryKey: [path, settled],
    queryFn: () => checked(path, settled),
    enabled: isEdited,
    placeholderData: keepPreviousData,
    gcTime: 0,
  })
  return isEdited ? (check.data ?? {}) : {}
}

/** What is not even of the form is named in the refusal. */
async function checked(path: string, edited: object): Promise<FieldProblems> {
  try {
    return (await post<LifeTableCheck>(path, edited)).problems
  } catch (error) {
    if (error instanceof Problem && error.code === 'bad-input') return error.fields
    throw error
  }
}
