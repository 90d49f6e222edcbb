import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { WorkOrder, WorkOrderForm } from '../../casework/work-orders/schema.ts'
import { type Answer, ask, codeOf } from '../kit/api.ts'

/** An answered call's order is written moments later, or when the database is back: asked for until it is there. */
const UNTIL_THERE_MS = 1_500

export interface Versioned {
  readonly order: WorkOrder
  /** For If-Match. */
  readonly etag: string
}

export function useWorkOrder(id: string) {
  const queries = useQueryClient()
  const queryKey = ['work-order', id]
  const read = async () => versioned(await ask<WorkOrder>(pathOf(id)))
  const { data, error } = useQuery({
    queryKey,
    queryFn: read,
    retry: false,
    refetchInterval: query => (isNotThereYet(query.state.error) ? UNTIL_THERE_MS : false),
  })
  const save = useMutation({
    mutationFn: async ({ input, etag }: { input: WorkOrderForm; etag: string }) =>
      versioned(await ask<WorkOrder>(pathOf(id), { method: 'PUT', body: input, ifMatch: etag })),
    onSuccess: saved => {
      queries.setQueryData(queryKey, saved)
      queries.invalidateQueries({ queryKey: ['calls'] })
    },
  })
  return { current: data ?? null, error, save, read }
}

function pathOf(id: string): string {
  return `/api/work-orders/${encodeURIComponent(id)}`
}

function versioned({ body, etag }: Answer<WorkOrder>): Versioned {
  return { order: body, etag: etag ?? `"${body.version}"` }
}

function isNotThereYet(error: Error | null): boolean {
  return error !== null && ['not-found', 'unreachable', 'unavailable'].includes(codeOf(error))
}
