import { useQuery } from '@tanstack/react-query'
import type { Category, OrderType } from '../../casework/work-orders/schema.ts'
import type { NotReadyReason } from '../../floor/seats/schema.ts'
import { get } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'

/** Catalogues change by the month: once a page is often enough, and they outlive a short absence. */
const ONCE_A_PAGE = {
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
  retry: 5,
} as const

export function useNotReadyReasons() {
  const { nameOf } = useWords()
  const { data } = useQuery({
    queryKey: ['not-ready-reasons'],
    queryFn: () => get<readonly NotReadyReason[]>('/api/not-ready-reasons'),
    ...ONCE_A_PAGE,
  })
  const reasons = data ?? []
  return {
    choosable: reasons.filter(reason => reason.choosable),
    nameOfReason: (code: string): string => {
      const reason = reasons.find(known => known.code === code)
      return reason === undefined ? code : nameOf(reason)
    },
  }
}

export function useWorkOrderTypes(): readonly OrderType[] {
  const { data } = useQuery({
    queryKey: ['work-order-types'],
    queryFn: () => get<readonly OrderType[]>('/api/work-order-types'),
    ...ONCE_A_PAGE,
  })
  return data ?? []
}

export function useCategories(): readonly Category[] {
  const { data } = useQuery({
    queryKey: ['categories'],
    queryFn: () => get<readonly Category[]>('/api/categories'),
    ...ONCE_A_PAGE,
  })
  return data ?? []
}
