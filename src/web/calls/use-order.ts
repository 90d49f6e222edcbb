import { useQuery } from '@tanstack/react-query'
import type { WorkOrder } from '../../casework/work-orders/schema.ts'
import { get } from '../kit/api.ts'

/** As it was saved last; what somebody is writing is not here. */
export function useOrder(id: string) {
  return useQuery({
    queryKey: ['work-order', 'read', id],
    queryFn: () => get<WorkOrder>(`/api/work-orders/${encodeURIComponent(id)}`),
    staleTime: 0,
  })
}
